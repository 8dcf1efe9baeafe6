package io.rstscope.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final byte[] RISING =
      ByteBuffer.allocate(9).putLong(1, 0xf1f2f3f4f5f6f7f8L).array();

  @Test
  void shouldReadNetworkOrder() {
    assertEquals(0xf1, Bytes.u8(RISING, 1));
    assertEquals(0xf1f2, Bytes.u16(RISING, 1));
    assertEquals(0xf1f2f3f4, Bytes.i32(RISING, 1));
    assertEquals(0xf1f2f3f4L, Bytes.u32(RISING, 1));
    assertEquals(0xf1f2f3f4f5f6L, Bytes.u48(RISING, 1));
    assertEquals(0xf1f2f3f4f5f6f7f8L, Bytes.i64(RISING, 1));
  }

  @Test
  void shouldReadLittleEndian() {
    assertEquals(0xf2f1, Bytes.u16LE(RISING, 1));
    assertEquals(0xf4f3f2f1, Bytes.i32LE(RISING, 1));
    assertEquals(0xf8f7f6f5f4f3f2f1L, Bytes.i64LE(RISING, 1));
  }

  @Test
  void shouldReadBounds() {
    byte[] ones = new byte[8];
    Arrays.fill(ones, (byte) 0xff);
    assertEquals(255, Bytes.u8(ones, 7));
    assertEquals(65_535, Bytes.u16(ones, 6));
    assertEquals(0xffff_ffffL, Bytes.u32(ones, 4));
    assertEquals(0xffff_ffff_ffffL, Bytes.u48(ones, 2));
    assertEquals(0, Bytes.i64(new byte[8], 0));
  }

  @Test
  void shouldNotReadBeyondTheArray() {
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.u16(RISING, 8));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.u48(RISING, 4));
  }
}
