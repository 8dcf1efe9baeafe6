package io.rstscope.reset;

/** Tells a reset's {@link Shape} from its fields and the baseline. */
final class ResetShape {
  private ResetShape() {}

  /**
   * @param sender the claimed sender before the reset
   * @param other the other side before the reset
   * @param answers whether it may answer a packet of the other side that came just before
   */
  static Shape of(ResetPacket reset, EndpointState sender, EndpointState other, boolean answers) {
    if (isRefusal(reset, sender, other)) {
      return Shape.REFUSAL;
    }
    if (!reset.hasAck()) {
      return isStateless(reset, sender, answers) ? Shape.STATELESS : Shape.CRAFTED;
    }
    return isSocket(reset, sender) || isOfBsd(reset, sender) ? Shape.SOCKET : Shape.CRAFTED;
  }

  /**
   * RFC 9293, section 3.5.2: a SYN to a closed port is answered with sequence 0 and its own number
   * plus 1. Where the capture missed the SYN the 0 tells. A SYN proxy has answered with window 0
   * before it asked (nf_synproxy_build_options and synproxy_send_client_synack).
   */
  static boolean isRefusal(ResetPacket reset, EndpointState sender, EndpointState other) {
    if (isBehindSynProxy(sender) && reset.hasAck() && reset.window() == 0) {
      return other.lastPayloadNanos() == 0 && !reset.timestamps();
    }
    if (!reset.hasAck() || sender.packets() > 0) {
      return false;
    }
    return other.packets() == 0
        ? reset.sequence() == 0 && reset.window() == 0 && !reset.timestamps()
        : other.synSeen()
            && !other.hasAcknowledgement()
            && reset.acknowledgement() == other.nextSequence();
  }

  /**
   * Whether all that came of the side is a SYN,ACK with window 0, sent or seen once or more, as a
   * SYN proxy answers in the name of a host that it has yet to ask.
   */
  private static boolean isBehindSynProxy(EndpointState sender) {
    return sender.synSeen() && sender.window() == 0 && sender.lastPayloadNanos() == 0;
  }

  /** Among so many packets a socket of Linux has shown that it counts them. */
  private static final int SOME_PACKETS = 4;

  /** More packets than these does a host hardly send to others between two of a flow. */
  private static final int FEW_PACKETS = 256;

  /**
   * Linux (tcp_v4_send_reset): no options, window 0, Don't Fragment; since 4.19 identification 0,
   * before (commit 431280eebed9) one from a counter for each peer that no socket shares. BSD and
   * macOS (tcp_respond) number it at random, without Don't Fragment. Hence an odd number in the
   * name of a socket that counts betrays another sender only where the reset answers nothing:
   * kernels send this form as an answer alone.
   */
  private static boolean isStateless(ResetPacket reset, EndpointState sender, boolean answers) {
    if (reset.window() != 0 || reset.timestamps() || reset.payloadLength() > 0) {
      return false;
    }
    boolean likeLinux = sender.timestamps() && sender.dontFragment();
    boolean strange = sender.countsIpId() && (likeLinux || isFar(reset, sender));
    boolean fragmentable = !reset.dontFragment() && sender.dontFragment();
    return fragmentable
        ? answers && reset.ipId() > 0 && !sender.countsIpId()
        : answers || reset.ipId() <= 0 || !strange;
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
    boolean numbered = reset.ipId() != 0 || !sender.countsIpId();
    return (cut || reset.timestamps() == sender.timestamps())
        && (reset.window() != 0 || sender.window() == 0 || !sender.timestamps())
        && reset.dontFragment() == sender.dontFragment()
        && numbered;
  }

  /**
   * The live sockets of BSD and macOS reset without the timestamps that the flow uses (tcp_output
   * in bsd/netinet/tcp_output.c of XNU), and number their packets at random, or all with 0 (RFC
   * 6864). Who counts is none of them, and who sent few packets may count.
   */
  private static boolean isOfBsd(ResetPacket reset, EndpointState sender) {
    return sender.packets() >= SOME_PACKETS
        && !sender.countsIpId()
        && !reset.isIpv6()
        && (reset.ipId() == 0) == (sender.ipId() == 0)
        && reset.window() > 0
        && !reset.timestamps()
        && sender.timestamps()
        && reset.dontFragment() == sender.dontFragment()
        && reset.acknowledgement() == sender.lastAcknowledgement()
        && reset.sequence() == sender.nextSequence();
  }
}
