package io.rstscope.report;

import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
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
  private final LongFunction<Place> places;

  /**
   * @param places where a frame of a series lies, or null when the capture is no series
   */
  ResetText(TextLines lines, String indent, LongFunction<Place> places) {
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
            + Format.direction(reset.fromClient())
            + ", "
            + reset.role().word()
            + ": "
            + sender(verdict));
    if (withEvidence) {
      for (Evidence evidence : verdict.evidence()) {
        lines.paragraph(label(indent, stand(evidence, verdict.sender())), evidence.says());
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
    Place place = places.apply(frame);
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

  /**
   * For or against; where the sender is open there is none of these, but this one or that; a note
   * where it only explains.
   */
  static String stand(Evidence evidence, Sender sender) {
    if (evidence.weight() == 0 || evidence.pointsTo() == Sender.UNDETERMINED) {
      return "note";
    }
    if (sender == Sender.UNDETERMINED) {
      return evidence.pointsTo().word();
    }
    return evidence.pointsTo() == sender ? "for" : "against";
  }
}
