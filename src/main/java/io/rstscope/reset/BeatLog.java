package io.rstscope.reset;

import io.rstscope.flow.Segment;

/** Follows the small packets of both sides of a connection. Owned by the tracker's thread. */
final class BeatLog {
  /**
   * Longer ones are no heartbeats: 8 bytes in 0-9-1 and 1.0, some 40 within TLS, as are TLS alerts.
   */
  static final int MOST_BYTES = 64;

  /** Intervals are equal that differ by less: a timer of a process under load. */
  private static final double SAME = 0.1;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int APPLICATION_DATA = 23;

  private final Side client = new Side();
  private final Side broker = new Side();

  private static final class Side {
    private long nanos;
    private int length;
    private int tlsType;
    private long interval = -1;
    private int repeated;

    void take(Segment segment) {
      long now = segment.timeNanos - nanos;
      boolean sameSize = nanos != 0 && segment.payloadLength == length;
      boolean again = sameSize && interval > 0 && Math.abs(now - interval) <= SAME * interval;
      repeated = again ? repeated + 1 : 0;
      interval = sameSize ? now : -1;
      nanos = segment.timeNanos;
      length = segment.payloadLength;
      int first = segment.payloadCaptured > 1 ? segment.data[segment.payloadOffset] : 0;
      boolean tls =
          first >= CHANGE_CIPHER_SPEC
              && first <= APPLICATION_DATA
              && segment.data[segment.payloadOffset + 1] == 3;
      tlsType = tls ? first : 0;
    }

    Beat beat() {
      return nanos == 0 ? Beat.NONE : new Beat(nanos, length, tlsType, interval, repeated);
    }
  }

  /** Takes a packet with a small payload. */
  void take(boolean fromClient, Segment segment) {
    (fromClient ? client : broker).take(segment);
  }

  Beat beat(boolean ofClient) {
    return (ofClient ? client : broker).beat();
  }
}
