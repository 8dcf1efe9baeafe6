package io.rstscope.decode;

import io.rstscope.wire.Bytes;
import io.rstscope.wire.TcpHeader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts TCP packets of ports that were not asked for, so that who asked for the wrong ones is told
 * where the traffic is. Takes 320 KiB once there is such a packet; allocates nothing per packet.
 */
final class OtherPorts {
  private static final int PORTS = 1 << 16;
  private static final int SHOWN = 3;

  private static final int AMQP = 0x414d5150;

  /** Content type handshake, and the major version of all. */
  private static final int TLS = 0x1603;

  private int[] packets;
  private byte[] looks;

  /**
   * Counts a packet.
   *
   * @param header where its TCP header begins, of which the ports are captured
   * @param end where what is captured of it ends
   */
  void count(byte[] data, int header, int end) {
    if (packets == null) {
      packets = new int[PORTS];
      looks = new byte[PORTS];
    }
    int port =
        Math.min(TcpHeader.sourcePort(data, header), TcpHeader.destinationPort(data, header));
    packets[port]++;
    if (header + TcpHeader.MINIMUM_LENGTH <= end) {
      int payload = header + TcpHeader.headerLength(data, header);
      if (payload + Integer.BYTES <= end) {
        look(port, Bytes.i32(data, payload));
      }
    }
  }

  private void look(int port, int begins) {
    if (begins == AMQP) {
      looks[port] = (byte) (OtherPort.Look.AMQP.ordinal() + 1);
    } else if (begins >>> 16 == TLS && looks[port] == 0) {
      looks[port] = (byte) (OtherPort.Look.TLS.ordinal() + 1);
    }
  }

  /** The first few: those that may be a broker's, then those with most packets. */
  List<OtherPort> busiest() {
    if (packets == null) {
      return List.of();
    }
    return IntStream.range(0, PORTS)
        .filter(port -> packets[port] > 0)
        .mapToObj(port -> new OtherPort(port, packets[port], lookOf(port)))
        .sorted(OtherPorts::inOrder)
        .limit(SHOWN)
        .toList();
  }

  private static int inOrder(OtherPort one, OtherPort other) {
    int brokersFirst = Boolean.compare(other.mayBeBrokers(), one.mayBeBrokers());
    return brokersFirst != 0 ? brokersFirst : Long.compare(other.packets(), one.packets());
  }

  private OtherPort.Look lookOf(int port) {
    return looks[port] == 0 ? OtherPort.Look.UNKNOWN : OtherPort.Look.values()[looks[port] - 1];
  }
}
