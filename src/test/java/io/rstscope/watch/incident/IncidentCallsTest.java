package io.rstscope.watch.incident;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.Notice;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the program is called, and when not. */
@Timeout(120)
class IncidentCallsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final FlowVerdict LOST = Analysis.of(new Talk().open(60).socketReset(CLIENT));
  private static final FlowVerdict HARMLESS = Analysis.of(new Talk().connect().socketReset(CLIENT));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path got;
  private IncidentCalls calls;
  private final List<String> words = Collections.synchronizedList(new ArrayList<>());
  private int numbers;

  @BeforeEach
  void open() throws Exception {
    got = folder.resolve("got");
    Path program = Script.write(folder.resolve("notify"), "cat >>" + got);
    calls =
        new IncidentCalls(
            new IncidentOptions(List.of(program.toString()), 60 * SECOND),
            new IncidentProgram.Limits(60_000, 60_000),
            words::add);
  }

  @AfterEach
  void close() {
    calls.close();
  }

  private List<Notice> lost(int count) {
    return IntStream.range(0, count).mapToObj(i -> notice(LOST)).toList();
  }

  private Notice notice(FlowVerdict verdict) {
    return new Notice(++numbers, 0, "eth0", verdict, 0, 0);
  }

  private List<JsonNode> called(long endNanos) throws Exception {
    calls.finish(endNanos);
    calls.close();
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.exists(got) ? Files.readAllLines(got) : List.<String>of()) {
      records.add(JSON.readTree(line));
    }
    return records;
  }

  @Test
  void shouldBeOneForLossesThatFollowEachOther() throws Exception {
    calls.note(lost(2), SECOND);
    calls.note(lost(1), 4 * SECOND);
    calls.pass(8 * SECOND);
    assertEquals(0, calls.status().calls());
    calls.pass(10 * SECOND);

    List<JsonNode> records = called(20 * SECOND);

    assertEquals(1, records.size());
    assertEquals(3, records.get(0).get("lost_connections").asInt());
    assertEquals(new IncidentStatus(1, 0, 0), calls.status());
    assertEquals(List.of(), words);
  }

  @Test
  void shouldSayWhatTheReportSays() throws Exception {
    Notice notice = notice(LOST);
    calls.note(List.of(notice), SECOND);

    JsonNode record = called(2 * SECOND).get(0);

    assertEquals("incident", record.get("type").asText());
    assertEquals("client-abort", record.at("/incidents/0/cause").asText());
    assertEquals("client", record.at("/incidents/0/ended_by").asText());
    assertEquals(1, record.at("/incidents/0/connections").asInt());
    assertEquals(Reports.notices(notice.with(LOST.in(1))).get(0), record.get("flow"));
  }

  @Test
  void shouldNotBeMadeOfWhatIsHarmless() throws Exception {
    calls.note(List.of(notice(HARMLESS)), SECOND);

    assertEquals(List.of(), called(20 * SECOND));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldNotBeMadeOfARevisionOfWhatWasPassedOnBefore() throws Exception {
    calls.note(lost(1), SECOND);
    calls.pass(10 * SECOND);
    calls.note(List.of(new Notice(1, 1, "eth0", LOST, 0, 0)), 200 * SECOND);

    assertEquals(1, called(300 * SECOND).size());
  }

  @Test
  void shouldLeaveOutWhatComesTooSoonAndSayHowMuchWithTheNext() throws Exception {
    calls.note(lost(1), 0);
    calls.note(lost(2), 10 * SECOND);
    calls.note(lost(3), 20 * SECOND);
    calls.pass(30 * SECOND);
    calls.note(lost(4), 100 * SECOND);

    List<JsonNode> records = called(110 * SECOND);

    assertEquals(2, records.size());
    assertEquals(0, records.get(0).at("/missed/events").asInt());
    assertEquals(4, records.get(1).get("lost_connections").asInt());
    assertEquals(2, records.get(1).at("/missed/events").asInt());
    assertEquals(5, records.get(1).at("/missed/lost_connections").asInt());
    assertEquals(new IncidentStatus(2, 0, 2), calls.status());
    assertEquals(
        List.of(
            "--on-incident: events are left out: it was called less than 60.0 s before",
            "--on-incident: called again, with 2 events with 5 lost connections left out since"),
        words);
  }

  @Test
  void shouldSayAtTheEndWhatWasLeftOutLast() throws Exception {
    calls.note(lost(1), 0);
    calls.note(lost(2), 10 * SECOND);

    assertEquals(1, called(20 * SECOND).size());
    assertEquals("--on-incident: not called for 1 event with 2 lost connections", words.get(1));
  }

  @Test
  void shouldNotPassOnARefusalAlone() throws Exception {
    FlowVerdict refused = Analysis.of(Samples.refused(40_000));
    assertFalse(refused.isLost());
    calls.note(List.of(notice(refused)), 0);

    assertEquals(List.of(), called(20 * SECOND));
  }
}
