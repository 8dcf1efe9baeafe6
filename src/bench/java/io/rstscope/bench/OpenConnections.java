package io.rstscope.bench;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import java.nio.ByteBuffer;

/**
 * Packets without end of connections that are open: the client of one publishes a message, the
 * broker acknowledges it, then it is the next one's turn. Written into a ring of buffers, so that a
 * packet stays valid for a while.
 */
final class OpenConnections {
  private static final int ETHERNET = 14;
  private static final int IP = 20;
  private static final int TCP = 32;
  private static final int HEADERS = ETHERNET + IP + TCP;
  private static final int CLIENT = 0x0a000000;
  private static final int BROKER = 0x0a800001;
  private static final int ROOM = 512;
  private static final int RING = 64;
  private static final int BODY = 100;
  private static final long STEP_NANOS = 10_000;

  private final byte[] message = message();
  private final byte[] ring = new byte[RING * ROOM];
  private final ByteBuffer out = ByteBuffer.wrap(ring);
  private final int[] sent;
  private long packets;

  OpenConnections(int flows) {
    sent = new int[flows];
  }

  private static byte[] message() {
    ByteBuffer bytes = ByteBuffer.allocate(ROOM);
    bytes.put(AmqpFrames.publish());
    AmqpFrames.putContentHead(bytes, BODY);
    bytes.position(bytes.position() + BODY);
    AmqpFrames.putFrameEnd(bytes);
    byte[] whole = new byte[bytes.position()];
    bytes.flip().get(whole);
    return whole;
  }

  void next(CapturedPacket packet) {
    int at = (int) (packets % RING) * ROOM;
    int flow = (int) (packets / 2 % sent.length);
    boolean fromClient = packets % 2 == 0;
    int payload = fromClient ? message.length : 0;
    ethernet(at);
    ip(at + ETHERNET, flow, fromClient, IP + TCP + payload);
    tcp(at + ETHERNET + IP, flow, fromClient);
    System.arraycopy(message, 0, ring, at + HEADERS, payload);
    sent[flow] += payload;
    packet.data = ring;
    packet.offset = at;
    packet.capturedLength = HEADERS + payload;
    packet.originalLength = HEADERS + payload;
    packet.timeNanos = packets * STEP_NANOS;
    packet.frame = ++packets;
    packet.linkType = LinkType.ETHERNET;
  }

  private void ethernet(int at) {
    out.putInt(at, 0x02000000).putShort(at + 4, (short) 1);
    out.putInt(at + 6, 0x02000000).putShort(at + 10, (short) 2);
    out.putShort(at + 12, (short) 0x0800);
  }

  private void ip(int at, int flow, boolean fromClient, int length) {
    int client = CLIENT + flow;
    out.putInt(at, 0x45000000 | length).putShort(at + 4, (short) (packets / sent.length / 2));
    out.putShort(at + 6, (short) 0x4000).put(at + 8, (byte) 64).put(at + 9, (byte) 6);
    out.putInt(at + 12, fromClient ? client : BROKER).putInt(at + 16, fromClient ? BROKER : client);
  }

  private void tcp(int at, int flow, boolean fromClient) {
    short client = (short) 40000;
    short broker = (short) 5672;
    out.putShort(at, fromClient ? client : broker).putShort(at + 2, fromClient ? broker : client);
    out.putInt(at + 4, fromClient ? sent[flow] : 1).putInt(at + 8, fromClient ? 1 : sent[flow]);
    out.putShort(at + 12, (short) 0x8018).putShort(at + 14, (short) 500);
    out.putInt(at + 20, 0x0101080a).putInt(at + 24, (int) (packets / 100)).putInt(at + 28, 1);
  }
}
