package io.rstscope.amqp;

import io.rstscope.net.Side;

/**
 * Walks through the payload of one segment, from frame to frame; refilled for each segment, so that
 * a connection itself keeps no more than how many bytes it has still to pass over.
 *
 * <p>A frame's beginning that ends with the segment is kept in a {@link Partial}; after a loss the
 * frames are found again only where a segment begins with one, which is where writers begin them.
 */
final class SegmentScan {
  /** In place of bytes to pass over: at, or amid, the bytes that tell the protocol. */
  static final int START = -1;

  /** Where the next frame begins is not known. */
  static final int LOST = -2;

  /** Nothing that we read will come. */
  static final int DARK = -3;

  private final PartialPool pool;
  private final ConnectionFacts connection;
  private final PayloadReads reads;

  private Side sender;
  private byte[] data;
  private int at;
  private int end;
  private int skip;
  private Partial partial;

  SegmentScan(PartialPool pool, ConnectionFacts connection, PayloadReads reads) {
    this.pool = pool;
    this.connection = connection;
    this.reads = reads;
  }

  void begin(Side sender, int skip, Partial partial) {
    this.sender = sender;
    this.skip = skip;
    this.partial = partial;
  }

  /** Bytes before the segment are missing. A loss within a frame that is passed over is none. */
  void gap(int missing) {
    if (partial == null && skip >= missing) {
      skip -= missing;
    } else if (skip != LOST) {
      lose();
      connection.lostToGap();
    }
  }

  /** The payload: its visible bytes, then those that the snap length cut off. */
  void run(byte[] data, int offset, int visible, int hidden) {
    this.data = data;
    at = offset;
    end = offset + visible;
    while (skip != DARK && step(offset)) {}
    if (hidden > 0) {
      passHidden(hidden);
    }
    this.data = null;
  }

  /** Bytes of the frame still to pass over, or one of the constants here. */
  int skip() {
    return skip;
  }

  /** A frame's beginning that waits for its rest, or null. */
  Partial partial() {
    return partial;
  }

  /** Does one thing; returns false when there is nothing more to do with what is visible. */
  private boolean step(int segmentStart) {
    if (at == end) {
      return partial != null && unit();
    }
    if (skip > 0) {
      pass();
      return true;
    }
    if (skip == LOST) {
      return at == segmentStart && resynchronise();
    }
    boolean unheeded = reads == PayloadReads.UNHEEDED;
    if (skip == 0 && partial == null && unheeded && connection.isInUse()) {
      at = framing().passMessages(data, at, end);
    }
    return at < end && unit();
  }

  private void pass() {
    int count = Math.min(skip, end - at);
    at += count;
    skip -= count;
    if (skip > 0) {
      return;
    }
    if (framing().endsBefore(data, at)) {
      reads.read(data, at - framing().endLength(), at);
    } else {
      misfit();
    }
  }

  /**
   * Takes the next frame, or first bytes, when enough of it is there; else keeps what there is, or,
   * when there is no room for it, looks for the frames again later.
   */
  private boolean unit() {
    byte[] bytes = partial == null ? data : partial.bytes();
    int from = partial == null ? at : 0;
    int available = partial == null ? end - at : partial.length();
    int need = need(bytes, from, available);
    if (need == Framing.MALFORMED) {
      misfit();
      return false;
    }
    if (need > available) {
      return gather(need - (partial == null ? 0 : available));
    }
    if (skip == START) {
      start(bytes, from, need);
    } else {
      frame(bytes, from, need);
    }
    return true;
  }

  private int need(byte[] bytes, int from, int available) {
    if (skip != START) {
      return framing().need(bytes, from, available);
    }
    if (available < FirstBytes.LENGTH
        || sender == Side.BROKER
        || !ProxyProtocol.begins(bytes, from)) {
      return FirstBytes.LENGTH;
    }
    int length = ProxyProtocol.length(bytes, from, available);
    return length == Framing.MALFORMED ? FirstBytes.LENGTH : length;
  }

  private boolean gather(int wanted) {
    int count = Math.min(wanted, end - at);
    if (count == 0) {
      return false;
    }
    if (partial == null) {
      partial = pool.take();
    }
    if (partial == null) {
      misfit();
      return false;
    }
    partial.append(data, at, count);
    if (skip != START || FirstBytes.mayBeRead(sender, partial.bytes(), partial.length())) {
      reads.read(data, at, at + count);
    }
    at += count;
    return true;
  }

  private void frame(byte[] bytes, int from, int need) {
    Framing framing = framing();
    int length = framing.length(bytes, from, need);
    int taken = partial == null ? need : partial.length();
    if (!framing.accept(connection, sender, bytes, from, need)) {
      misfit();
      return;
    }
    if (partial == null) {
      int read = Math.max(need, framing.plausibleLength(bytes, from));
      reads.read(data, at, Math.min(at + read, end));
    }
    consume(need);
    skip = length - taken;
  }

  private void start(byte[] bytes, int from, int need) {
    if (need > FirstBytes.LENGTH) {
      connection.proxied(ProxyProtocol.decode(bytes, from, need));
      readFirst(need);
      consume(need);
    } else if (FirstBytes.isAmqpHeader(bytes, from)) {
      connection.protocolHeader(sender, FirstBytes.protocol(bytes, from));
      readFirst(need);
      consume(need);
      skip = connection.isFramed() ? 0 : DARK;
    } else {
      int available = partial == null ? end - from : partial.length();
      skip = Recognition.firstBytes(connection, sender, bytes, from, available);
      if (skip == DARK && connection.protocol() != AmqpProtocol.UNKNOWN) {
        readFirst(FirstBytes.LENGTH);
      }
      if (skip != 0) {
        drop();
        at = end;
      }
    }
  }

  /** Those that were kept before have been shown. */
  private void readFirst(int count) {
    if (partial == null) {
      reads.read(data, at, at + count);
    }
  }

  /** Frames are found again where the segment begins with one. */
  private boolean resynchronise() {
    skip = Recognition.resynchronise(connection, data, at, end - at);
    if (skip == DARK && FirstBytes.isTlsRecord(data, at, end - at)) {
      reads.read(data, at, at + Math.min(FirstBytes.TLS_HELLO_LENGTH, end - at));
    }
    return skip == 0 || skip == START;
  }

  private void passHidden(int hidden) {
    if (partial != null) {
      acceptCut();
    }
    if (skip >= hidden) {
      skip -= hidden;
    } else if (skip >= 0 || skip == START) {
      lose();
      connection.lostToSnapLength();
    }
  }

  /** The snap length cut a frame short whose beginning is visible. */
  private void acceptCut() {
    if (skip == 0) {
      Framing framing = framing();
      int length = framing.length(partial.bytes(), 0, partial.length());
      if (length != Framing.MALFORMED) {
        framing.accept(connection, sender, partial.bytes(), 0, partial.length());
        skip = length - partial.length();
      }
    }
    drop();
  }

  private Framing framing() {
    return Recognition.framing(connection.protocol());
  }

  private void consume(int count) {
    if (partial == null) {
      at += count;
    } else {
      drop();
    }
  }

  /** What was taken for a frame is none: bytes before it must be missing. */
  private void misfit() {
    lose();
    connection.lostToGap();
    at = end;
  }

  private void lose() {
    drop();
    skip = LOST;
  }

  private void drop() {
    if (partial != null) {
      pool.release(partial);
      partial = null;
    }
  }
}
