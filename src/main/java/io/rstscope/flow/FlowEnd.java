package io.rstscope.flow;

/** Why a flow leaves the table. */
public enum FlowEnd {
  /** The capture ended. */
  CAPTURE_ENDED,
  /** It was over, and nothing followed for a minute of capture time. */
  OVER,
  /** A new connection took its addresses and ports. */
  REPLACED,
  /** Nothing was seen of it for longer than it is waited for, though it did not end. */
  EXPIRED,
  /** It has not ended: this is how it looked meanwhile. */
  STILL_HELD,
  /** The table was full and this was among the longest idle: what followed is not seen. */
  EVICTED
}
