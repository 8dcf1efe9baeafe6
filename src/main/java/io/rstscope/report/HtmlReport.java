package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.attribution.FlowVerdict;
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
  private static final int MEGABYTE = 1_000_000;

  private final Writer out;
  private final String tool;
  private final PageCauses causes = new PageCauses();
  private final LimitedArray captures = new LimitedArray(MEGABYTE / 2);
  private final LimitedArray lostRows = new LimitedArray(3 * MEGABYTE);
  private final LimitedArray otherRows = new LimitedArray(MEGABYTE);
  private final LimitedArray lostDetails = new LimitedArray(5 * MEGABYTE);
  private final LimitedArray otherDetails = new LimitedArray(MEGABYTE);
  private final PageTexts texts = new PageTexts(3 * MEGABYTE);
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
    rows.add(json -> PageRow.write(json, number, verdict, detail));
  }

  @Override
  public void finish(Summary summary) throws IOException {
    String headline = Headline.of(summary, causes);
    new HtmlPage(out).write(headline, data(summary, headline));
    out.flush();
  }

  private String data(Summary summary, String headline) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = ScriptJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringField("tool", tool);
      json.writeStringField("headline", headline);
      new PageSummary(json, summary).write();
      causes.write(json, texts);
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
      texts.write("texts", json);
      leftOut(json, summary);
      json.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void leftOut(JsonGenerator json, Summary summary) throws IOException {
    json.writeObjectFieldStart("leftOut");
    json.writeNumberField("captures", captures.leftOut());
    json.writeNumberField("lostRows", lostRows.leftOut());
    json.writeNumberField("otherRows", otherRows.leftOut());
    json.writeNumberField("incidents", summary.incidentsLeftOut());
    json.writeEndObject();
  }
}
