package io.rstscope.bench;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * A broker's everyday connections, of which every second is reset in its time: closed cleanly,
 * aborted by the client, or forgotten by a firewall. What else the capture holds changes nothing of
 * them. Used by one thread.
 */
final class SteadyTraffic implements Traffic {
  private static final long SILENCE_NANOS = 60_000_000_000L;
  private static final long THINK_NANOS = 2_000_000_000L;

  // of the duration: when connections begin, and when they end
  private static final double BEGIN = 0.05;
  private static final double FIRST_END = 0.2;
  private static final double LAST_END = 0.8;

  private static final List<List<Line>> WAYS_TO_END =
      List.of(Script.NORMAL_CLOSE, Script.CLIENT_ABORT, Script.idleTimeout(SILENCE_NANOS));

  private static final List<List<Line>> EXCHANGES =
      List.of(Script.PUBLISH, Script.DELIVER, Script.CLIENT_HEARTBEAT, Script.BROKER_HEARTBEAT);

  private final TcpWriter tcp;
  private final MessageSizes sizes;
  private final RandomGenerator random;
  private final PriorityQueue<Member> members = new PriorityQueue<>();
  private final long endNanos;

  /** A connection, and when and how it ends. */
  private record Member(Conversation conversation, long endNanos, List<Line> lastWords)
      implements Comparable<Member> {
    @Override
    public int compareTo(Member other) {
      return conversation.compareTo(other.conversation);
    }
  }

  SteadyTraffic(
      PcapWriter capture,
      RandomGenerator random,
      int connections,
      long startNanos,
      long durationNanos) {
    this.random = random;
    this.endNanos = startNanos + durationNanos;
    tcp = new TcpWriter(new FrameWriter(capture));
    sizes = MessageSizes.small(capture, random);
    for (int i = 0; i < connections; i++) {
      double place = (double) i / connections;
      Conversation conversation = new Conversation(i, random);
      conversation.play(
          Script.OPENINGS.get(i % Script.OPENINGS.size()),
          startNanos + (long) (place * BEGIN * durationNanos));
      double end = FIRST_END + (LAST_END - FIRST_END) * place;
      boolean ends = i % 2 == 0;
      members.add(
          new Member(
              conversation,
              ends ? startNanos + (long) (end * durationNanos) : NEVER,
              WAYS_TO_END.get(i / 2 % WAYS_TO_END.size())));
    }
  }

  @Override
  public long due() {
    return members.isEmpty() ? NEVER : members.element().conversation().due();
  }

  @Override
  public void send() throws IOException {
    Member member = members.remove();
    Conversation conversation = member.conversation();
    conversation.send(tcp, sizes);
    if (!conversation.isFinished()) {
      members.add(member);
    } else if (!conversation.wasReset() && conversation.due() < endNanos) {
      long next = conversation.due() + random.nextLong(2 * THINK_NANOS);
      conversation.play(next < member.endNanos() ? exchange() : member.lastWords(), next);
      members.add(member);
    }
  }

  private List<Line> exchange() {
    return EXCHANGES.get(random.nextInt(EXCHANGES.size()));
  }
}
