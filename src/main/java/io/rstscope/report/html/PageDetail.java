package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.advice.Check;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.IdentityText;
import io.rstscope.report.words.LogText;
import io.rstscope.report.words.OtherSideText;
import io.rstscope.report.words.Remarks;
import io.rstscope.report.words.Stand;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.io.IOException;
import java.util.List;

/** What a page says of one connection when it is opened. */
final class PageDetail {
  private final JsonGenerator json;
  private final PageTexts texts;

  PageDetail(JsonGenerator json, PageTexts texts) {
    this.json = json;
    this.texts = texts;
  }

  void write(CaptureReport capture, FlowVerdict verdict) throws IOException {
    FlowObservation flow = verdict.flow();
    json.writeStartObject();
    text("says", verdict.ending().says());
    text("identity", IdentityText.describe(flow));
    text("log", LogText.of(capture, verdict));
    text("leg", OtherSideText.leg(capture.otherSides(), flow));
    json.writeArrayFieldStart("remarks");
    if (!flow.handshakeSeen()) {
      texts.refer(Remarks.NO_HANDSHAKE, json);
    }
    if (flow.rolesGuessed()) {
      texts.refer(Remarks.ROLES_GUESSED, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("proxySigns");
    for (ProxySign sign : verdict.proxySigns()) {
      texts.refer(sign.explanation(), json);
    }
    json.writeEndArray();
    evidence(verdict.ending());
    advice(Advice.on(verdict));
    json.writeArrayFieldStart("resets");
    PageReset reset = new PageReset(json, texts, capture.places());
    List<ResetObservation> resets = flow.resets();
    for (int i = 0; i < Math.min(resets.size(), PageRow.RESETS_SHOWN); i++) {
      reset.write(resets.get(i), verdict.verdicts().get(i));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What decided between the cause and the next likely one, strongest first; as texts. */
  private void evidence(Ending ending) throws IOException {
    json.writeArrayFieldStart("evidence");
    for (CauseEvidence each : ending.evidence()) {
      json.writeStartArray();
      texts.refer(Stand.of(each, ending), json);
      texts.refer(each.fact().word() + ": " + each.fact().explanation(), json);
      texts.refer(each.says(), json);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** What to do, and how to confirm it, of this connection. */
  void advice(Advice advice) throws IOException {
    json.writeArrayFieldStart("advice");
    for (String toDo : advice.toDo()) {
      texts.refer(toDo, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("checks");
    for (Check check : advice.checks()) {
      json.writeStartArray();
      texts.refer(check.on(), json);
      texts.refer(check.lookFor(), json);
      texts.refer(check.command(), json);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void text(String name, String text) throws IOException {
    json.writeFieldName(name);
    texts.refer(text, json);
  }
}
