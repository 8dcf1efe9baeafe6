package io.rstscope.amqp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rstscope.net.Side;
import java.util.Arrays;

/** A login whose lengths are right, with anything around the password, cut anywhere. */
public final class LoginTarget {
  private static final String[] TELLING = {"Tr0ub", "b4dor", "dor&3"};

  private LoginTarget() {}

  /**
   * Takes a byte that says where the login is cut in two, one that says how much of it a snap
   * length cut off, one that is odd for AMQP 1.0, and what stands before the password: the client's
   * properties, or the mechanism.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 3) {
      return;
    }
    byte[] before = Arrays.copyOfRange(input, 3, input.length);
    if (tells(new String(before, ISO_8859_1))) {
      return;
    }
    Conversation conversation = Conversation.fromStart();
    byte[] login =
        (input[2] & 1) == 0 ? login091(conversation, before) : login10(conversation, before);
    int at = Math.floorMod(login.length - (input[0] & 0xff), login.length);
    conversation.client(Arrays.copyOf(login, at));
    byte[] rest = Arrays.copyOfRange(login, at, login.length);
    conversation.cut(Side.CLIENT, rest, rest.length - Math.min(rest.length, input[1] & 0xff));
    conversation.broker(AmqpBytes.tune(60)).client(AmqpBytes.tuneOk(60), AmqpBytes.open("/"));
    assertFalse(tells(conversation.snapshot().toString()), "a password is read");
  }

  private static boolean tells(String text) {
    return Arrays.stream(TELLING).anyMatch(text::contains);
  }

  private static byte[] login091(Conversation conversation, byte[] properties) {
    conversation.client(AmqpBytes.header091()).broker(AmqpBytes.start());
    return AmqpBytes.startOk(properties);
  }

  private static byte[] login10(Conversation conversation, byte[] mechanism) {
    byte[] header = AmqpBytes.header(3, 1, 0, 0);
    conversation.client(header).broker(header, AmqpBytes.saslMechanisms());
    byte[] shortened = Arrays.copyOf(mechanism, Math.min(mechanism.length, 255));
    byte[] fields =
        AmqpBytes.bytes()
            .u8(0xa3)
            .u8(shortened.length)
            .raw(shortened)
            .u8(0xa0)
            .shortString("\0guest\0" + AmqpBytes.PASSWORD)
            .u8(0x40)
            .array();
    return AmqpBytes.performative(1, 0x41, 3, fields);
  }
}
