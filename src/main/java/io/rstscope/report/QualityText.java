package io.rstscope.report;

import java.util.List;
import java.util.StringJoiner;

/** What captures hold, and what is missing from them. */
final class QualityText {
  private QualityText() {}

  /** One capture, with what is missing. */
  static String describe(CaptureReport capture) {
    CaptureQuality quality = capture.quality();
    String notes = notes(quality);
    String place = capture.recording().place();
    return Format.count(quality.packets(), "packet")
        + ", "
        + Format.count(quality.flows(), "flow")
        + (quality.packets() == 0 ? "" : span(quality.firstNanos(), quality.lastNanos()))
        + (place.isEmpty() ? "" : ", taken " + place)
        + (notes.isEmpty() ? "" : "; " + notes);
  }

  /** All together, of which {@link #notes} are given for each. */
  static String total(List<CaptureReport> captures) {
    long packets = 0;
    long flows = 0;
    long first = Long.MAX_VALUE;
    long last = 0;
    for (CaptureReport capture : captures) {
      CaptureQuality quality = capture.quality();
      packets += quality.packets();
      flows += quality.flows();
      if (quality.packets() > 0) {
        first = Math.min(first, quality.firstNanos());
        last = Math.max(last, quality.lastNanos());
      }
    }
    return captures.size()
        + " with "
        + Format.count(packets, "packet")
        + ", "
        + Format.count(flows, "flow")
        + (packets == 0 ? "" : span(first, last));
  }

  private static String span(long firstNanos, long lastNanos) {
    return ", "
        + Format.duration((lastNanos - firstNanos) / 1000)
        + " from "
        + Format.readable(firstNanos)
        + " UTC";
  }

  /** What makes the capture worth less as evidence; empty when nothing does. */
  static String notes(CaptureQuality quality) {
    StringJoiner notes = new StringJoiner("; ");
    if (!quality.complete()) {
      notes.add("INCOMPLETE: " + quality.problem());
    }
    if (quality.packets() > 0 && quality.segments() == 0) {
      notes.add("no TCP packets on the broker's ports: --port names others, or any");
    }
    note(notes, quality.dropped(), "lost in capturing");
    note(notes, quality.cutPackets(), "cut by the snap length");
    note(notes, quality.undecoded(), "damaged or cut too short");
    note(notes, quality.laterFragments(), "that are later IP fragments");
    note(notes, quality.unknownLinkType(), "of a link type that cannot be decoded");
    note(notes, quality.duplicates(), "in the capture more than once");
    if (quality.backwards() > 0) {
      notes.add("time ran backwards at " + Format.count(quality.backwards(), "packet"));
    }
    leftOut(notes, quality.leftOut());
    return notes.toString();
  }

  private static void leftOut(StringJoiner notes, LeftOut leftOut) {
    String moreMemory = " (" + MoreMemory.advice() + ")";
    if (leftOut.evictedFlows() > 0) {
      notes.add(
          Format.count(leftOut.evictedFlows(), "flow")
              + " given up"
              + (leftOut.moreFlowsFit() ? " (raise --max-flows)" : moreMemory)
              + (leftOut.evictedAttempts() > 0
                  ? ", " + leftOut.evictedAttempts() + " of them no connection yet"
                  : ""));
    }
    if (leftOut.names() > 0) {
      notes.add(Format.count(leftOut.names(), "name") + " shortened or not read" + moreMemory);
    }
    if (leftOut.flows() > 0) {
      notes.add(Format.count(leftOut.flows(), "more connection") + " only counted" + moreMemory);
    }
    if (leftOut.resets() > 0) {
      notes.add(Format.count(leftOut.resets(), "more reset") + " only counted");
    }
  }

  private static void note(StringJoiner notes, long count, String what) {
    if (count > 0) {
      notes.add(Format.count(count, "packet") + " " + what);
    }
  }
}
