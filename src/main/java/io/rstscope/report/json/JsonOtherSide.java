package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.pairing.Missing;
import io.rstscope.pairing.OtherSide;
import io.rstscope.pairing.PathLoss;
import io.rstscope.pairing.StoppedReset;
import io.rstscope.pairing.Translation;
import io.rstscope.pairing.clock.ClockStep;
import io.rstscope.pairing.proxy.LegEnd;
import io.rstscope.pairing.proxy.ProxiedConnection;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.OtherSideText;
import java.io.IOException;

/** What captures at the other end show; nothing where none was read. */
final class JsonOtherSide {
  private final JsonGenerator json;
  private final JsonValues values;

  JsonOtherSide(JsonGenerator json) {
    this.json = json;
    this.values = new JsonValues(json);
  }

  void summary(Summary summary) throws IOException {
    if (summary.captures().stream().allMatch(capture -> capture.otherSides().isEmpty())) {
      return;
    }
    json.writeArrayFieldStart(Field.SIDES.key());
    for (CaptureReport capture : summary.captures()) {
      for (OtherSide side : capture.otherSides()) {
        write(capture, side);
      }
    }
    json.writeEndArray();
  }

  private void write(CaptureReport capture, OtherSide side) throws IOException {
    json.writeStartObject();
    json.writeStringField(Field.SIDES_CAPTURE.key(), capture.fileName());
    json.writeStringField(Field.SIDES_SOURCE.key(), capture.path());
    json.writeStringField(Field.SIDES_OTHER.key(), side.capture());
    json.writeStringField(Field.SIDES_PATH.key(), side.path());
    json.writeStringField(Field.SIDES_STANDING.key(), side.standing().word());
    json.writeStringField(Field.SIDES_SAYS.key(), side.standing().explanation());
    json.writeStringField(Field.SIDES_PROBLEM.key(), side.problem());
    clock(side);
    clockSteps(side);
    json.writeNumberField(Field.SIDES_CONNECTIONS.key(), side.connections());
    missing("client_packets", side.fromClient());
    missing("broker_packets", side.fromBroker());
    loss("client_to_broker", side.lostToBroker());
    loss("broker_to_client", side.lostToClient());
    translations(side);
    stopped(side);
    proxied(side);
    json.writeEndObject();
  }

  /** By how much the other clock is ahead, as with that of the broker's log. */
  private void clock(OtherSide side) throws IOException {
    if (side.clock() == null) {
      json.writeNullField(Field.SIDES_OFFSET.key());
      return;
    }
    values.number(Field.SIDES_OFFSET.key(), -side.clock().differenceNanos() / 1e9);
    json.writeStringField(Field.SIDES_TIME.key(), Format.rfc3339(side.clock().originNanos()));
    values.number(Field.SIDES_BOUND.key(), side.clock().boundNanos() / 1e9);
    values.number(Field.SIDES_SKEW.key(), -side.clock().skew() * 1e6);
  }

  private void clockSteps(OtherSide side) throws IOException {
    json.writeArrayFieldStart("clock_steps");
    for (ClockStep step : side.clockSteps()) {
      json.writeStartObject();
      json.writeStringField(Field.STEP_TIME.key(), Format.rfc3339(step.nanos()));
      values.number(Field.STEP_BY.key(), step.byNanos() / 1e9);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void loss(String name, PathLoss loss) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField(Field.SIDES_TO_BROKER_SENT.key(), loss == null ? 0 : loss.sent());
    json.writeNumberField(Field.SIDES_TO_BROKER_LOST.key(), loss == null ? 0 : loss.lost());
    json.writeEndObject();
  }

  private void missing(String name, Missing missing) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField(
        Field.SIDES_CLIENT_COMPARED.key(), missing == null ? 0 : missing.compared());
    json.writeNumberField(
        Field.SIDES_CLIENT_MISSING.key(), missing == null ? 0 : missing.missing());
    json.writeEndObject();
  }

  private void translations(OtherSide side) throws IOException {
    json.writeArrayFieldStart("translations");
    for (Translation each : side.translations()) {
      json.writeStartObject();
      json.writeStringField(Field.TRANSLATION_CLIENT.key(), each.here().toString());
      json.writeStringField(Field.TRANSLATION_OTHER.key(), each.there().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void proxied(OtherSide side) throws IOException {
    json.writeArrayFieldStart("proxied");
    for (ProxiedConnection each : side.proxied()) {
      json.writeStartObject();
      json.writeStringField(Field.PROXIED_CLIENT.key(), each.here().client().toString());
      json.writeStringField(Field.PROXIED_BROKER.key(), each.here().broker().toString());
      json.writeStringField(Field.PROXIED_OTHER_CLIENT.key(), each.there().client().toString());
      json.writeStringField(Field.PROXIED_OTHER_BROKER.key(), each.there().broker().toString());
      json.writeStringField(Field.PROXIED_LEG.key(), each.clientLegHere() ? "client" : "broker");
      json.writeStringField(Field.PROXIED_ORDER.key(), each.order().word());
      json.writeStringField(Field.PROXIED_SAYS.key(), OtherSideText.cause(each));
      end(Field.PROXIED_FRAME, each.here().end());
      end(Field.PROXIED_OTHER_FRAME, each.there().end());
      if (each.boundNanos() > 0) {
        values.number(Field.PROXIED_APART.key(), each.apartNanos() / 1e9);
        values.number(Field.PROXIED_BOUND.key(), each.boundNanos() / 1e9);
      } else {
        json.writeNullField(Field.PROXIED_APART.key());
        json.writeNullField(Field.PROXIED_BOUND.key());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void end(Field field, LegEnd end) throws IOException {
    if (end == null) {
      json.writeNullField(field.key());
    } else {
      json.writeNumberField(field.key(), end.frame());
    }
  }

  private void stopped(OtherSide side) throws IOException {
    json.writeArrayFieldStart("stopped_resets");
    for (StoppedReset each : side.stopped()) {
      json.writeStartObject();
      json.writeStringField(Field.STOPPED_CLIENT.key(), each.flow().client().toString());
      json.writeStringField(Field.STOPPED_BROKER.key(), each.flow().broker().toString());
      json.writeStringField(Field.STOPPED_DIRECTION.key(), Format.direction(each.from()));
      json.writeNumberField(Field.STOPPED_FRAME.key(), each.frameThere());
      json.writeStringField(Field.STOPPED_TIME.key(), Format.rfc3339(each.nanos()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
