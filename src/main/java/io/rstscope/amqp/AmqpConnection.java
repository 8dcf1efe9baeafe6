package io.rstscope.amqp;

import io.rstscope.wire.SequenceNumber;

/**
 * What one connection says of itself, read from the TCP payloads of both directions.
 *
 * <p>Made for a million at a time: 64 bytes each with compressed references, while equal identities
 * are shared through the {@link AmqpContext} and what is rare lies in objects of its own. Used by
 * the one thread that owns the context. Nothing that a payload holds makes a method throw.
 */
public final class AmqpConnection extends ConnectionFacts {
  // Stream positions: the next byte's sequence number, bytes of a frame still to pass over or a
  // constant of SegmentScan, and the beginning of a frame that waits for its rest.
  private int clientNext;
  private int brokerNext;
  private int clientSkip;
  private int brokerSkip;
  private Partial clientPartial;
  private Partial brokerPartial;

  /**
   * @param context that of the calling thread
   * @param fromStart whether the client's first payload byte will be the one after its SYN; only
   *     then can bytes that are not AMQP be told from an AMQP stream that began before the capture
   */
  public AmqpConnection(AmqpContext context, boolean fromStart) {
    super(context);
    clientSkip = fromStart ? SegmentScan.UNSEEN : SegmentScan.UNSEEN_LATE;
    brokerSkip = clientSkip;
  }

  /** Brings what {@link #payload} needs into the cache; the result means nothing. */
  public int touch() {
    return clientNext ^ brokerSkip ^ state().ordinal();
  }

  /**
   * Takes a segment's payload; to be called for every segment that has one, in the order of the
   * capture, but not for the payload of a reset. Bytes seen before are passed over, missing ones
   * noticed.
   *
   * @param sequence sequence number of the payload's first byte
   * @param data the first {@code captured} bytes of the payload, from {@code offset}
   * @param length bytes of payload on the wire
   */
  public void payload(
      boolean fromClient, int sequence, byte[] data, int offset, int captured, int length) {
    // amid a message, as most segments are
    if (fromClient) {
      if (clientSkip > length && clientNext == sequence && length > 0) {
        clientSkip -= length;
        clientNext += length;
        return;
      }
    } else if (brokerSkip > length && brokerNext == sequence && length > 0) {
      brokerSkip -= length;
      brokerNext += length;
      return;
    }
    place(fromClient, sequence, data, offset, Math.max(0, Math.min(captured, length)), length);
  }

  /** Finds where the segment lies in the stream, and scans what is new of it. */
  private void place(
      boolean fromClient, int sequence, byte[] data, int offset, int visible, int length) {
    int skip = fromClient ? clientSkip : brokerSkip;
    if (length <= 0 || skip == SegmentScan.DARK) {
      return;
    }
    boolean first = skip == SegmentScan.UNSEEN || skip == SegmentScan.UNSEEN_LATE;
    int next = fromClient ? clientNext : brokerNext;
    int ahead = first ? 0 : SequenceNumber.difference(sequence, next);
    if (ahead <= -length) {
      return;
    }
    int seen = Math.max(0, -ahead);
    int from = Math.min(seen, visible);
    if (first) {
      skip = skip == SegmentScan.UNSEEN ? SegmentScan.START : SegmentScan.LOST;
    }
    SegmentScan scan = context.scan();
    scan.begin(this, fromClient, skip, fromClient ? clientPartial : brokerPartial);
    if (ahead > 0) {
      scan.gap(ahead);
    }
    if (visible > from) {
      payloadVisible();
    }
    scan.run(data, offset + from, visible - from, length - seen - (visible - from));
    store(fromClient, sequence + length, scan);
  }

  private void store(boolean fromClient, int next, SegmentScan scan) {
    if (fromClient) {
      clientNext = next;
      clientSkip = scan.skip();
      clientPartial = scan.partial();
    } else {
      brokerNext = next;
      brokerSkip = scan.skip();
      brokerPartial = scan.partial();
    }
  }
}
