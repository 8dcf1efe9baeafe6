package io.rstscope.pairing;

import java.util.List;

/**
 * Whether packets of one direction arrive in the order in which they were sent. One flow takes one
 * path, whose queues keep it: what overtakes was not sent where it seems, but put in farther on.
 */
final class PacketOrder {
  /** Capturing hosts with several queues put packets that follow closer out of order. */
  private static final long CLOSE_NANOS = 100_000L;

  private final PacketTable table;
  private final boolean fromClientArrivesHere;

  PacketOrder(PacketTable table, boolean fromClientArrivesHere) {
    this.table = table;
    this.fromClientArrivesHere = fromClientArrivesHere;
  }

  /**
   * A packet that the reset overtook.
   *
   * @param packets of the flow, in the order of this capture
   * @return null when there is none, or others overtake each other, too: the path does not keep the
   *     order
   */
  SeenPacket overtaken(SeenPacket reset, List<SeenPacket> packets) {
    List<SeenPacket> others =
        packets.stream()
            .filter(each -> each.fromClient() == reset.fromClient() && !each.isReset())
            .filter(table::isUnmistakable)
            .toList();
    boolean kept =
        others.stream().noneMatch(one -> others.stream().anyMatch(two -> overtakes(one, two)));
    return kept
        ? others.stream().filter(each -> overtakes(reset, each)).findFirst().orElse(null)
        : null;
  }

  /**
   * Both times of each capture are by one clock, so that no error between the clocks matters; where
   * that one was set, the frames are still in order.
   */
  private boolean overtakes(SeenPacket one, SeenPacket other) {
    boolean hereFirst = one.frame() < other.frame();
    boolean thereFirst = table.frameThere(one) < table.frameThere(other);
    return hereFirst != thereFirst
        && hereFirst == arrivesHere(one)
        && sentNanos(one) - sentNanos(other) > CLOSE_NANOS
        && arrivedNanos(other) - arrivedNanos(one) > CLOSE_NANOS;
  }

  private long sentNanos(SeenPacket packet) {
    return arrivesHere(packet) ? table.nanosThere(packet) : packet.nanos();
  }

  private long arrivedNanos(SeenPacket packet) {
    return arrivesHere(packet) ? packet.nanos() : table.nanosThere(packet);
  }

  private boolean arrivesHere(SeenPacket packet) {
    return packet.fromClient() == fromClientArrivesHere;
  }
}
