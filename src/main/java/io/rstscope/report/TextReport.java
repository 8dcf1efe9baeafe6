package io.rstscope.report;

import io.rstscope.attribution.Cause;
import io.rstscope.attribution.Ending;
import io.rstscope.attribution.Evidence;
import io.rstscope.attribution.FlowVerdict;
import io.rstscope.attribution.Sender;
import io.rstscope.attribution.Verdict;
import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * For people at a terminal: what happened in a few lines, then each lost connection with its
 * evidence.
 */
public final class TextReport implements ReportWriter {
  private static final int WIDTH = 80;
  private static final int LABEL = 20;

  /** Of one flow's resets so many are shown: a killed consumer can cause hundreds. */
  private static final int RESETS_SHOWN = 3;

  private final Writer out;
  private final boolean colour;
  private final int top;
  private final boolean withHarmless;
  private final List<Shown> shown = new ArrayList<>();
  private long left;

  private record Shown(String capture, FlowVerdict verdict, LongFunction<Place> places) {}

  /**
   * @param out is not closed but flushed at the end
   * @param colour whether it goes to a terminal that shows colours
   * @param top how many connections are shown one by one; 0 for all
   * @param withHarmless whether harmless endings are shown one by one too
   */
  public TextReport(Writer out, boolean colour, int top, boolean withHarmless) {
    this.out = out;
    this.colour = colour;
    this.top = top == 0 ? Integer.MAX_VALUE : top;
    this.withHarmless = withHarmless;
  }

  @Override
  public void capture(CaptureReport capture) {
    for (FlowVerdict verdict : capture.flows()) {
      if (verdict.ending().benign() && !withHarmless) {
        continue;
      }
      if (shown.size() < top) {
        shown.add(new Shown(capture.name(), verdict, capture.places()));
      } else {
        left++;
      }
    }
  }

  @Override
  public void finish(Summary summary) throws IOException {
    headline(summary);
    counts(summary);
    captures(summary);
    if (!shown.isEmpty()) {
      line("");
      line(Style.BOLD.apply(withHarmless ? "Connections" : "Lost connections", colour));
    }
    boolean named = summary.captures().size() > 1;
    for (int i = 0; i < shown.size(); i++) {
      flow(i + 1, shown.get(i), named);
    }
    if (left > 0) {
      line("");
      line(left + " more are not shown: --top 0 shows all, --format json has everything.");
    }
    out.flush();
  }

  // ---- summary
  // -----------------------------------------------------------------------------------------------------

  private void headline(Summary summary) throws IOException {
    String lost = connections(summary.lost()) + " lost";
    String text =
        summary.resets()
            + (summary.resets() == 1 ? " reset, " : " resets, ")
            + summary.harmlessResets()
            + " harmless; "
            + Style.LOST.apply(lost, colour && summary.lost() > 0)
            + (summary.refused() > 0 ? "; " + connections(summary.refused()) + " refused" : "")
            + ".";
    line(Style.BOLD.apply(text, colour && summary.lost() == 0));
    line("");
  }

  private static String connections(long number) {
    return number + (number == 1 ? " connection" : " connections");
  }

  private void counts(Summary summary) throws IOException {
    row("lost, ended by", list(summary.lostBySender()));
    row("lost, cause", list(causes(summary, false)));
    row("harmless", list(causes(summary, true)));
    row("resets sent by", list(summary.resetsBySender()));
    row("idle before reset", percentiles(summary.idleMicros()));
    row("shortest round trip", percentiles(summary.rttMicros()));
  }

  private static Map<Cause, Long> causes(Summary summary, boolean benign) {
    return summary.endings().entrySet().stream()
        .filter(entry -> entry.getKey().isBenign() == benign)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                Long::sum,
                () -> new EnumMap<>(Cause.class)));
  }

  /** Most frequent first; a map by constants is in their order, which a stable sort keeps. */
  private static <E extends Enum<E>> String list(Map<E, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<E, Long>comparingByValue().reversed())
        .map(entry -> Vocabulary.word(entry.getKey()) + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String percentiles(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return "";
    }
    return "p50 "
        + Format.duration(micros.getValueAtPercentile(50))
        + ", p90 "
        + Format.duration(micros.getValueAtPercentile(90))
        + ", p99 "
        + Format.duration(micros.getValueAtPercentile(99))
        + ", max "
        + Format.duration(micros.getMaxValue());
  }

  private void captures(Summary summary) throws IOException {
    String label = summary.captures().size() > 1 ? "captures" : "capture";
    for (CaptureReport capture : summary.captures()) {
      row(label, QualityText.describe(capture));
      label = "";
    }
  }

  // ---- one connection
  // ----------------------------------------------------------------------------------------------

  private void flow(int number, Shown shown, boolean named) throws IOException {
    FlowObservation flow = shown.verdict().flow();
    Ending ending = shown.verdict().ending();
    line("");
    line(
        number
            + "  "
            + Style.BOLD.apply(flow.client() + " -> " + flow.broker(), colour)
            + (named ? "  " + shown.capture() : ""));
    String cause = ending.cause().word();
    line(
        "   "
            + Format.readable(endNanos(flow))
            + "  "
            + (ending.benign() ? Style.HARMLESS : Style.LOST).apply(cause, colour)
            + (ending.endedBy() == Sender.UNDETERMINED
                ? ""
                : ", ended by " + ending.endedBy().word())
            + " ("
            + Format.decimal(ending.confidence(), 2)
            + ")");
    paragraph("   ", sentence(ending.says()));
    identity(flow);
    resets(shown.verdict(), shown.places());
    for (String advice : ending.advice()) {
      paragraph("   To do: ", sentence(advice));
    }
  }

  private static long endNanos(FlowObservation flow) {
    return flow.resets().isEmpty() ? flow.lastNanos() : flow.resets().get(0).packet().timeNanos();
  }

  private void identity(FlowObservation flow) throws IOException {
    String text = IdentityText.describe(flow.amqp());
    if (!text.isEmpty()) {
      paragraph("   ", text);
    }
  }

  private void resets(FlowVerdict verdict, LongFunction<Place> places) throws IOException {
    List<ResetObservation> resets = verdict.flow().resets();
    for (int i = 0; i < Math.min(resets.size(), RESETS_SHOWN); i++) {
      reset(resets.get(i), verdict.verdicts().get(i), places);
    }
    if (resets.size() > RESETS_SHOWN) {
      line("   and " + (resets.size() - RESETS_SHOWN) + " more resets");
    }
  }

  private void reset(ResetObservation reset, Verdict verdict, LongFunction<Place> places)
      throws IOException {
    String sender =
        verdict.sender() == Sender.UNDETERMINED
            ? "sender undetermined"
            : "sent by the "
                + verdict.sender().word()
                + " ("
                + Format.decimal(verdict.confidence(), 2)
                + ")";
    paragraph(
        "   ",
        "RST in frame "
            + frame(reset.packet().frame(), places)
            + ", "
            + Format.direction(reset.fromClient())
            + ", "
            + reset.role().word()
            + ": "
            + sender
            + (verdict.peerMayBeProxy() ? ", which may be a proxy" : ""));
    for (Evidence evidence : verdict.evidence()) {
      String stand =
          evidence.weight() == 0
              ? "note    "
              : evidence.pointsTo() == verdict.sender() ? "for     " : "against ";
      if (verdict.sender() == Sender.UNDETERMINED && evidence.weight() > 0) {
        stand = String.format("%-8s ", evidence.pointsTo().word()).substring(0, 9);
      }
      paragraph("     " + stand, evidence.says());
    }
  }

  private static String frame(long frame, LongFunction<Place> places) {
    if (places == null) {
      return Long.toString(frame);
    }
    Place place = places.apply(frame);
    return frame + " (" + place.frame() + " of " + new File(place.file()).getName() + ")";
  }

  // ---- lines
  // -------------------------------------------------------------------------------------------------------

  private void row(String label, String text) throws IOException {
    if (!text.isEmpty()) {
      String padded = label + " ".repeat(LABEL - label.length());
      paragraph("  " + padded, text);
    }
  }

  private void paragraph(String first, String text) throws IOException {
    String indent = first;
    for (String part : Paragraph.wrap(text, WIDTH - first.length())) {
      line(indent + part);
      indent = " ".repeat(first.length());
    }
  }

  private static String sentence(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
