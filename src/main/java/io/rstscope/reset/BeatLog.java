package io.rstscope.reset;

import io.rstscope.decode.Segment;
import io.rstscope.net.Side;

/** Follows the small packets of both sides of a connection. Owned by the tracker's thread. */
final class BeatLog {
  /**
   * Longer ones are no heartbeats: 8 bytes in 0-9-1 and 1.0, some 40 within TLS, as are TLS alerts.
   */
  static final int MOST_BYTES = 64;

  /** Intervals are equal that differ by less: a timer of a process under load. */
  private static final double SAME = 0.1;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int APPLICATION_DATA = 23;

  /** The type, and the upper half of the version. */
  private static final int TLS_TYPE_BYTES = 2;

  /** A header of 5 bytes, level and description; where keys are agreed alerts are longer. */
  private static final int ALERT_BYTES = 7;

  private static final int LEVEL_AT = 5;
  private static final int FATAL = 2;
  private static final int TLS_MAJOR = 3;

  private final SideBeats client = new SideBeats();
  private final SideBeats broker = new SideBeats();

  private static final class SideBeats {
    private long lastNanos;
    private int lastLength;
    private int lastTlsType;
    private int fatalAlert = -1;
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
      fatalAlert = lastTlsType == ALERT ? fatalAlert(segment) : -1;
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

    private static int fatalAlert(Segment segment) {
      int level = segment.payloadOffset + LEVEL_AT;
      return segment.payloadLength == ALERT_BYTES
              && segment.payloadCaptured == ALERT_BYTES
              && segment.data[level] == FATAL
          ? segment.data[level + 1] & 0xff
          : -1;
    }

    Beat beat() {
      return lastNanos == 0
          ? Beat.NONE
          : new Beat(nanos, interval, repeated, lastNanos, lastLength, lastTlsType, fatalAlert);
    }
  }

  /** Takes a packet with a small payload. */
  void take(Side from, Segment segment) {
    beats(from).take(segment);
  }

  /** Bytes of its payload that are looked at, 0 when they say nothing. */
  static int length(Segment segment) {
    int type = SideBeats.tlsType(segment);
    if (type == 0) {
      return 0;
    }
    boolean alert = type == ALERT && segment.payloadLength == ALERT_BYTES;
    return alert ? segment.payloadCaptured : TLS_TYPE_BYTES;
  }

  Beat beat(Side side) {
    return beats(side).beat();
  }

  private SideBeats beats(Side side) {
    return side == Side.CLIENT ? client : broker;
  }
}
