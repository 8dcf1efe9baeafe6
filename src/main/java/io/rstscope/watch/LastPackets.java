package io.rstscope.watch;

import io.rstscope.capture.CapturedPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last packets of each flow, for evidence: headers only, or as much as was captured.
 *
 * <p>Every flow has a few places of fixed size that its packets fill in turn; nothing is allocated
 * per packet. Owned by the thread of the flows.
 */
final class LastPackets {
  /** Packets kept of a flow. */
  static final int KEPT = 8;

  /** Ethernet, a VLAN tag, IPv6 and TCP with all options: 14 + 4 + 40 + 60 bytes. */
  private static final int HEADERS = 118;

  private static final int FLOWS_A_PAGE = 64;
  private static final int PLACES_A_PAGE = FLOWS_A_PAGE * KEPT;

  private static final int EXPECTED = LiveFlows.AT_ONCE;

  /** The packets of some flows. */
  private final class Page {
    final byte[] bytes = new byte[PLACES_A_PAGE * bytesKept];
    final long[] frames = new long[PLACES_A_PAGE];
    final long[] nanos = new long[PLACES_A_PAGE];
    final int[] originals = new int[PLACES_A_PAGE];
    final int[] lengths = new int[PLACES_A_PAGE];

    /** Packets of each flow, 0 to twice what is kept less one; the last have filled its places. */
    final int[] counts = new int[FLOWS_A_PAGE];
  }

  private final boolean payload;
  private final int bytesKept;
  private Page[] pages = new Page[16];

  private final long[] frames = new long[EXPECTED];
  private final byte[][] data = new byte[EXPECTED][];
  private final int[] offsets = new int[EXPECTED];
  private final int[] headers = new int[EXPECTED];
  private final int[] lengths = new int[EXPECTED];
  private final int[] originals = new int[EXPECTED];
  private int linkType;
  private int expected;
  private int next;

  /**
   * @param payload whether payload is kept, else nothing behind the TCP header
   * @param snapLength bytes that are captured of a packet
   */
  LastPackets(boolean payload, int snapLength) {
    this.payload = payload;
    this.bytesKept = bytesKept(payload, snapLength);
  }

  private static int bytesKept(boolean payload, int snapLength) {
    return payload ? snapLength : Math.min(HEADERS, snapLength);
  }

  /** Bytes that the places of a flow take. */
  static long bytesPerFlow(boolean payload, int snapLength) {
    long place = bytesKept(payload, snapLength) + 2L * (Long.BYTES + Integer.BYTES);
    return KEPT * place + Integer.BYTES;
  }

  /**
   * This packet was decoded to a segment, which will be followed in the order of these calls; its
   * bytes must stay valid until then.
   *
   * @param payloadOffset where its payload begins in the packet's array
   */
  void expect(CapturedPacket packet, int payloadOffset) {
    frames[expected] = packet.frame;
    data[expected] = packet.data;
    headers[expected] = payloadOffset - packet.offset;
    offsets[expected] = packet.offset;
    lengths[expected] = packet.capturedLength;
    originals[expected] = packet.originalLength;
    linkType = packet.linkType;
    expected++;
  }

  /** All segments expected have been followed. */
  void settle() {
    expected = 0;
    next = 0;
  }

  /** The segment of this frame number and time belongs to that flow. */
  void keep(int id, long frame, long timeNanos) {
    while (next < expected && frames[next] != frame) {
      next++;
    }
    if (next == expected) {
      return;
    }
    int wanted = payload ? lengths[next] : Math.min(headers[next], lengths[next]);
    int length = Math.min(bytesKept, wanted);
    Page page = page(id);
    int flow = id % FLOWS_A_PAGE;
    int count = page.counts[flow];
    int place = flow * KEPT + count % KEPT;
    page.counts[flow] = count == 2 * KEPT - 1 ? KEPT : count + 1;
    page.frames[place] = frame;
    page.nanos[place] = timeNanos;
    page.originals[place] = originals[next];
    page.lengths[place] = length;
    System.arraycopy(data[next], offsets[next], page.bytes, place * bytesKept, length);
  }

  /** The last packets of a flow, oldest first. */
  List<EvidencePacket> of(int id) {
    Page page = page(id);
    int flow = id % FLOWS_A_PAGE;
    int count = page.counts[flow];
    List<EvidencePacket> packets = new ArrayList<>(KEPT);
    for (int i = Math.max(0, count - KEPT); i < count; i++) {
      int place = flow * KEPT + i % KEPT;
      int from = place * bytesKept;
      packets.add(
          new EvidencePacket(
              page.frames[place],
              page.nanos[place],
              linkType,
              page.originals[place],
              Arrays.copyOfRange(page.bytes, from, from + page.lengths[place])));
    }
    return packets;
  }

  /** The flow has left. */
  void forget(int id) {
    page(id).counts[id % FLOWS_A_PAGE] = 0;
  }

  private Page page(int id) {
    int page = id / FLOWS_A_PAGE;
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
    }
    if (pages[page] == null) {
      pages[page] = new Page();
    }
    return pages[page];
  }
}
