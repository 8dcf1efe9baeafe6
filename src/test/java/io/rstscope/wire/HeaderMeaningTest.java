package io.rstscope.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers whose accessors translate, or read more than one field. */
class HeaderMeaningTest {
  @ParameterizedTest
  @CsvSource({
    "2, 0x0800",
    "10, 0x86dd",
    "24, 0x86dd",
    "28, 0x86dd",
    "30, 0x86dd",
    "0, 0",
    "1, 0",
    "-1, 0"
  })
  void shouldNameIpOfEachSystem(int family, String etherType) {
    assertEquals(Integer.decode(etherType), LoopbackHeader.etherType(family));
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "30", "0xffff"})
  void shouldReadAFamilyOfEitherOrder(String text) {
    int family = Integer.decode(text);
    byte[] data = ByteBuffer.allocate(9).putInt(1, family).putInt(5, swapped(family)).array();
    assertEquals(family, LoopbackHeader.familyOfEitherOrder(data, 1));
    assertEquals(family, LoopbackHeader.familyOfEitherOrder(data, 5));
  }

  private static int swapped(int family) {
    return Integer.reverseBytes(family);
  }

  @ParameterizedTest
  @CsvSource({"0x0021, 0x0800", "0x0057, 0x86dd", "0xc021, 0", "0, 0", "0xffff, 0"})
  void shouldNameIpWithinPpp(String ppp, String etherType) {
    byte[] data = ByteBuffer.allocate(9).putShort(7, Integer.decode(ppp).shortValue()).array();
    assertEquals(Integer.decode(etherType), PppoeHeader.etherType(data, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 4, true",
    "0x8000, 8, true",
    "0x2000, 8, true",
    "0x1000, 8, true",
    "0xa000, 12, true",
    "0xb000, 16, true",
    "0xbff8, 16, true",
    "0xffff, 16, false",
    "0x4000, 4, false",
    "0x0001, 4, false",
    "0x0007, 4, false",
    "0x0ff8, 4, true"
  })
  void shouldMeasureTheOptionalWordsOfGre(String flags, int length, boolean plain) {
    byte[] data = ByteBuffer.allocate(5).putShort(1, Integer.decode(flags).shortValue()).array();
    assertEquals(length, GreHeader.headerLength(data, 1));
    assertEquals(plain, GreHeader.isPlain(data, 1));
  }
}
