package io.rstscope.report.words;

import io.rstscope.judge.cause.Cause;
import io.rstscope.net.TableFile;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a cause of loss is called in a first line, from the table {@code nouns.txt}.
 *
 * @param one of one connection
 * @param several of several
 * @param alone where no other cause is named
 */
record CauseNoun(String one, String several, String alone) {
  private static final Map<Cause, CauseNoun> NOUNS = read();

  /** That of a cause by which connections are lost; never null. */
  static CauseNoun of(Cause cause) {
    CauseNoun noun = NOUNS.get(cause);
    return noun == null ? new CauseNoun(cause.word(), cause.word(), cause.word()) : noun;
  }

  /** {@code 1 idle timeout}, {@code 2 idle timeouts}. */
  String counted(long number) {
    return Format.grouped(number) + " " + (number == 1 ? one : several);
  }

  private static Map<Cause, CauseNoun> read() {
    Map<Cause, CauseNoun> nouns = new EnumMap<>(Cause.class);
    for (String[] row : TableFile.rows(CauseNoun.class, "nouns.txt", 4)) {
      nouns.put(Cause.named(row[0]), new CauseNoun(row[1], row[2], row[3]));
    }
    return nouns;
  }
}
