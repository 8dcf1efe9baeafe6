package io.rstscope.report;

/** What a capture holds, and what is missing from it, in a paragraph. */
final class QualityText {
  private QualityText() {}

  static String describe(CaptureReport capture) {
    CaptureQuality quality = capture.quality();
    StringBuilder text = new StringBuilder(capture.name());
    text.append(": ")
        .append(quality.packets())
        .append(quality.packets() == 1 ? " packet, " : " packets, ");
    text.append(quality.flows()).append(quality.flows() == 1 ? " flow" : " flows");
    if (quality.packets() > 0) {
      text.append(", ")
          .append(Format.duration((quality.lastNanos() - quality.firstNanos()) / 1000))
          .append(" from ")
          .append(Format.readable(quality.firstNanos()))
          .append(" UTC");
    }
    if (quality.packets() > 0 && quality.segments() == 0) {
      text.append("; no TCP packets on the broker's port: --port names another, or any");
    }
    note(text, quality.dropped(), "packets were lost in capturing");
    note(text, quality.evictedFlows(), "flows were given up (raise --max-flows)");
    note(text, quality.cutPackets(), "packets were cut by the snap length");
    note(text, quality.undecoded(), "packets were damaged or cut too short");
    note(text, quality.laterFragments(), "IP fragments could not be followed");
    note(text, quality.unknownLinkType(), "packets have a link type that cannot be decoded");
    note(text, quality.duplicates(), "packets are in the capture more than once");
    note(text, quality.backwards(), "times run backwards");
    if (!quality.complete()) {
      text.append("; INCOMPLETE: ").append(quality.problem());
    }
    return text.toString();
  }

  private static void note(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append("; ").append(count).append(' ').append(what);
    }
  }
}
