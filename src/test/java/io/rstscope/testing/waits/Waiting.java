package io.rstscope.testing.waits;

import io.rstscope.testing.Packets;
import io.rstscope.testing.Recorded;
import io.rstscope.testing.waits.Frames.Frame;
import java.nio.ByteBuffer;

/**
 * What one connection waits for after each of its packets, and so whether it could have stayed
 * silent longer than it did.
 */
final class Waiting {
  private static final int ENDS = Packets.FIN | Packets.RST;
  private static final int UNKNOWN = -1;

  private final Side client = new Side();
  private final Side broker = new Side();
  private int heartbeat = UNKNOWN;
  private boolean isOpen;
  private boolean wasReset;
  private boolean wasProbed;

  private static final class Side {
    boolean hasSpoken;
    int next;
    boolean wasAcknowledged;
    int acknowledged;
    boolean hasEnded;
    boolean isFull;

    boolean waits() {
      return hasSpoken && (!wasAcknowledged || next - acknowledged > 0);
    }
  }

  /** Goes on to the connection's next packet. */
  void see(Recorded packet) {
    if ((packet.flags() & Packets.RST) != 0) {
      wasReset = true;
      return;
    }
    Side from = packet.fromClient() ? client : broker;
    Side to = packet.fromClient() ? broker : client;
    wasProbed |= isProbe(packet, from);
    send(packet, from);
    if ((packet.flags() & Packets.ACK) != 0) {
      acknowledge(packet, to);
    }
    from.isFull = packet.window() == 0;
    for (Frame frame : Frames.of(packet.seenPayload())) {
      see(frame, packet.seenPayload());
    }
  }

  private static boolean isProbe(Recorded packet, Side from) {
    return from.wasAcknowledged
        && packet.payload() <= 1
        && (packet.flags() & (Packets.SYN | ENDS)) == 0
        && packet.sequence() == from.acknowledged - 1;
  }

  private static void send(Recorded packet, Side from) {
    int flags = packet.flags();
    int next =
        packet.sequence() + packet.payload() + (flags & Packets.FIN) + ((flags & Packets.SYN) >> 1);
    if (!from.hasSpoken || next - from.next > 0) {
      from.next = next;
      from.hasSpoken = true;
    }
    from.hasEnded |= (flags & Packets.FIN) != 0;
  }

  private static void acknowledge(Recorded packet, Side to) {
    if (!to.wasAcknowledged || packet.acknowledgement() - to.acknowledged > 0) {
      to.acknowledged = packet.acknowledgement();
      to.wasAcknowledged = true;
    }
  }

  private void see(Frame frame, ByteBuffer payload) {
    if (frame.is(Frames.CONNECTION, Frames.TUNE_OK)
        && frame.heartbeatAt() + 2 <= payload.remaining()) {
      heartbeat = payload.getShort(frame.heartbeatAt()) & 0xffff;
    }
    isOpen |= frame.is(Frames.CONNECTION, Frames.OPEN_OK) || frame.classId() > Frames.CONNECTION;
  }

  /** Whether one side has said that it ends. */
  boolean isEnding() {
    return wasReset || client.hasEnded || broker.hasEnded;
  }

  /** Whether a side asked whether the other one is still there: its kernel has a timer. */
  boolean wasProbed() {
    return wasProbed;
  }

  /**
   * Whether nothing of it was due: no acknowledgement, no heartbeat, no step of a handshake or of
   * TCP's close, no room in a window.
   *
   * @param goesOn whether more packets of it follow
   */
  boolean isQuiet(boolean goesOn) {
    if (!goesOn && isEnding()) {
      return true;
    }
    boolean isHalfClosed = client.hasEnded || broker.hasEnded;
    boolean isFull = client.isFull || broker.isFull;
    return isOpen
        && heartbeat == 0
        && !isHalfClosed
        && !isFull
        && !client.waits()
        && !broker.waits();
  }
}
