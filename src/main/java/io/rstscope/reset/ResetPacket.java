package io.rstscope.reset;

import io.rstscope.decode.Segment;
import io.rstscope.wire.MptcpOption;
import io.rstscope.wire.TcpOptions;

/**
 * The reset itself, field by field; {@link Segment} says what each value means.
 *
 * @param tsEcho TSecr, the other side's clock in the last of its packets that arrived; 0 when not
 *     known
 * @param mptcp what MPTCP says of it, for {@link MptcpOption}; NONE when nothing
 * @param diagnostic what a device wrote about its reason into the payload, cleaned, or null
 */
public record ResetPacket(
    long frame,
    long timeNanos,
    int flags,
    int sequence,
    int acknowledgement,
    int window,
    boolean timestamps,
    boolean optionsCut,
    int tsVal,
    int tsEcho,
    int ttl,
    int ipId,
    boolean dontFragment,
    int flowLabel,
    long mac,
    int direction,
    int interfaceId,
    int payloadLength,
    int mptcp,
    String diagnostic) {

  static ResetPacket of(Segment s) {
    return new ResetPacket(
        s.frame,
        s.timeNanos,
        s.flags,
        s.sequence,
        s.acknowledgement,
        s.window,
        s.timestamps,
        s.optionsCut,
        s.tsVal,
        s.timestamps ? TcpOptions.paddedEcho(s.data, s.payloadOffset) : 0,
        s.ttl,
        s.ipId,
        s.dontFragment,
        s.flowLabel,
        s.mac,
        s.direction,
        s.interfaceId,
        s.payloadLength,
        s.mptcpReset,
        Diagnostic.read(s));
  }

  /** Whether it came over IPv6. */
  public boolean isIpv6() {
    return flowLabel >= 0;
  }

  /** Why MPTCP ended this subflow (RFC 8684, section 3.6), 0 to 255; -1 when it does not say. */
  public int mptcpReason() {
    return mptcp == MptcpOption.NONE ? -1 : MptcpOption.reason(mptcp);
  }

  /** Whether MPTCP says that the subflow may be opened again. */
  public boolean isMptcpTransient() {
    return mptcp != MptcpOption.NONE && MptcpOption.isTransient(mptcp);
  }

  /** Whether ACK is set. */
  public boolean hasAck() {
    return (flags & Segment.ACK) != 0;
  }

  /**
   * Whether both are the same packet as far as it can be told, seen at two points of the capture.
   */
  boolean isSamePacketAs(ResetPacket other) {
    return sequence == other.sequence
        && acknowledgement == other.acknowledgement
        && flags == other.flags
        && window == other.window
        && tsVal == other.tsVal
        && ipId == other.ipId
        && (ipId > 0 || isElsewhere(other));
  }

  private boolean isElsewhere(ResetPacket other) {
    return ttl != other.ttl
        || mac != other.mac
        || interfaceId != other.interfaceId
        || direction != other.direction;
  }
}
