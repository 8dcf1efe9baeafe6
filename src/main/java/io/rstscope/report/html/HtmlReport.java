package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.FlowExcerpt;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Answer;
import io.rstscope.report.words.OtherFrames;
import io.rstscope.report.words.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A page for a browser, in one file that needs nothing else: charts, the table of connections, and
 * of each connection the packets and the evidence. It stays below 15 MB; what did not fit is said
 * in it. Text from captures is data in it, never HTML or script.
 *
 * <p>Nothing is written before {@link #finish}.
 */
public final class HtmlReport implements ReportWriter {
  private static final int KILOBYTE = 1_000;

  private final Writer out;
  private final String tool;
  private final PageCauses causes = new PageCauses();
  private final LimitedArray captures = new LimitedArray(300 * KILOBYTE);
  private final LimitedArray lostRows = new LimitedArray(2_800 * KILOBYTE);
  private final LimitedArray otherRows = new LimitedArray(600 * KILOBYTE);
  private final LimitedArray lostDetails = new LimitedArray(6_000 * KILOBYTE);
  private final LimitedArray otherDetails = new LimitedArray(700 * KILOBYTE);
  private final LimitedArray ladders = new LimitedArray(2_600 * KILOBYTE);
  private final PageTexts texts = new PageTexts(1_200 * KILOBYTE);
  private long withoutPackets;
  private int number;

  /**
   * @param out is not closed but flushed at the end; what is written is meant for UTF-8
   * @param tool name and version of the program, for the foot of the page
   */
  public HtmlReport(Writer out, String tool) {
    this.out = out;
    this.tool = tool;
  }

  @Override
  public void capture(CaptureReport capture) throws IOException {
    captures.add(json -> PageCapture.write(json, capture));
    for (FlowVerdict verdict : capture.flows()) {
      causes.add(verdict);
      if (verdict.ending().benign()) {
        add(capture, verdict, otherRows, otherDetails);
      } else {
        add(capture, verdict, lostRows, lostDetails);
      }
    }
    number++;
  }

  private void add(
      CaptureReport capture, FlowVerdict verdict, LimitedArray rows, LimitedArray details)
      throws IOException {
    int detail =
        texts.isFull()
            ? LimitedArray.LEFT_OUT
            : details.add(json -> new PageDetail(json, texts).write(capture, verdict));
    int ladder = ladder(capture.excerpts().of(verdict), new OtherFrames(capture.otherSides()));
    if (ladder == LimitedArray.LEFT_OUT && verdict.isLost()) {
      withoutPackets++;
    }
    rows.add(json -> PageRow.write(json, number, verdict, detail, ladder));
  }

  private int ladder(FlowExcerpt excerpt, OtherFrames others) throws IOException {
    return excerpt == null || texts.isFull()
        ? LimitedArray.LEFT_OUT
        : ladders.add(json -> PageLadder.write(json, texts, excerpt, others));
  }

  @Override
  public void finish(Summary summary) throws IOException {
    String headline = Answer.of(summary);
    new HtmlPage(out).write(Printable.of(headline), data(summary, headline));
    out.flush();
  }

  private String data(Summary summary, String headline) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = ScriptJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringField("tool", tool);
      json.writeStringField("headline", Printable.of(headline));
      PageSummary together = new PageSummary(json, summary);
      together.write();
      causes.write(json, texts, summary.outcome());
      captures.write("captures", json);
      json.writeArrayFieldStart("columns");
      for (String column : PageRow.COLUMNS) {
        json.writeString(column);
      }
      json.writeEndArray();
      lostRows.write("lostRows", json);
      otherRows.write("otherRows", json);
      lostDetails.write("lostDetails", json);
      otherDetails.write("otherDetails", json);
      ladders.write("ladders", json);
      texts.write("texts", json);
      leftOut(json, together.incidentsLeftOut());
      json.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void leftOut(JsonGenerator json, long incidents) throws IOException {
    json.writeObjectFieldStart("leftOut");
    json.writeNumberField("captures", captures.leftOut());
    json.writeNumberField("lostRows", lostRows.leftOut());
    json.writeNumberField("otherRows", otherRows.leftOut());
    json.writeNumberField("ladders", withoutPackets);
    json.writeNumberField("incidents", incidents);
    json.writeEndObject();
  }
}
