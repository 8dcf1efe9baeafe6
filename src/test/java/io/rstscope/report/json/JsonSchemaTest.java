package io.rstscope.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rstscope.cli.Run;
import io.rstscope.report.NoticesTest;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.HostTcp;
import io.rstscope.report.model.TcpCounter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of the report, by a validator that others wrote. */
class JsonSchemaTest {
  private static final String FLOW = "/$defs/flow";

  private final String text = text();
  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text, InputFormat.JSON);

  private static String text() {
    StringWriter out = new StringWriter();
    try {
      JsonSchema.write(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString();
  }

  private List<String> errors(JsonNode record) {
    return schema
        .validate(
            record.toString(),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .toList();
  }

  private void assertValid(List<JsonNode> records) {
    assertFalse(records.isEmpty());
    for (JsonNode record : records) {
      assertEquals(List.of(), errors(record), record::toString);
    }
  }

  private static List<JsonNode> records(Object... arguments) {
    Run run = Run.of(arguments);
    List<JsonNode> records = new ArrayList<>(run.flows());
    records.add(run.summary());
    return records;
  }

  private static Path capture(String name) {
    return Run.CAPTURES.resolve(name);
  }

  @Test
  void shouldHoldForTheReportOfEveryCommittedCapture() throws IOException {
    try (Stream<Path> files = Files.list(Run.CAPTURES)) {
      for (Path capture : files.filter(f -> f.toString().matches(".*\\.pcap(ng)?")).toList()) {
        assertValid(records("analyze", "--format=json", "--all-flows", capture));
      }
    }
  }

  @Test
  void shouldHoldForEveryKindOfRecord() throws IOException {
    assertValid(Reports.json(Samples.logged()));
    assertValid(Reports.json(Samples.series()));
    assertValid(Reports.notices(NoticesTest.notice(0)));
    assertValid(List.of(Reports.incident(NoticesTest.incident())));
    assertValid(List.of(Reports.summaryOf(new HostTcp(Map.of(TcpCounter.OUT_RSTS, 12L), 13))));
  }

  @Test
  void shouldHoldBesideACaptureFromTheOtherEnd() {
    assertValid(
        records(
            "analyze",
            "--format=json",
            capture("nat-lost-mappings.broker.pcap"),
            "--other-side",
            capture("nat-lost-mappings.client.pcapng")));
    assertValid(
        records(
            "analyze",
            "--format=json",
            capture("proxy-idle-timeout.client.pcap"),
            "--other-side",
            capture("proxy-idle-timeout.broker.pcap")));
    assertValid(
        records(
            "analyze",
            "--format=json",
            capture("proxy-idle-timeout.broker.pcap"),
            "--other-side",
            capture("firewall-forgot.client.pcap")));
  }

  /** Each field in its place, under the record that has it, with its explanation. */
  @Test
  void shouldHoldEveryDocumentedField() throws IOException {
    JsonNode definitions = new ObjectMapper().readTree(text).get("$defs");

    for (Field field : Field.values()) {
      for (RecordType type : RecordType.values()) {
        if (field.isIn(type)) {
          JsonNode at = definitions.get(type.word());
          for (String name : field.word().split("\\.")) {
            at = at.get("properties").get(name.replace("[]", ""));
            at = name.endsWith("[]") ? at.get("items") : at;
          }
          assertEquals(field.explanation(), at.get("description").asText(), field.word());
        }
      }
    }
  }

  /** A schema that everything satisfies would pass all the above. */
  @ParameterizedTest
  @ValueSource(strings = {"ending", "rules", "broker_host", "resets", "started", "timer_witness"})
  void shouldRefuseARecordWithAnotherTypeOfValue(String name) {
    ObjectNode flow = (ObjectNode) Reports.json(Samples.all()).get(0);
    assertEquals(List.of(), errors(flow));

    flow.put(name, 7);

    assertFalse(errors(flow).isEmpty());
  }

  @Test
  void shouldRefuseARecordWithoutAFieldThatIsAlwaysThere() throws IOException {
    JsonNode required = new ObjectMapper().readTree(text).at(FLOW + "/required");
    assertTrue(required.size() > 15, required::toString);

    for (JsonNode name : required) {
      ObjectNode flow = (ObjectNode) Reports.json(Samples.all()).get(0);
      flow.remove(name.asText());
      assertFalse(errors(flow).isEmpty(), name::asText);
    }
  }

  @Test
  void shouldRefuseWhatIsNoTime() {
    ObjectNode flow = (ObjectNode) Reports.json(Samples.all()).get(0);

    flow.put("last", "yesterday");

    assertFalse(errors(flow).isEmpty());
  }

  @Test
  void shouldAllowNamesThatALaterVersionAdds() {
    ObjectNode flow = (ObjectNode) Reports.json(Samples.all()).get(0);

    flow.put("later", 1);
    ((ObjectNode) flow.get("ending")).put("later", "x");

    assertEquals(List.of(), errors(flow));
  }

  @Test
  void shouldBePrintedByTheProgram() {
    assertEquals(text, Run.of("schema").out());
  }
}
