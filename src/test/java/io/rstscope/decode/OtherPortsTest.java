package io.rstscope.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.wire.TcpHeader;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherPortsTest {
  private final OtherPorts ports = new OtherPorts();

  @Test
  void shouldListABrokersPortBeforeBusierOnes() {
    for (int port : new int[] {22, 80, 443}) {
      count(port, 9);
    }
    count(5671, 1);

    assertEquals(List.of(5671, 22, 80), ports.busiest().stream().map(OtherPort::port).toList());
  }

  @Test
  void shouldListByPacketsWhatIsNoBrokers() {
    count(22, 1);
    count(443, 3);
    count(80, 2);

    assertEquals(List.of(443, 80, 22), ports.busiest().stream().map(OtherPort::port).toList());
  }

  private void count(int port, int packets) {
    byte[] header =
        ByteBuffer.allocate(TcpHeader.MINIMUM_LENGTH)
            .putShort((short) 40_000)
            .putShort((short) port)
            .put(12, (byte) 0x50)
            .array();
    for (int i = 0; i < packets; i++) {
      ports.count(header, 0, header.length);
    }
  }
}
