package io.rstscope.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MptcpOptionTest {
  private static int reset(int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    int option = TcpOptions.seek(data, 0, data.length, data.length);
    return option < 0 ? MptcpOption.NONE : MptcpOption.reset(data, option);
  }

  @Test
  void shouldReadReasonAndTransience() {
    assertEquals(6, MptcpOption.reason(reset(30, 4, 0x80, 6)));
    assertFalse(MptcpOption.isTransient(reset(30, 4, 0x80, 6)));
    assertTrue(MptcpOption.isTransient(reset(30, 4, 0x81, 2)));
    assertEquals(255, MptcpOption.reason(reset(30, 4, 0x8f, 255)));
  }

  @Test
  void shouldNotTakeOtherOptionsForIt() {
    assertEquals(MptcpOption.NONE, reset(30, 4, 0x70, 6));
    assertEquals(MptcpOption.NONE, reset(31, 4, 0x80, 6));
  }

  @Test
  void shouldNotReadOneOfAnotherLength() {
    assertEquals(MptcpOption.NONE, reset(30, 3, 0x80));
    assertEquals(MptcpOption.NONE, reset(30, 5, 0x80, 6, 0));
    assertEquals(MptcpOption.NONE, reset(30, 2));
    assertEquals(MptcpOption.NONE, reset(30, 4, 0x80));
  }
}
