package io.rstscope.amqp;

import io.rstscope.net.Side;

/** Finds out what a stream is, at its first bytes or where its frames were lost. */
final class Recognition {
  private static final Framing FRAMING_0_9_1 = new Framing091();
  private static final Framing FRAMING_1_0 = new Framing10();

  private Recognition() {}

  /** How the frames of a protocol are cut; that of 0-9-1 for those that have none. */
  static Framing framing(AmqpProtocol protocol) {
    return protocol == AmqpProtocol.AMQP_1_0 ? FRAMING_1_0 : FRAMING_0_9_1;
  }

  /**
   * Judges the first 8 bytes or more of a stream that do not begin with AMQP's header; returns 0
   * when frames begin there, or {@link SegmentScan#LOST} or {@link SegmentScan#DARK}.
   */
  static int firstBytes(ConnectionFacts facts, Side from, byte[] bytes, int at, int available) {
    // most are the broker's first frame; what else they may be takes longer to find out
    if (!FirstBytes.isTlsHello(bytes, at) && beginsFrame(facts, bytes, at, available)) {
      return 0;
    }
    AmqpProtocol seen = FirstBytes.protocol(bytes, at);
    boolean open = facts.protocol() == AmqpProtocol.NONE;
    if (open && (from == Side.CLIENT || seen == AmqpProtocol.TLS)) {
      facts.protocol(seen);
      return SegmentScan.DARK;
    }
    return open || facts.protocol().isReadable() ? SegmentScan.LOST : SegmentScan.DARK;
  }

  /**
   * Looks for frames where a segment begins; returns 0 when one begins there, {@link
   * SegmentScan#START} at a protocol header, else {@link SegmentScan#LOST} or {@link
   * SegmentScan#DARK}.
   */
  static int resynchronise(ConnectionFacts facts, byte[] bytes, int at, int available) {
    AmqpProtocol known = facts.protocol();
    if (known != AmqpProtocol.NONE && !known.isReadable()) {
      return SegmentScan.DARK;
    }
    if (known != AmqpProtocol.AMQP_0_9_1
        && available >= FirstBytes.LENGTH
        && FirstBytes.isAmqpHeader(bytes, at)) {
      return SegmentScan.START;
    }
    if (beginsFrame(facts, bytes, at, available)) {
      return 0;
    }
    if (known == AmqpProtocol.NONE && FirstBytes.isTlsRecord(bytes, at, available)) {
      facts.protocol(AmqpProtocol.TLS);
      return SegmentScan.DARK;
    }
    return SegmentScan.LOST;
  }

  private static boolean beginsFrame(ConnectionFacts facts, byte[] bytes, int at, int available) {
    return beginsFrame(AmqpProtocol.AMQP_0_9_1, facts, bytes, at, available)
        || beginsFrame(AmqpProtocol.AMQP_1_0, facts, bytes, at, available);
  }

  private static boolean beginsFrame(
      AmqpProtocol version, ConnectionFacts facts, byte[] bytes, int at, int available) {
    AmqpProtocol known = facts.protocol();
    boolean possible = known == version || known == AmqpProtocol.NONE;
    if (!possible || !framing(version).isPlausible(bytes, at, available)) {
      return false;
    }
    facts.protocol(version);
    return true;
  }
}
