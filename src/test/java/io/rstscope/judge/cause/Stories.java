package io.rstscope.judge.cause;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Beginnings of stories that several specifications tell. */
final class Stories {
  static final Duration SECOND = Duration.ofSeconds(1);

  /** Processes die at any moment, not after whole seconds. */
  static final Duration ODD = Duration.ofMillis(1_370);

  static final byte[] PROXY = "PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n".getBytes(US_ASCII);
  static final byte[] TLS_HELLO = {22, 3, 1, 0, 5, 1, 0, 0, 1, 0};
  static final byte[] TLS_DATA = {23, 3, 3, 0, 3, 7, 7, 7};
  static final byte[] BEAT = AmqpBytes.heartbeat();

  private Stories() {}

  static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /** Of the usual client, from another port. */
  static Talk client(int port) {
    return new Talk("10.0.1.1", 40_000 + port);
  }

  /** Of another client host. */
  static Talk host(int number) {
    return new Talk("10.0.1." + (100 + number), 40_000);
  }

  static Talk[] talks(int count, IntFunction<Talk> talk) {
    return IntStream.range(0, count).mapToObj(talk).toArray(Talk[]::new);
  }

  /** With the client's login sent. */
  static Talk login() {
    return new Talk()
        .connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(AmqpBytes.clientProperties()));
  }

  /** A reset with numbers that no socket takes, after which both go on. */
  static Talk ignoredReset() {
    Talk talk = new Talk().open(0).pause(SECOND).missing(CLIENT, 5000).bareReset(CLIENT);
    talk.missing(CLIENT, -5000).pause(SECOND);
    for (int i = 0; i < 3; i++) {
      talk.client(BEAT).broker(BEAT).pause(SECOND);
    }
    return talk;
  }

  /** Within TLS, with so many records of each side after the hellos. */
  static Talk tls(int records) {
    Talk talk = new Talk().connect().client(TLS_HELLO).broker(TLS_HELLO);
    for (int i = 0; i < records; i++) {
      talk.client(TLS_DATA).broker(TLS_DATA);
    }
    return talk;
  }

  /** Sends data that nobody answers, and so many times again. */
  static Talk unanswered(Talk open, Side side, int times) {
    Talk talk = open.pause(SECOND).data(side, AmqpBytes.publish(10));
    for (int i = 0; i < times; i++) {
      talk.pause(SECOND).again(side);
    }
    return talk.pause(ODD);
  }

  /** As a capture shows it that was filtered for SYN, FIN and RST. */
  static Talk filtered() {
    return new Talk().syn().synAck().missing(CLIENT, 355).missing(BROKER, 551).pause(ODD);
  }

  /** The client closes in AMQP, the broker confirms. */
  static Talk closed(Talk open) {
    return open.client(AmqpBytes.close(200, "Goodbye", 0, 0)).broker(AmqpBytes.closeOk());
  }
}
