package io.rstscope.reset;

import io.rstscope.flow.Segment;
import io.rstscope.wire.TcpOptions;

/**
 * The reset itself, field by field; {@link Segment} says what each value means.
 *
 * @param tsEcho TSecr, the other side's clock in the last of its packets that arrived; 0 when not
 *     known
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
        Diagnostic.read(s));
  }

  /** Whether it came over IPv6. */
  public boolean isIpv6() {
    return flowLabel >= 0;
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
