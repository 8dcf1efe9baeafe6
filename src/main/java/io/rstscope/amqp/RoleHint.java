package io.rstscope.amqp;

import static io.rstscope.amqp.Amqp091.*;

import io.rstscope.net.Side;
import io.rstscope.wire.Bytes;

/** Tells the sender's role from a payload, where neither a SYN nor a port does. */
public final class RoleHint {
  private static final Framing FRAMES = Recognition.framing(AmqpProtocol.AMQP_0_9_1);
  private static final int METHOD_START = FRAME_HEADER_LENGTH + 4;

  private RoleHint() {}

  /**
   * Who sends a payload that begins like this, or null when either may or it begins amid a frame: a
   * protocol header, a TLS hello, or a method of AMQP 0-9-1 that only one side sends.
   *
   * @param captured bytes of it that are there
   */
  public static Side of(byte[] data, int offset, int captured) {
    if (captured >= FirstBytes.LENGTH && FirstBytes.isAmqpHeader(data, offset)) {
      return Side.CLIENT;
    }
    Side hello = FirstBytes.senderOfTlsHello(data, offset, captured);
    if (hello != null || captured < METHOD_START) {
      return hello;
    }
    boolean isMethod = data[offset] == FRAME_METHOD && FRAMES.isPlausible(data, offset, captured);
    return isMethod ? sender(Bytes.u16(data, offset + 7), Bytes.u16(data, offset + 9)) : null;
  }

  /** Who sends a method; those that both may send, or that are rare, give null. */
  private static Side sender(int classId, int methodId) {
    return switch (classId) {
      case CLASS_CONNECTION ->
          switch (methodId) {
            case START_OK, SECURE_OK, TUNE_OK, OPEN, UPDATE_SECRET -> Side.CLIENT;
            case START, SECURE, TUNE, OPEN_OK, BLOCKED, UNBLOCKED, UPDATE_SECRET_OK -> Side.BROKER;
            default -> null;
          };
      case CLASS_CHANNEL -> methodId < 20 ? asked(methodId) : null;
      case CLASS_EXCHANGE, CLASS_QUEUE -> asked(methodId);
      case CLASS_BASIC -> senderOfBasic(methodId);
      default -> null;
    };
  }

  /** In these classes requests are round tens (declare 10), answers one more (declare-ok 11). */
  private static Side asked(int methodId) {
    return switch (methodId % 10) {
      case 0 -> Side.CLIENT;
      case 1 -> Side.BROKER;
      default -> null;
    };
  }

  /** Publish, consume, qos, get; deliver, their answers, return, get-empty. */
  private static Side senderOfBasic(int methodId) {
    return switch (methodId) {
      case 10, 20, 40, 70, 90, 100, 110 -> Side.CLIENT;
      case 11, 21, 50, 60, 71, 72, 111 -> Side.BROKER;
      default -> null;
    };
  }
}
