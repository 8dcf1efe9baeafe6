package io.rstscope.amqp;

import io.rstscope.wire.SequenceNumber;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the AMQP frames are called that begin in the payloads of one direction of a connection, for
 * people to read. Only frame headers and the numbers of methods are looked at, and the reply code
 * of a close: no content, no name, no credential.
 *
 * <p>Frames are found again after a loss where a segment begins with one. Nothing that a payload
 * holds makes it fail. Used by one thread.
 */
public final class FrameNames {
  /** A segment may begin thousands of frames; more kinds of them tell a reader nothing. */
  private static final int KINDS_SHOWN = 4;

  private final AmqpProtocol protocol;
  private final Framing framing;
  private boolean begun;

  /** Sequence number after the last payload seen. */
  private int end;

  /** Whether {@link #nextFrame} and {@link #current} are known. */
  private boolean inStep;

  /** Sequence number at which the next frame begins. */
  private int nextFrame;

  /** Name of the frame before it. */
  private String current;

  /**
   * @param protocol what the connection turned out to speak
   */
  public FrameNames(AmqpProtocol protocol) {
    this.protocol = protocol;
    this.framing = Recognition.framing(protocol);
  }

  /**
   * Names the frames that begin in a payload; to be called in the order of the capture.
   *
   * @param sequence sequence number of its first byte
   * @param data holds its first {@code captured} bytes from {@code offset}
   * @param length its bytes on the wire
   * @return names joined by commas; null when no frame begins there, or the stream is not readable
   */
  public String of(int sequence, byte[] data, int offset, int captured, int length) {
    if (length <= 0 || !protocol.isReadable()) {
      return length > 0 && protocol == AmqpProtocol.TLS ? "TLS" : null;
    }
    int visible = Math.max(0, Math.min(captured, length));
    if (begun && SequenceNumber.isAfter(end, sequence)) {
      // seen before: it does not move the stream
      return scan(data, offset, offset + visible).names;
    }
    begun = true;
    end = sequence + length;
    int skip = inStep ? SequenceNumber.difference(nextFrame, sequence) : 0;
    if (skip >= length) {
      return skip == 0 ? null : current + " (continued)";
    }
    if (skip < 0) {
      skip = 0;
    }
    if (skip > visible) {
      inStep = false;
      return null;
    }
    Scan scan = scan(data, offset + skip, offset + visible);
    inStep = scan.last != null;
    nextFrame = sequence + scan.at - offset;
    current = scan.last;
    return scan.names;
  }

  /** Where the frame after the last one begins; {@code last} is null when frames were lost. */
  private record Scan(String names, String last, int at) {}

  private Scan scan(byte[] data, int from, int limit) {
    Map<String, Integer> kinds = new LinkedHashMap<>();
    int at = from;
    String last = null;
    while (at < limit) {
      int available = limit - at;
      if (available >= FirstBytes.LENGTH && FirstBytes.isAmqpHeader(data, at)) {
        last = "protocol header";
        at += FirstBytes.LENGTH;
      } else if (framing.isPlausible(data, at, available)) {
        last = MethodNames.of(protocol, data, at, available);
        at += framing.length(data, at, available);
      } else {
        last = null;
        break;
      }
      kinds.merge(last, 1, Integer::sum);
    }
    return new Scan(join(kinds), last, at);
  }

  private static String join(Map<String, Integer> kinds) {
    if (kinds.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
      if (shown++ == KINDS_SHOWN) {
        return text.append(", …").toString();
      }
      text.append(text.isEmpty() ? "" : ", ").append(kind.getKey());
      if (kind.getValue() > 1) {
        text.append(" ×").append(kind.getValue());
      }
    }
    return text.toString();
  }
}
