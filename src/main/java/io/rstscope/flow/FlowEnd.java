package io.rstscope.flow;

/** Why a flow leaves the table. */
public enum FlowEnd {
  /** The capture ended. */
  CAPTURE_ENDED,
  /** It was over, and nothing followed for a minute of capture time. */
  OVER,
  /** A new connection took its addresses and ports. */
  REPLACED,
  /** The table was full and this was among the longest idle: what followed is not seen. */
  EVICTED
}
