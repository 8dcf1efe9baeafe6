package io.rstscope.judge.sender;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What one clue says about one reset.
 *
 * @param clue which clue
 * @param pointsTo whom it points to: the claimed sender or {@link Sender#MIDDLEBOX}; {@link
 *     Sender#UNDETERMINED} when it only explains
 * @param weight how strongly, in natural log-odds, 0 or more
 * @param imitable whether somebody else can produce what was seen
 * @param sentence puts together what {@link #says} returns, since most of it is never read
 * @param frames the packets it rests on
 * @param elsewhere those of another capture, or null
 */
public record Evidence(
    ClueKind clue,
    Sender pointsTo,
    double weight,
    boolean imitable,
    Supplier<String> sentence,
    List<Long> frames,
    Elsewhere elsewhere) {
  /** One that rests on packets of its own capture. */
  public Evidence(
      ClueKind clue,
      Sender pointsTo,
      double weight,
      boolean imitable,
      Supplier<String> sentence,
      List<Long> frames) {
    this(clue, pointsTo, weight, imitable, sentence, frames, null);
  }

  /** One whose sentence is there already. */
  public Evidence(
      ClueKind clue,
      Sender pointsTo,
      double weight,
      boolean imitable,
      String says,
      List<Long> frames) {
    this(clue, pointsTo, weight, imitable, () -> says, frames);
  }

  /** A sentence with the numbers, without full stop. */
  public String says() {
    return sentence.get();
  }

  /** By what it says, wherever that comes from. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Evidence that
        && clue == that.clue
        && pointsTo == that.pointsTo
        && weight == that.weight
        && imitable == that.imitable
        && frames.equals(that.frames)
        && Objects.equals(elsewhere, that.elsewhere)
        && says().equals(that.says());
  }

  @Override
  public int hashCode() {
    return 31 * clue.hashCode() + frames.hashCode();
  }
}
