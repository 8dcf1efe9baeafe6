package io.rstscope.excerpt;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.FramePlace;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.ExcerptPacket;
import io.rstscope.report.words.PacketComments;
import io.rstscope.report.words.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The comment on each packet of an excerpt, by its frame: where it was, and what it decided. */
final class ExcerptComments {
  private ExcerptComments() {}

  /** Frames with their comments, a line each for what they say. */
  static Map<Long, String> of(CaptureReport report, FlowVerdict flow) {
    Map<Long, List<String>> says = PacketComments.of(flow);
    Map<Long, String> comments = new HashMap<>();
    long next = 1;
    for (ExcerptPacket packet : report.excerpts().of(flow).packets()) {
      StringBuilder text = new StringBuilder();
      for (String line : says.getOrDefault(packet.frame(), List.of())) {
        text.append(line).append('\n');
      }
      text.append(place(report, packet.frame()));
      if (packet.number() > next) {
        long leftOut = packet.number() - next;
        text.append("; ").append(leftOut).append(" earlier packets of this connection left out");
      }
      next = packet.number() + 1;
      comments.put(packet.frame(), text.toString());
    }
    return comments;
  }

  private static String place(CaptureReport report, long frame) {
    if (report.places() == null) {
      return "frame " + frame + " of " + Printable.of(report.name());
    }
    FramePlace place = report.places().apply(frame);
    return "frame "
        + place.frame()
        + " of "
        + Printable.of(place.file())
        + ", "
        + frame
        + " of the series";
  }
}
