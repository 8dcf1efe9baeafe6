package io.rstscope.capture.live;

import java.io.IOException;

/** An interface that cannot be captured; the message is for its user, without full stop. */
public final class LiveException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Reason {
    /** The process lacks CAP_NET_RAW, or what the system asks for in its place. */
    NOT_PERMITTED,
    /** There is no such interface. */
    NO_SUCH_INTERFACE,
    /** libpcap or JNA cannot be loaded. */
    NO_LIBRARY,
    /** The filter makes no sense. */
    WRONG_FILTER,
    /** Anything else, such as an interface that is down; it may pass. */
    FAILED
  }

  private final Reason reason;

  LiveException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }
}
