package io.rstscope.amqp;

import io.rstscope.net.Side;
import java.util.Objects;

/**
 * How a connection was closed in words: connection.close of 0-9-1, close of 1.0. When both sides
 * sent one it is the first; when only the confirmation was seen, its sender's peer closed, and why
 * is not known.
 *
 * @param by who asked for the close
 * @param code reply code of 0-9-1, 0 to 65,535 (200 is success), or -1
 * @param condition the specification's name of the code, such as {@code connection-forced}, or the
 *     error condition of 1.0, such as {@code amqp:connection:forced}; null when there is none
 * @param text reply text or description, at most 255 characters, free of control characters, ends
 *     with {@code …} when cut; or null
 * @param textBytes how long that is as it was sent, in bytes, also where the capture cuts it; or -1
 * @param classId class of the method that failed (0-9-1), 0 for none, or -1
 * @param methodId method that failed (0-9-1), 0 for none, or -1
 * @param confirmedBy who sent close-ok, in 1.0 who answered with a close of its own; null if none
 */
public record ConnectionClose(
    Side by,
    int code,
    String condition,
    String text,
    int textBytes,
    int classId,
    int methodId,
    Side confirmedBy) {
  /** Says enough to be judged: RabbitMQ's text of a shutdown takes 75 characters. */
  private static final int SHORT_TEXT = 96;

  /**
   * Whether it names an error: a code that is not success, or an error condition of 1.0. A client
   * that has no reason to give may send 0 instead of 200, as py-amqp's {@code Connection.close()},
   * and so Celery, does.
   */
  public boolean isError() {
    return code >= 0 ? code != Amqp091.REPLY_SUCCESS && code != 0 : condition != null;
  }

  // By hand, as is that of AmqpSnapshot.
  @Override
  public boolean equals(Object object) {
    return object instanceof ConnectionClose other
        && by == other.by
        && code == other.code
        && Objects.equals(condition, other.condition)
        && Objects.equals(text, other.text)
        && textBytes == other.textBytes
        && classId == other.classId
        && methodId == other.methodId
        && confirmedBy == other.confirmedBy;
  }

  @Override
  public int hashCode() {
    int hash = Objects.hashCode(text) * 31 + Objects.hashCode(condition);
    return ((hash * 31 + code) * 31 + Objects.hashCode(by)) * 31 + Objects.hashCode(confirmedBy);
  }

  /**
   * Whether it only ends a consumer: the broker's basic.cancel, whose tag is the text (an extension
   * of RabbitMQ's: consumer cancel notification).
   */
  public boolean isOfConsumer() {
    return code < 0 && classId == Amqp091.BASIC_CANCEL >> 16;
  }

  static ConnectionClose ofConsumer(String tag, int tagBytes) {
    int method = Amqp091.BASIC_CANCEL & 0xffff;
    return new ConnectionClose(
        Side.BROKER, -1, "basic.cancel", tag, tagBytes, Amqp091.CLASS_BASIC, method, null);
  }

  static ConnectionClose unseen(Side by) {
    return new ConnectionClose(by, -1, null, null, -1, -1, -1, null);
  }

  ConnectionClose shortened() {
    return new ConnectionClose(
        by,
        code,
        condition,
        Text.shortened(text, SHORT_TEXT),
        textBytes,
        classId,
        methodId,
        confirmedBy);
  }

  int textLength() {
    return Text.length(text);
  }

  ConnectionClose confirmedBy(Side side) {
    return new ConnectionClose(by, code, condition, text, textBytes, classId, methodId, side);
  }
}
