package io.rstscope.testing;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;

import io.rstscope.amqp.AmqpBytes;
import java.time.Duration;

/**
 * What a device one hop from the capture, so nearer than the client, does to an open connection
 * that has been silent for as long as it waits.
 */
public final class IdleTimeout {
  private static final int TTL = 63;

  private IdleTimeout() {}

  /** It forgets silently, and rejects in the client's name what the broker sends then. */
  public static Talk forgotten(Talk open, Duration silence) {
    Talk talk = open.pause(silence).data(BROKER, AmqpBytes.heartbeat());
    return talk.ttl(CLIENT, TTL).bareReset(CLIENT);
  }

  /** It resets both sides on its own. */
  public static Talk resetByDevice(Talk open, Duration silence) {
    Talk talk = open.pause(silence).ttl(CLIENT, TTL).ttl(BROKER, TTL);
    return talk.bareReset(CLIENT).bareReset(BROKER);
  }

  /** It forgets silently, and drops what the broker sends then, again and again. */
  public static Talk dropped(Talk open, Duration silence) {
    Talk talk = open.pause(silence).data(BROKER, AmqpBytes.heartbeat());
    for (int i = 0; i < 5; i++) {
      talk.pause(Duration.ofSeconds(2)).again(BROKER);
    }
    return talk;
  }

  /** It does nothing yet: the connection goes on after that silence, neither reset nor lost. */
  public static Talk survivor(Talk open, Duration silence) {
    Talk talk = open.pause(silence).client(AmqpBytes.heartbeat());
    return talk.broker(AmqpBytes.heartbeat());
  }
}
