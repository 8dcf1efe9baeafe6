package io.rstscope.bench;

import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * SYNs whose sources are forged, each another, and the broker's answers to them. Used by one
 * thread.
 */
final class SynFlood implements Traffic {
  private static final long ANSWER_NANOS = 50_000;

  private final TcpWriter tcp;
  private final RandomGenerator random;
  private final long startNanos;
  private final long durationNanos;
  private final long count;
  private final int answers;
  private long sent;
  private int answered;
  private TcpEndpoint client;
  private TcpEndpoint broker;

  /**
   * @param answers how often the broker answers each: 1 when it sets cookies, more when it waits
   */
  SynFlood(
      PcapWriter capture,
      RandomGenerator random,
      long startNanos,
      long durationNanos,
      long count,
      int answers) {
    this.random = random;
    this.startNanos = startNanos;
    this.durationNanos = durationNanos;
    this.count = count;
    this.answers = answers;
    tcp = new TcpWriter(new FrameWriter(capture));
  }

  @Override
  public long due() {
    return sent == count && client == null ? NEVER : when() + answered * ANSWER_NANOS;
  }

  private long when() {
    long number = client == null ? sent : sent - 1;
    return startNanos + (long) ((double) number / count * durationNanos);
  }

  @Override
  public void send() throws IOException {
    if (client == null) {
      client = Strangers.client(sent, random);
      broker = Conversation.broker(0, random);
      tcp.send(due(), client, broker, TcpWriter.SYN);
      sent++;
    } else {
      if (answered > 1) {
        broker.sequence--;
      }
      tcp.send(due(), broker, client, TcpWriter.SYN | TcpWriter.ACK);
    }
    if (answered++ == answers) {
      client = null;
      answered = 0;
    }
  }
}
