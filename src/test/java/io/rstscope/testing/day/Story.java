package io.rstscope.testing.day;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.SplittableRandom;

/** One connection of the day, told as it goes. */
final class Story {
  static final Duration PROXY_TIMER = Duration.ofSeconds(300);
  static final Duration FIREWALL_TIMER = Duration.ofSeconds(350);

  private static final int HEARTBEAT = 60;

  /** Clients and RabbitMQ send twice in that time. */
  private static final long BEAT = Duration.ofSeconds(HEARTBEAT / 2).toNanos();

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long PROXY_JITTER = 30 * MILLISECOND;
  private static final int FIREWALL_TTL = 63;

  private static final String[][] LIBRARIES = {
    {"RabbitMQ", "5.25.0", "Java"},
    {"Pika Python Client Library", "1.3.2", "Python 3.12.3"},
    {"AMQP 0.9.1 Client", "1.10.0", "golang"},
    {"amqplib", "0.10.5", "Node.JS v22.3.0"}
  };

  final String client;
  final int port;
  final String broker;
  final boolean isProxy;
  final boolean hasLinger;
  final Talk talk;
  private final SplittableRandom random;
  private Ending ending = Ending.LIVING;
  private Integer heartbeat;
  private long lastPayload;

  /**
   * A connection that has not begun.
   *
   * @param hasLinger whether the broker lingers for 0 s, as RabbitMQ does unless told otherwise, so
   *     that its close is a reset
   */
  Story(String client, int port, boolean isProxy, boolean hasLinger, SplittableRandom random) {
    this.client = client;
    this.port = port;
    this.isProxy = isProxy;
    this.hasLinger = hasLinger;
    this.random = random;
    broker = hasLinger ? "10.0.0.2" : "10.0.0.3";
    talk = new Talk(client, port, broker);
    for (Side side : Side.values()) {
      talk.missing(side, random.nextInt(1 << 30)).ipId(side, random.nextInt(0xffff));
      talk.clock(side, Duration.ofMillis(random.nextInt(1 << 30)));
    }
    talk.ttl(CLIENT, isProxy ? 63 : 58 + Math.floorMod(client.hashCode(), 5));
    talk.roundTrip(Duration.ofNanos(random.nextLong(200_000, 20_000_000)));
  }

  Ending ending() {
    return ending;
  }

  /** Seconds, 0 for off, null before it was negotiated. */
  Integer heartbeat() {
    return heartbeat;
  }

  long now() {
    return talk.now() - Talk.START;
  }

  // ---- how it begins and goes on

  Story at(long nanos) {
    talk.pause(Duration.ofNanos(Math.max(0, nanos - now())));
    return this;
  }

  Story open(boolean hasHeartbeats) {
    heartbeat = hasHeartbeats ? HEARTBEAT : 0;
    String[] library = LIBRARIES[random.nextInt(LIBRARIES.length)];
    byte[] properties =
        AmqpBytes.bytes()
            .property("product", library[0])
            .property("version", library[1])
            .property("platform", library[2])
            .array();
    talk.connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(properties))
        .broker(AmqpBytes.tune(HEARTBEAT))
        .client(AmqpBytes.tuneOk(heartbeat), AmqpBytes.open("/orders"));
    lastPayload = now();
    talk.broker(AmqpBytes.openOk());
    return this;
  }

  /** Messages until then, after silences of chance, the longest a timer could just bear. */
  Story talkUntil(long end, Duration mean, Duration longest) {
    for (long next = now() + silence(mean, longest);
        next < end;
        next = now() + silence(mean, longest)) {
      at(next).message();
    }
    return this;
  }

  private long silence(Duration mean, Duration longest) {
    double drawn = -Math.log(1 - random.nextDouble()) * mean.toNanos();
    return Math.min((long) drawn, longest.toNanos());
  }

  private void message() {
    lastPayload = now();
    if (random.nextBoolean()) {
      talk.client(AmqpBytes.publish(random.nextInt(20, 800)));
      return;
    }
    talk.data(BROKER, AmqpBytes.deliver(random.nextInt(20, 800))).answerDelay(CLIENT);
    lastPayload = now();
    talk.client(AmqpBytes.method(1, 60, 80, AmqpBytes.bytes().u32(0).u32(1).u8(0).array()));
  }

  /** Heartbeats of both sides until then. */
  Story beatUntil(long end) {
    for (long next = now() + BEAT; next < end; next = now() + BEAT) {
      at(next + random.nextLong(2 * MILLISECOND));
      talk.client(AmqpBytes.heartbeat()).broker(AmqpBytes.heartbeat());
    }
    return this;
  }

  // ---- how it ends

  /** The client's process dies then, and its kernel closes, or the proxy's for it. */
  Story kill(long then) {
    at(then).endByFin(Ending.KILLED);
    return this;
  }

  /** The proxy closes a connection on which nothing was relayed for so long. */
  Story cut() {
    long jitter = random.nextLong(2 * PROXY_JITTER) - PROXY_JITTER;
    at(lastPayload + PROXY_TIMER.toNanos() + jitter).endByFin(Ending.CUT);
    return this;
  }

  /** The firewall forgets it, and answers what the broker sends in the client's name. */
  Story forget() {
    long atLeast = FIREWALL_TIMER.toNanos() + SECOND;
    at(lastPayload + atLeast + random.nextLong(600 * SECOND));
    talk.data(BROKER, AmqpBytes.deliver(200)).pause(Duration.ofNanos(150_000));
    talk.ttl(CLIENT, FIREWALL_TTL).bareReset(CLIENT);
    ending = Ending.FORGOTTEN;
    return this;
  }

  /** AMQP's close. */
  Story close(long then) {
    at(then);
    talk.client(AmqpBytes.close(200, "Goodbye", 0, 0)).broker(AmqpBytes.closeOk());
    endByFin(Ending.CLOSED);
    return this;
  }

  /** Nothing but the question whether the port is open. */
  Story check() {
    talk.syn().synAck().answerDelay(CLIENT).socketReset(CLIENT);
    ending = Ending.CHECKED;
    return this;
  }

  private void endByFin(Ending why) {
    ending = why;
    talk.fin(CLIENT).answerDelay(BROKER).pause(Duration.ofNanos(400_000));
    if (hasLinger) {
      talk.socketReset(BROKER);
    } else {
      talk.fin(BROKER).answerDelay(CLIENT).ack(CLIENT);
    }
  }
}
