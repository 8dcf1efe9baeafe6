package io.rstscope.judge.context;

import io.rstscope.amqp.ConnectionClose;
import io.rstscope.net.Side;
import java.util.Locale;
import java.util.regex.Pattern;

/** A broker's close because somebody told it to: its operator, or its shutdown. */
public final class ForcedClose {
  /** AMQP 0-9-1, section 1.3: connection-forced. */
  public static final int CONNECTION_FORCED = 320;

  /** The same in AMQP 1.0, section 2.8.16. */
  private static final String FORCED_10 = "amqp:connection:forced";

  /** So RabbitMQ 4 tells its clients of AMQP 1.0 that it stops (rabbit_amqp_reader.erl). */
  private static final String INTERNAL_ERROR_10 = "amqp:internal-error";

  /** Also where an operator told it to, whose reason follows. */
  private static final String FORCED_TEXT_10 = "Connection forced:";

  private static final String SHUTDOWN = "shutdown";

  /** RabbitMQ's text of a shutdown ends so (rabbit_reader.erl); an operator's reason is his own. */
  private static final Pattern REASON = Pattern.compile("(reason|forced:) ['\"]?" + SHUTDOWN);

  /** "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'", in bytes. */
  private static final int SHUTDOWN_BYTES = 75;

  private ForcedClose() {}

  /**
   * Whether the text may be a shutdown's, and what is there of it ends before that shows: the
   * capture cuts it, behind its length or before.
   */
  public static boolean isCut(ConnectionClose close) {
    String text = close.text();
    boolean cut =
        text == null || text.isEmpty() || text.endsWith("…") && text.length() <= SHUTDOWN_BYTES;
    return cut && (close.textBytes() <= 0 || close.textBytes() == SHUTDOWN_BYTES);
  }

  /**
   * Whether the broker said with it that it shuts down.
   *
   * @param close may be null
   */
  public static boolean isShutdown(ConnectionClose close) {
    if (close == null || close.by() != Side.BROKER || close.text() == null) {
      return false;
    }
    String text = close.text().toLowerCase(Locale.ROOT);
    return isForced(close)
        ? REASON.matcher(text).find()
        : INTERNAL_ERROR_10.equals(close.condition()) && text.contains(SHUTDOWN);
  }

  /**
   * Whether the broker closed because somebody told it to.
   *
   * @param close may be null
   */
  public static boolean isForced(ConnectionClose close) {
    return close != null
        && close.by() == Side.BROKER
        && (close.code() == CONNECTION_FORCED
            || FORCED_10.equals(close.condition())
            || INTERNAL_ERROR_10.equals(close.condition())
                && close.text() != null
                && close.text().startsWith(FORCED_TEXT_10));
  }
}
