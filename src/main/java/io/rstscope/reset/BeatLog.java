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
  private static final int TLS_MAJOR = 3;

  private final Side client = new Side();
  private final Side broker = new Side();

  private static final class Side {
    private long lastNanos;
    private int lastLength;
    private int lastTlsType;
    private long nanos;
    private long interval = -1;
    private int repeated;

    void take(Segment segment) {
      if (lastNanos != 0 && segment.payloadLength == lastLength) {
        beat(segment.timeNanos, segment.timeNanos - lastNanos);
      }
      lastNanos = segment.timeNanos;
      lastLength = segment.payloadLength;
      lastTlsType = tlsType(segment);
    }

    private void beat(long now, long since) {
      boolean again = interval > 0 && Math.abs(since - interval) <= SAME * interval;
      repeated = again ? repeated + 1 : 0;
      interval = since;
      nanos = now;
    }

    private static int tlsType(Segment segment) {
      int at = segment.payloadOffset;
      int type = segment.payloadCaptured > 1 ? segment.data[at] : 0;
      boolean tls = type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA;
      return tls && segment.data[at + 1] == TLS_MAJOR ? type : 0;
    }

    Beat beat() {
      return lastNanos == 0
          ? Beat.NONE
          : new Beat(nanos, interval, repeated, lastNanos, lastLength, lastTlsType);
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
