package io.rstscope.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packets of another source that match a filter, with the frame numbers they have there.
 *
 * <p>Packets of a link type that the filter makes no sense for are left out, and {@link #warnings}
 * tells. Losses told by a packet that is left out are told by the next that is not.
 */
public final class FilteredSource implements PacketSource {
  private final PacketSource source;
  private final BpfFilter filter;
  private final Set<Integer> linkTypesLeftOut = new TreeSet<>();
  private int lastLinkType = -1;

  /**
   * @param source is closed with this one
   * @param filter is not: it may serve several sources, one after the other
   */
  public FilteredSource(PacketSource source, BpfFilter filter) {
    this.source = source;
    this.filter = filter;
  }

  @Override
  public boolean next(CapturedPacket packet) throws CaptureException {
    long dropped = 0;
    while (source.next(packet)) {
      noteLinkType(packet.linkType);
      dropped += packet.dropped;
      if (filter.matches(packet)) {
        packet.dropped = dropped;
        return true;
      }
    }
    return false;
  }

  private void noteLinkType(int linkType) {
    if (linkType != lastLinkType) {
      lastLinkType = linkType;
      if (!filter.appliesTo(linkType)) {
        linkTypesLeftOut.add(linkType);
      }
    }
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(source.warnings());
    for (int linkType : linkTypesLeftOut) {
      warnings.add(
          "the filter makes no sense for %s: its packets are left out"
              .formatted(LinkType.describe(linkType)));
    }
    return warnings;
  }

  @Override
  public void readInto(Blocks blocks) throws CaptureException {
    source.readInto(blocks);
  }

  @Override
  public boolean mayWait() {
    return source.mayWait();
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long bytesRead() {
    return source.bytesRead();
  }

  @Override
  public void close() {
    source.close();
  }
}
