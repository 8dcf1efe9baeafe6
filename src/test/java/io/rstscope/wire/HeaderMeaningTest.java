package io.rstscope.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
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
    "0021, 2, 0x0800",
    "0057, 2, 0x86dd",
    "2145, 1, 0x0800",
    "5760, 1, 0x86dd",
    "c021, 2, 0",
    "0020, 2, 0",
    "ff00, 1, 0"
  })
  void shouldReadAPppProtocolOfEitherLength(String bytes, int length, String etherType) {
    byte[] data = HexFormat.of().parseHex("ff" + bytes);
    assertEquals(length, PppHeader.protocolLength(data, 1));
    assertEquals(Integer.decode(etherType), PppHeader.etherType(data, 1));
  }

  @ParameterizedTest
  @CsvSource({"ff03, true, false", "0f00, false, true", "8f00, false, true", "ff00, false, false"})
  void shouldTellPppFromWhatCiscoSends(String bytes, boolean framed, boolean cisco) {
    byte[] data = HexFormat.of().parseHex("00" + bytes);
    assertEquals(framed, PppHeader.isFramed(data, 1));
    assertEquals(cisco, PppHeader.isCisco(data, 1));
  }

  @Test
  void shouldReadPktapInTheByteOrderOfMacs() {
    byte[] data = new byte[PktapHeader.MINIMUM_LENGTH + 1];
    ByteBuffer.wrap(data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(1, 0x0102)
        .putInt(5, 0x0304)
        .putInt(9, 0x0506)
        .putInt(37, 0xfffffffe);
    assertEquals(0x0102, PktapHeader.length(data, 1));
    assertEquals(0x0304, PktapHeader.recordType(data, 1));
    assertEquals(0x0506, PktapHeader.linkType(data, 1));
    assertFalse(PktapHeader.isInbound(data, 1));
    assertTrue(PktapHeader.isOutbound(data, 1));
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
