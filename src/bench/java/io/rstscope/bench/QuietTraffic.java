package io.rstscope.bench;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** Connections that open, say next to nothing, and stay. Used by one thread. */
final class QuietTraffic {
  private static final long NANOS_BETWEEN_FLOWS = 100_000;
  private static final long NANOS_TO_HEARTBEAT = 30_000_000_000L;

  private final TcpWriter tcp;
  private final MessageSizes sizes;
  private final RandomGenerator random;
  private final PriorityQueue<Conversation> speaking = new PriorityQueue<>();

  QuietTraffic(PcapWriter capture, RandomGenerator random) {
    this.random = random;
    tcp = new TcpWriter(new FrameWriter(capture));
    sizes = MessageSizes.small(capture, random);
  }

  /**
   * Writes the capture.
   *
   * @param amqp whether they speak AMQP and heartbeats each way, else one byte each way
   * @param heartbeats how many of them, 30 s after one another
   */
  void write(long startNanos, int flows, boolean amqp, int heartbeats) throws IOException {
    List<List<Line>> scripts =
        amqp
            ? Script.OPENINGS.stream()
                .map(opening -> Script.join(opening, heartbeats(heartbeats)))
                .toList()
            : List.of(Script.oneByteEachWay());
    for (int i = 0; i < flows; i++) {
      long start = startNanos + i * NANOS_BETWEEN_FLOWS;
      sendUntil(start);
      Conversation conversation = new Conversation(i, random);
      conversation.play(scripts.get(i % scripts.size()), start);
      speaking.add(conversation);
    }
    sendUntil(Long.MAX_VALUE);
  }

  private static List<Line> heartbeats(int count) {
    return Collections.nCopies(count, Script.heartbeatsAfter(NANOS_TO_HEARTBEAT)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private void sendUntil(long timeNanos) throws IOException {
    while (!speaking.isEmpty() && speaking.element().due() <= timeNanos) {
      Conversation conversation = speaking.remove();
      conversation.send(tcp, sizes);
      if (!conversation.isFinished()) {
        speaking.add(conversation);
      }
    }
  }
}
