package io.rstscope.amqp;

import static io.rstscope.amqp.Amqp091.*;

import io.rstscope.net.Side;
import io.rstscope.wire.Bytes;

/**
 * Frames of AMQP 0-9-1 (section 4.2.3).
 *
 * <pre>
 *  0      1         3             7                  size+7 size+8
 *  +------+---------+-------------+  +------------+  +-----------+
 *  | type | channel |    size     |  |  payload   |  | end (0xCE)|
 *  +------+---------+-------------+  +------------+  +-----------+
 * </pre>
 *
 * The payload of a method frame begins with class and method, 16 bits each.
 */
final class Framing091 implements Framing {
  /** Frames that cannot be stepped over unread. */
  static final int STRANGE = -1;

  /** Longer frames are taken for nonsense; RabbitMQ's default limit is 128 KiB. */
  private static final int MAX_SIZE = 1 << 27;

  /** When looking for a frame after a loss, one whose end is not in sight must be shorter. */
  private static final int MAX_PLAUSIBLE_SIZE = 1 << 20;

  /** Class, weight, body size and flags: the least in a content header (section 4.2.6.1). */
  private static final int MIN_CONTENT_HEADER = 14;

  private static final int METHOD_ID_LENGTH = 4;
  private static final int METHOD_START = FRAME_HEADER_LENGTH + METHOD_ID_LENGTH;

  @Override
  public int need(byte[] bytes, int at, int available) {
    if (available < FRAME_HEADER_LENGTH) {
      return FRAME_HEADER_LENGTH;
    }
    if (!isHeader(bytes, at)) {
      return MALFORMED;
    }
    int type = bytes[at];
    if (type == FRAME_HEARTBEAT) {
      return FRAME_OVERHEAD;
    }
    if (type != FRAME_METHOD) {
      return FRAME_HEADER_LENGTH;
    }
    if (Bytes.u16(bytes, at + 1) != 0) {
      return isTold(bytes, at, available)
          ? ConnectionMethods.needOfClose(size(bytes, at) + FRAME_OVERHEAD)
          : FRAME_HEADER_LENGTH;
    }
    return available < METHOD_START
        ? METHOD_START
        : ConnectionMethods.need(bytes, at, size(bytes, at) + FRAME_OVERHEAD, available);
  }

  @Override
  public int length(byte[] bytes, int at, int available) {
    return available < FRAME_HEADER_LENGTH ? MALFORMED : size(bytes, at) + FRAME_OVERHEAD;
  }

  @Override
  public boolean accept(ConnectionFacts connection, Side from, byte[] bytes, int at, int visible) {
    int length = size(bytes, at) + FRAME_OVERHEAD;
    if (visible >= length && !endsBefore(bytes, at + length)) {
      return false;
    }
    if (bytes[at] == FRAME_HEARTBEAT) {
      connection.heartbeat();
    } else if (Bytes.u16(bytes, at + 1) != 0) {
      connection.inUse();
      if (from == Side.BROKER && isTold(bytes, at, visible)) {
        ConnectionMethods.acceptOfChannel(connection, bytes, at, visible);
      }
    } else if (visible < METHOD_START) {
      acceptNameless(connection, from, size(bytes, at));
    } else if (Bytes.u16(bytes, at + FRAME_HEADER_LENGTH) == CLASS_CONNECTION) {
      ConnectionMethods.accept(connection, from, bytes, at, visible);
    }
    return true;
  }

  /**
   * A method of the connection of which only the length is there. One without arguments confirms a
   * close when a client sends it; a broker may also say so that it takes messages again.
   */
  private static void acceptNameless(ConnectionFacts connection, Side from, int size) {
    connection.lostToSnapLength();
    boolean confirms = from == Side.CLIENT || connection.state() != AmqpState.BLOCKED;
    if (size == METHOD_ID_LENGTH && connection.isInUse() && confirms) {
      connection.closeOk(from);
    }
  }

  @Override
  public int passMessages(byte[] bytes, int at, int end) {
    int next = at;
    while (end - next >= FRAME_OVERHEAD) {
      int type = bytes[next];
      int size = size(bytes, next);
      if (type < FRAME_METHOD
          || type > FRAME_BODY
          || Bytes.u16(bytes, next + 1) == 0
          || size < 0
          || size > end - next - FRAME_OVERHEAD
          || isTold(bytes, next, end - next)
          || bytes[next + size + FRAME_OVERHEAD - 1] != FRAME_END) {
        return next;
      }
      next += size + FRAME_OVERHEAD;
    }
    return next;
  }

  /**
   * Steps over frames that say nothing of an open connection, the last of which may go on beyond
   * what is there.
   *
   * @param at where the first one begins; may lie beyond {@code end}
   * @param ended whether another one ends there
   * @return where the last one ends, at or beyond {@code end}; {@link #STRANGE} when one says more,
   *     or its header is not all there
   */
  static int skim(byte[] bytes, int at, boolean ended, int end) {
    int next = at;
    boolean frameBefore = ended;
    while (next <= end) {
      if (frameBefore && bytes[next - 1] != FRAME_END) {
        return STRANGE;
      }
      if (next == end) {
        return next;
      }
      if (end - next < FRAME_HEADER_LENGTH
          || Bytes.u16(bytes, next + 1) == 0
          || !isHeader(bytes, next)
          || isTold(bytes, next, end - next)) {
        return STRANGE;
      }
      next += size(bytes, next) + FRAME_OVERHEAD;
      frameBefore = true;
    }
    return next;
  }

  /**
   * Whether it may tell why a client leaves: a channel's close, or a consumer's cancel. One whose
   * method is not in sight passes for another method.
   */
  private static boolean isTold(byte[] bytes, int at, int available) {
    if (bytes[at] != FRAME_METHOD || available < METHOD_START) {
      return false;
    }
    int method = Bytes.i32(bytes, at + FRAME_HEADER_LENGTH);
    return method == CHANNEL_CLOSE || method == BASIC_CANCEL;
  }

  @Override
  public boolean endsBefore(byte[] bytes, int end) {
    return isEnd(bytes, end);
  }

  /** As {@link #endsBefore}. */
  static boolean isEnd(byte[] bytes, int end) {
    return bytes[end - 1] == FRAME_END;
  }

  @Override
  public int endLength() {
    return FRAME_OVERHEAD - FRAME_HEADER_LENGTH;
  }

  @Override
  public int plausibleLength(byte[] bytes, int at) {
    boolean named = bytes[at] == FRAME_METHOD || bytes[at] == FRAME_HEADER;
    return named ? METHOD_START : FRAME_HEADER_LENGTH;
  }

  @Override
  public boolean isPlausible(byte[] bytes, int at, int available) {
    return isFrame(bytes, at, available);
  }

  /** As {@link #isPlausible}. */
  static boolean isFrame(byte[] bytes, int at, int available) {
    if (available < FRAME_OVERHEAD || !isHeader(bytes, at) || !isPayload(bytes, at, available)) {
      return false;
    }
    int length = size(bytes, at) + FRAME_OVERHEAD;
    if (length > available) {
      return length <= MAX_PLAUSIBLE_SIZE;
    }
    return bytes[at + length - 1] == FRAME_END
        && (length == available || isType(bytes[at + length]));
  }

  /** Whether the header's fields agree with each other. */
  private static boolean isHeader(byte[] bytes, int at) {
    int size = size(bytes, at);
    if (size < 0 || size > MAX_SIZE) {
      return false;
    }
    int channel = Bytes.u16(bytes, at + 1);
    return switch (bytes[at]) {
      case FRAME_METHOD -> size >= METHOD_ID_LENGTH;
      case FRAME_HEADER -> size >= MIN_CONTENT_HEADER && channel != 0;
      case FRAME_BODY -> channel != 0;
      case FRAME_HEARTBEAT -> size == 0 && channel == 0;
      default -> false;
    };
  }

  /** Whether what is visible of the payload fits the type. */
  private static boolean isPayload(byte[] bytes, int at, int available) {
    int type = bytes[at];
    if (type != FRAME_METHOD && type != FRAME_HEADER) {
      return true;
    }
    if (available < METHOD_START) {
      return bytes[at + FRAME_HEADER_LENGTH] == 0;
    }
    int classId = Bytes.u16(bytes, at + FRAME_HEADER_LENGTH);
    int second = Bytes.u16(bytes, at + FRAME_HEADER_LENGTH + 2);
    if (type == FRAME_HEADER) {
      return classId == CLASS_BASIC && second == 0;
    }
    boolean onConnection = Bytes.u16(bytes, at + 1) == 0;
    return onConnection == (classId == CLASS_CONNECTION) && isMethod(classId, second);
  }

  private static boolean isMethod(int classId, int methodId) {
    return switch (classId) {
      case CLASS_CONNECTION -> methodId >= START && methodId <= UPDATE_SECRET_OK;
      case CLASS_CHANNEL, CLASS_ACCESS, CLASS_EXCHANGE, CLASS_QUEUE, CLASS_CONFIRM, CLASS_TX ->
          methodId >= 10 && methodId <= 51;
      case CLASS_BASIC -> methodId >= 10 && methodId <= 120;
      default -> false;
    };
  }

  private static boolean isType(byte type) {
    return type >= FRAME_METHOD && type <= FRAME_BODY || type == FRAME_HEARTBEAT;
  }

  private static int size(byte[] bytes, int at) {
    return Bytes.i32(bytes, at + 3);
  }
}
