package io.rstscope.amqp;

import static io.rstscope.amqp.Amqp091.*;

import io.rstscope.net.Side;
import io.rstscope.wire.Bytes;

/**
 * The methods of class {@code connection}, whose arguments begin 11 bytes into their frame.
 *
 * <p>Passed over unread: {@code secure}, {@code secure-ok} and {@code update-secret}, which hold
 * credentials, and of {@code start-ok} all that follows its table.
 */
final class ConnectionMethods {
  /** Where arguments begin in the frame. */
  private static final int ARGUMENTS = 11;

  private static final int METHOD = 9;
  private static final int TABLE = ARGUMENTS + 4;

  /** Client properties beyond this many bytes are not looked at; usual ones take 400. */
  private static final int MAX_TABLE = 4096;

  /** No frame of the methods that are read whole is longer: code, short string, class, method. */
  private static final int MAX_METHOD = ARGUMENTS + 2 + 256 + 4 + 1;

  private ConnectionMethods() {}

  /**
   * As {@link Framing#need} for a method frame of {@code length} bytes on channel 0, of which at
   * least class and method are there.
   */
  static int need(byte[] bytes, int at, int length, int available) {
    if (Bytes.u16(bytes, at + METHOD - 2) != CLASS_CONNECTION) {
      return ARGUMENTS;
    }
    return switch (Bytes.u16(bytes, at + METHOD)) {
      case START_OK -> needOfStartOk(bytes, at, length, available);
      case TUNE, TUNE_OK, OPEN, OPEN_OK, CLOSE, CLOSE_OK, BLOCKED, UNBLOCKED -> needOfClose(length);
      default -> ARGUMENTS;
    };
  }

  /** A close is read whole, but for what no close holds. */
  static int needOfClose(int length) {
    return Math.min(length, MAX_METHOD);
  }

  /** Takes what the broker says on a channel that may make the client leave. */
  static void acceptOfChannel(ConnectionFacts connection, byte[] bytes, int at, int visible) {
    if (Bytes.i32(bytes, at + METHOD - 2) == CHANNEL_CLOSE) {
      acceptChannelClose(connection, bytes, at, visible);
    } else {
      acceptCancel(connection, bytes, at, visible);
    }
  }

  /** The tag of the consumer, and whether an answer is wanted, which fill the frame. */
  private static void acceptCancel(ConnectionFacts connection, byte[] bytes, int at, int visible) {
    int tagBytes = visible > ARGUMENTS ? Bytes.u8(bytes, at + ARGUMENTS) : -1;
    if (Bytes.u32(bytes, at + METHOD - 6) == 6L + tagBytes) {
      String tag = shortString(bytes, at + ARGUMENTS, at + visible);
      connection.channelError(ConnectionClose.ofConsumer(tag, tagBytes));
    }
  }

  /**
   * A channel's close has the arguments of the connection's. Only that of the broker is read, whose
   * text is its own, and only with a code that the specification knows: bytes of a message must not
   * pass for one.
   */
  private static void acceptChannelClose(
      ConnectionFacts connection, byte[] bytes, int at, int visible) {
    ConnectionClose close = readClose(Side.BROKER, bytes, at, visible);
    boolean fits = close.classId() >= 0 || isSizeOfText(bytes, at, visible);
    if (close.code() != REPLY_SUCCESS && close.condition() != null && fits) {
      connection.channelError(close);
    }
  }

  /** Whether frame and text, which the capture cuts, agree on how long they are. */
  private static boolean isSizeOfText(byte[] bytes, int at, int visible) {
    int text = ARGUMENTS + 2;
    return visible > text && Bytes.u32(bytes, at + METHOD - 6) == 11L + Bytes.u8(bytes, at + text);
  }

  private static int needOfStartOk(byte[] bytes, int at, int length, int available) {
    if (length <= TABLE) {
      return ARGUMENTS;
    }
    if (available < TABLE) {
      return TABLE;
    }
    long table = Bytes.u32(bytes, at + ARGUMENTS);
    boolean fits = TABLE + table < length;
    return fits ? TABLE + (int) Math.min(table, MAX_TABLE) : TABLE;
  }

  /** As {@link Framing#accept}; the methods of the wrong side are ignored. */
  static void accept(ConnectionFacts connection, Side from, byte[] bytes, int at, int visible) {
    int method = Bytes.u16(bytes, at + METHOD);
    if (from == Side.CLIENT) {
      acceptFromClient(connection, method, bytes, at, visible);
    } else {
      acceptFromBroker(connection, method, bytes, at, visible);
    }
    if (method == CLOSE) {
      connection.close(readClose(from, bytes, at, visible));
    } else if (method == CLOSE_OK) {
      connection.closeOk(from);
    }
  }

  private static void acceptFromClient(
      ConnectionFacts connection, int method, byte[] bytes, int at, int visible) {
    int limit = at + visible;
    switch (method) {
      case START_OK -> {
        connection.reached(HandshakeStep.START_OK);
        if (visible > TABLE) {
          connection.client(FieldTable.identity(bytes, at + TABLE, limit));
        }
      }
      case TUNE_OK -> {
        connection.reached(HandshakeStep.TUNE_OK);
        if (visible >= ARGUMENTS + 8) {
          connection.agreeHeartbeat(Bytes.u16(bytes, at + ARGUMENTS + 6));
        }
      }
      case OPEN -> {
        connection.reached(HandshakeStep.OPEN);
        connection.vhost(shortString(bytes, at + ARGUMENTS, limit));
      }
      default -> {}
    }
  }

  private static void acceptFromBroker(
      ConnectionFacts connection, int method, byte[] bytes, int at, int visible) {
    switch (method) {
      case START -> connection.reached(HandshakeStep.START);
      case TUNE -> {
        connection.reached(HandshakeStep.TUNE);
        if (visible >= ARGUMENTS + 8) {
          connection.proposeHeartbeat(Bytes.u16(bytes, at + ARGUMENTS + 6));
        }
      }
      case OPEN_OK -> connection.reached(HandshakeStep.OPEN_OK);
      case BLOCKED -> connection.blocked(shortString(bytes, at + ARGUMENTS, at + visible));
      case UNBLOCKED -> connection.unblocked();
      default -> {}
    }
  }

  private static ConnectionClose readClose(Side from, byte[] bytes, int at, int visible) {
    int limit = at + visible;
    int text = at + ARGUMENTS + 2;
    int code = text <= limit ? Bytes.u16(bytes, at + ARGUMENTS) : -1;
    int textBytes = text < limit ? Bytes.u8(bytes, text) : -1;
    int ids = textBytes < 0 ? limit : text + 1 + textBytes;
    boolean whole = ids + 4 <= limit;
    return new ConnectionClose(
        from,
        code,
        replyName(code),
        shortString(bytes, text, limit),
        textBytes,
        whole ? Bytes.u16(bytes, ids) : -1,
        whole ? Bytes.u16(bytes, ids + 2) : -1,
        null);
  }

  private static String shortString(byte[] bytes, int at, int limit) {
    return at < limit ? Text.of(bytes, at + 1, Bytes.u8(bytes, at), limit) : null;
  }
}
