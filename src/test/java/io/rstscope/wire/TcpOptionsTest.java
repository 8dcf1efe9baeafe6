package io.rstscope.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpOptionsTest {
  private static final int[] SYN_OF_LINUX = {
    2, 4, 5, 0xb4, 4, 2, 8, 10, 0x80, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 1, 3, 3, 7
  };

  @Test
  void shouldGoThroughTheOptionsOfASyn() {
    byte[] data = bytes(SYN_OF_LINUX);
    assertEquals(List.of(0, 4, 6, 17, TcpOptions.DONE), walk(data, data.length, data.length));
    assertEquals(0x8000_0001, TcpOptions.timestampValue(data, 6));
  }

  @Test
  void shouldReadTheEchoOfPaddedTimestampsAndOfNoOthers() {
    byte[] padded = bytes(1, 1, 8, 10, 0, 0, 0, 7, 0x80, 0, 0, 9);

    assertEquals(0x8000_0009, TcpOptions.paddedEcho(padded, padded.length));
    assertEquals(0, TcpOptions.paddedEcho(padded, padded.length - 1));
    assertEquals(0, TcpOptions.paddedEcho(bytes(SYN_OF_LINUX), SYN_OF_LINUX.length));
  }

  @Test
  void shouldBeDoneWhenThereAreNone() {
    assertEquals(TcpOptions.DONE, TcpOptions.seek(new byte[0], 0, 0, 0));
  }

  @Test
  void shouldBeDoneAfterOnlyPadding() {
    assertEquals(List.of(TcpOptions.DONE), walk(bytes(1, 1, 1, 1), 4, 4));
  }

  @Test
  void shouldIgnoreWhatFollowsTheEndOfTheList() {
    assertEquals(List.of(TcpOptions.DONE), walk(bytes(1, 0, 8, 99), 4, 4));
  }

  @Test
  void shouldBeDoneWhenTheListEndedBeforeTheCut() {
    assertEquals(List.of(TcpOptions.DONE), walk(bytes(1, 0), 4, 2));
  }

  @Test
  void shouldNeverPassTheEndWhereverTheSnapLengthCuts() {
    for (int captured = 0; captured < SYN_OF_LINUX.length; captured++) {
      byte[] data = bytes(SYN_OF_LINUX);
      List<Integer> found = walk(data, data.length, captured);
      assertEquals(TcpOptions.BROKEN, found.get(found.size() - 1), "cut at " + captured);
      for (int option : found.subList(0, found.size() - 1)) {
        assertTrue(option + TcpOptions.length(data, option) <= captured);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 255})
  void shouldBeBrokenWhenAnUnknownOptionLies(int length) {
    assertEquals(List.of(TcpOptions.BROKEN), walk(bytes(254, length, 0, 0), 4, 4));
  }

  @Test
  void shouldPassOverAnUnknownOption() {
    assertEquals(List.of(0, TcpOptions.DONE), walk(bytes(254, 4, 0, 0), 4, 4));
    assertEquals(List.of(0, 2, TcpOptions.DONE), walk(bytes(30, 2, 254, 2), 4, 4));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        TcpOptions.MAXIMUM_SEGMENT_SIZE,
        TcpOptions.WINDOW_SCALE,
        TcpOptions.SACK_PERMITTED,
        TcpOptions.TIMESTAMPS
      })
  void shouldBeBrokenWhenAKnownOptionHasAnotherLength(int kind) {
    byte[] data = new byte[256];
    data[0] = (byte) kind;
    List<Integer> right = new ArrayList<>();
    for (int length = 0; length < 256; length++) {
      data[1] = (byte) length;
      if (TcpOptions.seek(data, 0, data.length, data.length) == 0) {
        right.add(length);
      }
    }
    int expected = new int[] {4, 3, 2, 0, 0, 0, 10}[kind - 2];
    assertEquals(List.of(expected), right);
  }

  @Test
  void shouldKnowTheUsualTimestamps() {
    byte[] usual = bytes(1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2);
    assertTrue(TcpOptions.areTimestampsOnly(usual, 0, 12));
    assertEquals(2, TcpOptions.paddedTimestamps(0));
    assertFalse(TcpOptions.areTimestampsOnly(usual, 0, 16));
    assertFalse(TcpOptions.areTimestampsOnly(bytes(8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1), 0, 12));
  }

  private static List<Integer> walk(byte[] data, int end, int capturedEnd) {
    List<Integer> found = new ArrayList<>();
    int option = TcpOptions.seek(data, 0, end, capturedEnd);
    while (option >= 0) {
      found.add(option);
      option = TcpOptions.seek(data, option + TcpOptions.length(data, option), end, capturedEnd);
    }
    found.add(option);
    return found;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
