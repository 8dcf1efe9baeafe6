package io.rstscope.reset;

/** Tells a reset's {@link Shape} from its fields and the baseline. */
final class ResetShape {
  private ResetShape() {}

  /**
   * @param sender the claimed sender before the reset
   * @param other the other side before the reset
   */
  static Shape of(ResetPacket reset, EndpointState sender, EndpointState other) {
    if (isRefusal(reset, sender, other)) {
      return Shape.REFUSAL;
    }
    if (!reset.hasAck()) {
      return isStateless(reset, sender) ? Shape.STATELESS : Shape.CRAFTED;
    }
    return isSocket(reset, sender) ? Shape.SOCKET : Shape.CRAFTED;
  }

  /**
   * RFC 9293, section 3.5.2: a SYN to a closed port is answered with sequence 0 and its own number
   * plus 1. Where the capture missed the SYN the 0 tells.
   */
  static boolean isRefusal(ResetPacket reset, EndpointState sender, EndpointState other) {
    if (!reset.hasAck() || sender.packets() > 0) {
      return false;
    }
    return other.packets() == 0
        ? reset.sequence() == 0 && reset.window() == 0 && !reset.timestamps()
        : other.synSeen()
            && !other.hasAcknowledgement()
            && reset.acknowledgement() == other.nextSequence();
  }

  /** An identification that has gone on this often by a small step is taken from a counter. */
  private static final int STEPS_OF_A_COUNTER = 2;

  /** More packets than these does a host hardly send to others between two of a flow. */
  private static final int FEW_PACKETS = 256;

  /**
   * Linux (tcp_v4_send_reset): no options, window 0, identification 0 with Don't Fragment. Other
   * systems number their packets; a number that is not near the sender's counter, or Don't Fragment
   * unlike in its earlier packets, betrays another sender. So does any number where those look like
   * Linux's.
   */
  private static boolean isStateless(ResetPacket reset, EndpointState sender) {
    if (reset.window() != 0 || reset.timestamps() || reset.payloadLength() > 0) {
      return false;
    }
    boolean counter = sender.ipIdSteps() >= STEPS_OF_A_COUNTER;
    boolean likeLinux = sender.timestamps() && sender.dontFragment();
    boolean strange = counter && (likeLinux || isFar(reset, sender));
    return !(reset.ipId() > 0 && strange) && (reset.dontFragment() || !sender.dontFragment());
  }

  private static boolean isFar(ResetPacket reset, EndpointState sender) {
    return (reset.ipId() - sender.ipId() & 0xffff) > FEW_PACKETS;
  }

  /**
   * Linux (tcp_send_active_reset) fills in the socket's window and options; Windows sends window 0
   * without options. Both number it as the socket's other packets. Options that the capture cut may
   * be what they have to be.
   */
  private static boolean isSocket(ResetPacket reset, EndpointState sender) {
    boolean cut = reset.optionsCut() || sender.optionsCut();
    if (sender.packets() == 0) {
      return reset.window() != 0 || reset.timestamps() || cut;
    }
    boolean numbered = reset.ipId() != 0 || sender.ipIdSteps() < STEPS_OF_A_COUNTER;
    return (cut || reset.timestamps() == sender.timestamps())
        && (reset.window() != 0 || sender.window() == 0 || !sender.timestamps())
        && reset.dontFragment() == sender.dontFragment()
        && numbered;
  }
}
