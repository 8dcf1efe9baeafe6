package io.rstscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final String LETTERS = "SHADFRTWGKshadfrtwgk";

  private long history;
  private int noted;

  @Test
  void shouldBeEmptyAtFirst() {
    assertEquals("", History.text(0, 0));
  }

  @Test
  void shouldKeepTheOrderOfAllLetters() {
    Random random = new Random(42);
    for (int round = 0; round < 1_000; round++) {
      List<Integer> codes = shuffled(random).subList(0, random.nextInt(LETTERS.length() + 1));
      addAll(codes);
      assertEquals(letters(codes), History.text(history, codes.size()));
    }
  }

  @Test
  void shouldHoldTheHighestOrderOfAllLetters() {
    List<Integer> codes = IntStream.range(0, 20).boxed().collect(Collectors.toList());
    Collections.reverse(codes);
    addAll(codes);
    assertEquals("kgwtrfdahsKGWTRFDAHS", History.text(history, codes.size()));
  }

  @Test
  void shouldExchangeTheSidesAndKeepTheOrder() {
    addAll(List.of(0, 11, 2, 3, 13, 15));
    assertEquals("ShADdr", History.text(history, 6));
    assertEquals("sHadDR", History.text(History.swap(history, 6), 6));
  }

  @Test
  void shouldBeTheSameAfterTwoExchanges() {
    Random random = new Random(7);
    for (int round = 0; round < 1_000; round++) {
      List<Integer> codes = shuffled(random);
      addAll(codes);
      assertEquals(history, History.swap(History.swap(history, 20), 20));
    }
  }

  private void addAll(List<Integer> codes) {
    history = 0;
    noted = 0;
    for (int code : codes) {
      history = History.add(history, noted, code);
      noted |= 1 << code;
    }
  }

  private static List<Integer> shuffled(Random random) {
    List<Integer> codes = IntStream.range(0, LETTERS.length()).boxed().collect(Collectors.toList());
    Collections.shuffle(codes, random);
    return codes;
  }

  private static String letters(List<Integer> codes) {
    return codes.stream()
        .map(code -> LETTERS.substring(code, code + 1))
        .collect(Collectors.joining());
  }
}
