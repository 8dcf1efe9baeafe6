package io.rstscope.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The interfaces that a pcapng file describes: those of the current section, and how many before.
 */
final class PcapngInterfaces {
  /** Interfaces of one section; a host has some hundreds, and each takes memory here. */
  static final int MAX_INTERFACES = 1 << 16;

  /** Interfaces that are told of one by one. */
  private static final int MAX_WARNINGS = 10;

  private final List<PcapngInterface> section = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private int earlier;

  /** Interfaces whose packets are not looked at. */
  private long unsupported;

  /** Forgets all of the section before. */
  void beginSection() {
    earlier = number(section.size());
    section.clear();
  }

  /** Whether the section has as many as it may have. */
  boolean isFull() {
    return section.size() == MAX_INTERFACES;
  }

  /** Adds the next of the section, which is not full. */
  void add(PcapngInterface description) {
    if (!LinkType.isSupported(description.linkType())) {
      unsupported++;
      if (unsupported <= MAX_WARNINGS) {
        warnings.add(
            "interface %d has %s, which is not supported: its packets are not looked at"
                .formatted(number(section.size()), LinkType.describe(description.linkType())));
      }
    }
    section.add(description);
  }

  /** Interfaces of the section so far. */
  int size() {
    return section.size();
  }

  /**
   * One of the section.
   *
   * @param id from 0, less than {@link #size}
   */
  PcapngInterface get(int id) {
    return section.get(id);
  }

  /** Counted over all sections; begins anew after 2^18, which only a file made for it reaches. */
  int number(int id) {
    return earlier + id & CapturedPacket.MAX_INTERFACE;
  }

  /** As {@link PacketSource#warnings}. */
  List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    if (unsupported > MAX_WARNINGS) {
      all.add("so have %d more interfaces".formatted(unsupported - MAX_WARNINGS));
    }
    return all;
  }
}
