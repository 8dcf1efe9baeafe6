package io.rstscope.judge.advice;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import java.util.Locale;

/** How the heartbeat is set in each client library, found by what it says of itself. */
public enum HeartbeatOption {
  /** Platform "Java"; so do Spring AMQP and others built on it. */
  JAVA("rabbitmq", "java", "setRequestedHeartbeat(%d) of the Java ConnectionFactory"),
  DOT_NET("rabbitmq", ".net", "RequestedHeartbeat = TimeSpan.FromSeconds(%d) of the .NET factory"),
  PIKA("pika", "", "heartbeat=%d in pika.ConnectionParameters"),
  /** 0 by default; the library sends frames only when its heartbeat_tick is called. */
  PY_AMQP("py-amqp", "", "broker_heartbeat = %d in Celery, heartbeat=%<d in amqp.Connection"),
  /** 0 by default; frames are sent only while the program waits, or by PCNTLHeartbeatSender. */
  PHP("amqplib", "php", "heartbeat %d in AMQPStreamConnection or AMQPConnectionConfig"),
  NODE("amqplib", "", "?heartbeat=%d in the URL given to amqplib"),
  GO("amqp 0.9.1 client", "", "Config.Heartbeat = %d * time.Second in Go's amqp091"),
  GO_STREADWAY("streadway", "", "Config.Heartbeat = %d * time.Second in Go's amqp"),
  BUNNY("bunny", "", "heartbeat: %d in Bunny.new");

  private final String product;
  private final String platform;
  private final String setting;

  HeartbeatOption(String product, String platform, String setting) {
    this.product = product;
    this.platform = platform;
    this.setting = setting;
  }

  /**
   * What to write where, to have a heartbeat of that many seconds; a phrase.
   *
   * @param amqp what the connection said, or null
   */
  public static String set(int seconds, AmqpSnapshot amqp) {
    if (amqp != null && amqp.protocol() == AmqpProtocol.AMQP_1_0) {
      return "an idle-time-out of " + seconds * 1000L + " ms in the client's open";
    }
    for (HeartbeatOption option : values()) {
      if (amqp != null && option.isOf(amqp)) {
        return String.format(Locale.ROOT, option.setting, seconds);
      }
    }
    return "heartbeat " + seconds + " s in the client's connection settings";
  }

  private boolean isOf(AmqpSnapshot amqp) {
    return contains(amqp.client().product(), product)
        && contains(amqp.client().platform(), platform);
  }

  private static boolean contains(String text, String part) {
    return part.isEmpty() || text != null && text.toLowerCase(Locale.ROOT).contains(part);
  }
}
