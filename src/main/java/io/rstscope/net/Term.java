package io.rstscope.net;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One of the closed sets of words that reports use, with its meaning. */
public interface Term {
  /** The word in reports, such as {@code idle-timeout}: stable from one release to the next. */
  String word();

  /** What it means, a clause without full stop. */
  String explanation();

  /** The word of a constant that has none but its name: {@code AWS_NLB} is {@code aws-nlb}. */
  static String ofName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The terms of a set by their words; a map that may be changed. */
  static <T extends Term> Map<String, T> byWord(T[] terms) {
    Map<String, T> byWord = new HashMap<>();
    for (T term : terms) {
      byWord.put(term.word(), term);
    }
    return byWord;
  }
}
