package io.rstscope.report.text;

import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.FramePlace;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Stand;
import io.rstscope.reset.ResetObservation;
import java.io.File;
import java.io.IOException;
import java.util.function.LongFunction;

/** Tells of one reset: who sent it, and what speaks for and against that. */
final class ResetText {
  /** As wide as the longest word before evidence, {@code middlebox}, and a space. */
  private static final int LABEL = 10;

  private final TextLines lines;
  private final String indent;
  private final LongFunction<FramePlace> places;

  /**
   * @param places where a frame of a series lies, or null when the capture is no series
   */
  ResetText(TextLines lines, String indent, LongFunction<FramePlace> places) {
    this.lines = lines;
    this.indent = indent;
    this.places = places;
  }

  void write(ResetObservation reset, Verdict verdict, boolean withEvidence) throws IOException {
    lines.paragraph(
        indent,
        "RST in frame "
            + frame(reset.packet().frame())
            + ", "
            + Format.direction(reset.from())
            + ", "
            + reset.role().word()
            + ": "
            + sender(verdict));
    if (withEvidence) {
      for (Evidence evidence : verdict.evidence()) {
        lines.paragraph(label(indent, Stand.of(evidence, verdict.sender())), evidence.says());
      }
    }
  }

  /** What stands before a piece of evidence. */
  static String label(String indent, String stand) {
    return indent + "  " + stand + " ".repeat(Math.max(LABEL - stand.length(), 1));
  }

  private String frame(long frame) {
    if (places == null) {
      return Long.toString(frame);
    }
    FramePlace place = places.apply(frame);
    return frame + " (" + place.frame() + " of " + new File(place.file()).getName() + ")";
  }

  private static String sender(Verdict verdict) {
    if (verdict.sender() == Sender.UNDETERMINED) {
      return "sender undetermined";
    }
    return "sent by the "
        + verdict.sender().word()
        + " ("
        + Format.decimal(verdict.confidence(), 2)
        + ")"
        + (verdict.peerMayBeProxy() ? ", the peer may be a proxy" : "");
  }
}
