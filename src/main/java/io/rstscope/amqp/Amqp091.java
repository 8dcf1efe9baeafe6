package io.rstscope.amqp;

/**
 * Numbers of AMQP 0-9-1: frames from section 4.2.3 of its specification, methods and reply codes
 * from the XML definition of class {@code connection}; what RabbitMQ added is marked.
 *
 * @see <a href="https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf">AMQP 0-9-1</a>
 * @see <a href="https://www.rabbitmq.com/resources/specs/amqp0-9-1.extended.xml">its XML with
 *     RabbitMQ's extensions</a>
 */
final class Amqp091 {
  static final int FRAME_METHOD = 1;
  static final int FRAME_HEADER = 2;
  static final int FRAME_BODY = 3;
  static final int FRAME_HEARTBEAT = 8;

  /** The byte after the payload of each frame. */
  static final byte FRAME_END = (byte) 0xCE;

  /** Type, channel and size before the payload. */
  static final int FRAME_HEADER_LENGTH = 7;

  /** A frame's bytes besides its payload. */
  static final int FRAME_OVERHEAD = FRAME_HEADER_LENGTH + 1;

  /** A whole frame: type, channel 0, no payload, end. */
  static final long HEARTBEAT = (long) FRAME_HEARTBEAT << 56 | FRAME_END & 0xff;

  static final int CLASS_CONNECTION = 10;
  static final int CLASS_CHANNEL = 20;
  static final int CLASS_ACCESS = 30;
  static final int CLASS_EXCHANGE = 40;
  static final int CLASS_QUEUE = 50;
  static final int CLASS_BASIC = 60;

  /** Publisher confirms (RabbitMQ). */
  static final int CLASS_CONFIRM = 85;

  static final int CLASS_TX = 90;

  /** channel.close: class and method as they stand in a frame. */
  static final int CHANNEL_CLOSE = CLASS_CHANNEL << 16 | 40;

  /** basic.cancel. */
  static final int BASIC_CANCEL = CLASS_BASIC << 16 | 30;

  static final int START = 10;
  static final int START_OK = 11;
  static final int SECURE = 20;
  static final int SECURE_OK = 21;
  static final int TUNE = 30;
  static final int TUNE_OK = 31;
  static final int OPEN = 40;
  static final int OPEN_OK = 41;
  static final int CLOSE = 50;
  static final int CLOSE_OK = 51;

  /** RabbitMQ. */
  static final int BLOCKED = 60;

  /** RabbitMQ. */
  static final int UNBLOCKED = 61;

  /** RabbitMQ. */
  static final int UPDATE_SECRET = 70;

  /** RabbitMQ. */
  static final int UPDATE_SECRET_OK = 71;

  static final int REPLY_SUCCESS = 200;

  static final int ACCESS_REFUSED = 403;

  private Amqp091() {}

  /** The name that the specification gives a reply code, or null. */
  static String replyName(int code) {
    return switch (code) {
      case REPLY_SUCCESS -> "reply-success";
      case 311 -> "content-too-large";
      case 312 -> "no-route";
      case 313 -> "no-consumers";
      case 320 -> "connection-forced";
      case 402 -> "invalid-path";
      case ACCESS_REFUSED -> "access-refused";
      case 404 -> "not-found";
      case 405 -> "resource-locked";
      case 406 -> "precondition-failed";
      case 501 -> "frame-error";
      case 502 -> "syntax-error";
      case 503 -> "command-invalid";
      case 504 -> "channel-error";
      case 505 -> "unexpected-frame";
      case 506 -> "resource-error";
      case 530 -> "not-allowed";
      case 540 -> "not-implemented";
      case 541 -> "internal-error";
      default -> null;
    };
  }
}
