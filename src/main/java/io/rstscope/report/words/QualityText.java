package io.rstscope.report.words;

import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.LeftOut;
import java.util.List;
import java.util.StringJoiner;

/** What captures hold, and what is missing from them. */
public final class QualityText {
  private QualityText() {}

  /** One capture, with what is missing beside what the first line has said. */
  public static String describe(CaptureReport capture) {
    CaptureQuality quality = capture.quality();
    String notes = notesBesideAnswer(quality);
    String place = capture.recording().place();
    return Format.count(quality.packets(), "packet")
        + ", "
        + Format.count(quality.flows(), "flow")
        + (quality.hasTimes() ? span(quality.firstNanos(), quality.lastNanos()) : "")
        + (place.isEmpty() ? "" : ", captured " + place)
        + (notes.isEmpty() ? "" : "; " + notes);
  }

  /** All together, of which {@link #notes} are given for each. */
  public static String total(List<CaptureReport> captures) {
    long packets = 0;
    long flows = 0;
    long first = Long.MAX_VALUE;
    long last = 0;
    for (CaptureReport capture : captures) {
      CaptureQuality quality = capture.quality();
      packets += quality.packets();
      flows += quality.flows();
      if (quality.hasTimes()) {
        first = Math.min(first, quality.firstNanos());
        last = Math.max(last, quality.lastNanos());
      }
    }
    return captures.size()
        + " captures: "
        + Format.count(packets, "packet")
        + ", "
        + Format.count(flows, "flow")
        + (first == Long.MAX_VALUE ? "" : span(first, last));
  }

  private static String span(long firstNanos, long lastNanos) {
    return ", "
        + Format.duration((lastNanos - firstNanos) / 1000)
        + " from "
        + Format.readable(firstNanos)
        + " UTC";
  }

  /** What makes the capture worth less as evidence; empty when nothing does. */
  public static String notes(CaptureQuality quality) {
    StringJoiner notes = new StringJoiner("; ");
    if (!quality.complete()) {
      notes.add("INCOMPLETE: " + quality.problem());
    }
    if (quality.packets() > 0 && quality.segments() == 0) {
      String others = OtherPortText.of(quality.otherPorts());
      notes.add(
          "no TCP packets on the broker's ports: "
              + (others.isEmpty() ? "--port names others, or any" : others));
    }
    String others = notesBesideAnswer(quality);
    if (!others.isEmpty()) {
      notes.add(others);
    }
    return notes.toString();
  }

  private static String notesBesideAnswer(CaptureQuality quality) {
    StringJoiner notes = new StringJoiner("; ");
    note(notes, quality.dropped(), "dropped by the capture");
    note(notes, quality.cutPackets(), "cut by the snap length");
    note(notes, quality.undecoded(), "damaged or cut too short");
    note(notes, quality.laterFragments(), "that are later IP fragments");
    note(notes, quality.unknownLinkType(), "of a link type that cannot be decoded");
    note(notes, quality.untimed(), "without a time: no idle times, timers or incidents");
    note(notes, quality.duplicates(), "in the capture more than once");
    if (quality.oneSided() > 0) {
      notes.add(
          Format.count(quality.oneSided(), "flow")
              + " in one direction only: losses may not show, capture where both pass");
    }
    if (quality.backwards() > 0) {
      notes.add("time ran backwards at " + Format.count(quality.backwards(), "packet"));
    }
    if (quality.setForwardNanos() > 0) {
      notes.add(
          "its clock was set forward by "
              + Format.duration(quality.setForwardNanos() / 1000)
              + ", by the hosts' TCP timestamps: idle times are without that");
    }
    if (quality.segments() > 0) {
      OtherPortText.beside(quality.otherPorts()).forEach(notes::add);
    }
    leftOut(notes, quality.leftOut());
    return notes.toString();
  }

  private static void leftOut(StringJoiner notes, LeftOut leftOut) {
    String moreMemory = " (memory limit; " + MoreMemory.advice() + ")";
    if (leftOut.evictedFlows() > 0) {
      notes.add(
          Format.count(leftOut.evictedFlows(), "flow")
              + " evicted"
              + (leftOut.moreFlowsFit() ? " (table full; raise --max-flows)" : moreMemory)
              + (leftOut.evictedAttempts() > 0
                  ? ", " + leftOut.evictedAttempts() + " of them half-open"
                  : ""));
    }
    if (leftOut.names() > 0) {
      notes.add(Format.count(leftOut.names(), "name") + " truncated" + moreMemory);
    }
    if (leftOut.flows() > 0) {
      notes.add(
          Format.count(leftOut.flows(), "more connection")
              + " not analysed, counted only"
              + moreMemory);
    }
    if (leftOut.resets() > 0) {
      notes.add(Format.count(leftOut.resets(), "more RST") + " not analysed, counted only");
    }
  }

  private static void note(StringJoiner notes, long count, String what) {
    if (count > 0) {
      notes.add(Format.count(count, "packet") + " " + what);
    }
  }
}
