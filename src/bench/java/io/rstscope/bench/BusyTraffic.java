package io.rstscope.bench;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Brokers at work: a constant number of connections that publish, consume and idle, some of which
 * end with a reset while others begin; and other traffic beside. Used by one thread.
 */
final class BusyTraffic {
  /** A packet each 50 us on average gives 8 million packets in 400 s. */
  private static final long NANOS_PER_PACKET = 50_000;

  // of all AMQP packets: nothing ends while connections open, nor too late to be seen to its end
  private static final double FIRST_ENDING_AT = 0.10;
  private static final double LAST_ENDING_AT = 0.85;
  private static final double OPENING_TAKES = 0.05;
  private static final double SILENCE_TAKES = 0.05;

  /** Average packets of a script, for the time between two. */
  private static final double PACKETS_PER_EXCHANGE = 2.7;

  private final PcapWriter capture;
  private final TcpWriter tcp;
  private final MessageSizes sizes;
  private final BackgroundTraffic background;
  private final RandomGenerator random;
  private final PriorityQueue<Conversation> conversations = new PriorityQueue<>();
  private final Plan plan;
  private final List<List<Line>> waysToEnd;
  private final long thinkNanos;
  private long amqpPackets;
  private int begun;
  private int endings;
  private int resets;

  /**
   * What to write.
   *
   * @param packets in all
   * @param bytes of the file, before packets are cut
   * @param share of the packets that are AMQP, above 0, at most 1
   * @param flows open at the same time
   * @param resets connections that end, each with one reset
   */
  record Plan(long packets, long bytes, double share, int flows, int resets) {
    double amqpPackets() {
      return packets * share;
    }

    double nanos() {
      return (double) packets * NANOS_PER_PACKET;
    }
  }

  BusyTraffic(PcapWriter capture, Plan plan, RandomGenerator random) {
    this.capture = capture;
    this.plan = plan;
    this.random = random;
    FrameWriter frames = new FrameWriter(capture);
    tcp = new TcpWriter(frames);
    sizes = new MessageSizes(capture, (double) plan.bytes() / plan.packets(), random);
    background = new BackgroundTraffic(frames, sizes, random);
    waysToEnd =
        List.of(
            Script.NORMAL_CLOSE,
            Script.CLIENT_ABORT,
            Script.idleTimeout((long) (plan.nanos() * SILENCE_TAKES)));
    thinkNanos = (long) (plan.nanos() * plan.flows() / plan.amqpPackets() * PACKETS_PER_EXCHANGE);
  }

  /**
   * Writes the capture.
   *
   * @return connections that were begun
   * @throws IllegalArgumentException when there are too few packets for so many flows and resets
   */
  int write(long startNanos) throws IOException {
    long openingNanos = (long) (plan.nanos() * OPENING_TAKES);
    for (int i = 0; i < plan.flows(); i++) {
      begin(startNanos + openingNanos * i / plan.flows());
    }
    long now = startNanos;
    while (capture.packets() < plan.packets()) {
      long due = conversations.element().due();
      if (amqpPackets <= capture.packets() * plan.share()) {
        now = due;
        advance(conversations.remove());
      } else {
        now += (due - now) / 2;
        background.send(now);
      }
    }
    if (resets < plan.resets()) {
      throw new IllegalArgumentException(
          "too few packets: only " + resets + " of " + plan.resets() + " resets took place");
    }
    return begun;
  }

  private void begin(long startNanos) {
    Conversation conversation = new Conversation(begun++, random);
    conversation.play(Script.OPENINGS.get(random.nextInt(Script.OPENINGS.size())), startNanos);
    conversations.add(conversation);
  }

  private void advance(Conversation conversation) throws IOException {
    conversation.send(tcp, sizes);
    amqpPackets++;
    if (conversation.wasReset()) {
      resets++;
      begin(conversation.due() + pause());
      return;
    }
    if (conversation.isFinished()) {
      conversation.play(nextScript(), conversation.due() + pause());
    }
    conversations.add(conversation);
  }

  private List<Line> nextScript() {
    double share = FIRST_ENDING_AT + (LAST_ENDING_AT - FIRST_ENDING_AT) * endings / plan.resets();
    if (endings < plan.resets() && amqpPackets >= share * plan.amqpPackets()) {
      return waysToEnd.get(endings++ % waysToEnd.size());
    }
    int percent = random.nextInt(100);
    if (percent < 45) {
      return Script.PUBLISH;
    } else if (percent < 90) {
      return Script.DELIVER;
    }
    return percent < 95 ? Script.CLIENT_HEARTBEAT : Script.BROKER_HEARTBEAT;
  }

  private long pause() {
    return random.nextLong(2 * thinkNanos);
  }
}
