package io.rstscope.cli;

import static io.rstscope.testing.ManagementServer.silence;
import static io.rstscope.testing.ManagementServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.connections.ManagementApi;
import io.rstscope.connections.ManagementUrl;
import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.ManagementServer;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker's connections while its management API comes and goes. */
@Timeout(60)
class PolledConnectionsTest {
  private static final String ROW =
      "[{\"peer_host\":\"10.0.1.1\",\"peer_port\":40001,\"user\":\"%s\"}]";

  /** Until then nothing is asked again, so that a test decides when. */
  private static final Duration LONG = Duration.ofHours(1);

  private static final Duration SHORT = Duration.ofMillis(10);

  @TempDir private Path folder;

  private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private ManagementServer server;
  private PolledConnections polled;

  @BeforeEach
  void serve() throws IOException {
    server = new ManagementServer(text(200, ROW.formatted("one")));
  }

  @AfterEach
  void stop() {
    polled.close();
    server.close();
  }

  private void poll(Duration pause) throws IOException {
    Path password =
        Files.createFile(
            folder.resolve("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, "Tr0ub4dor\n");
    ManagementUrl url = ManagementUrl.parse("http://127.0.0.1:" + server.port());
    ManagementApi api = new ManagementApi(url, "shop", password, null, Duration.ofSeconds(50));
    polled = new PolledConnections(api, pause, words::add, news::add);
    polled.start();
  }

  private String said(String words) {
    return "management API http://127.0.0.1:" + server.port() + ": " + words;
  }

  /** Waits for so many more requests: all of them but the last have been answered. */
  private void await(int requests) throws InterruptedException {
    int until = server.asked().size() + requests;
    while (server.asked().size() < until) {
      Thread.sleep(5);
    }
  }

  private String user() {
    Talk talk = new Talk("10.0.1.1", 40_001).open(60).socketReset(Side.CLIENT);
    FlowObservation flow = Reports.capture("a.pcap", talk).flows().get(0).flow();
    return polled.addTo(List.of(flow)).get(0).account().user();
  }

  @Test
  void shouldKnowWhatTheBrokerAnswered() throws Exception {
    poll(LONG);

    assertEquals(said("answers, connections: 1"), news.take());
    assertEquals("one", user());
    assertEquals(1, polled.status().connections());
    assertEquals(0, polled.status().failures());
    assertTrue(polled.status().ageSeconds() >= 0, polled.status().toString());
    assertEquals(0, words.size());
  }

  @Test
  void shouldAskAgain() throws Exception {
    poll(SHORT);
    news.take();

    server.answer(text(200, ROW.formatted("two")));
    await(2);

    assertEquals("two", user());
    assertEquals(0, news.size());
    assertEquals(0, words.size());
  }

  @Test
  void shouldNotAskBeforeItsPauseIsOver() throws Exception {
    poll(LONG);
    news.take();
    Thread.sleep(100);

    assertEquals(1, server.asked().size());
  }

  /** Nobody waits for what may never come. */
  @Test
  void shouldHoldUpNothingWhileTheBrokerIsSilent() throws Exception {
    server.answer(silence());
    poll(LONG);
    while (server.asked().isEmpty()) {
      Thread.sleep(5);
    }

    assertNull(user());
    assertTrue(Double.isNaN(polled.status().ageSeconds()));
    assertEquals(0, words.size());
  }

  @Test
  void shouldSayOnceWhatIsWrongAndAgainWhenItIsSomethingElse() throws Exception {
    server.answer(text(500, ""));
    poll(SHORT);
    await(3);
    server.answer(text(503, ""));
    await(3);
    server.answer(text(200, ROW.formatted("one")));
    await(3);
    server.answer(text(503, ""));
    await(3);

    assertEquals(said("status 500; losses are judged without it"), words.take());
    assertEquals(said("status 503; losses are judged without it"), words.take());
    assertEquals(said("answers again, connections: 1"), words.take());
    assertTrue(
        words.take().startsWith(said("status 503; losses are judged with what it has listed")));
    assertEquals(0, words.size());
    assertTrue(polled.status().failures() >= 6, polled.status().toString());
  }

  @Test
  void shouldUseWhatIsOldAndSayHowOld() throws Exception {
    poll(SHORT);
    news.take();
    server.answer(text(500, ""));

    String said = words.take();

    String old =
        "status 500; losses are judged with what it has listed (connections: 1, last answer ";
    assertTrue(said.startsWith(said(old)), said);
    assertTrue(said.matches(".*, last answer \\d+ s ago\\)"), said);
    assertEquals("one", user());
    assertEquals(1, polled.status().connections());
  }

  @Test
  void shouldAskWhetherItsUserMaySeeConnections() throws Exception {
    server.answer(text(200, "{\"page\":1,\"page_count\":0,\"items\":[]}"));
    poll(LONG);

    assertEquals(said("answers, connections: 0; has its user the tag monitoring?"), news.take());
  }

  @Test
  void shouldSayThatAnotherBrokerAnswers() throws Exception {
    poll(LONG);
    news.take();

    polled.addTo(flows(5, Duration.ofHours(-1), Duration.ofHours(1)));
    polled.addTo(flows(9, Duration.ofHours(-1), Duration.ofHours(1)));

    assertEquals(
        said("knows none of the connections that were lost (it has 1): is it this broker's?"),
        words.take());
    assertEquals(0, words.size());
  }

  /** Those that were not there when the broker answered, and few, say nothing. */
  @Test
  void shouldNotExpectTheBrokerToKnowOthers() throws Exception {
    poll(LONG);
    news.take();

    polled.addTo(flows(9, Duration.ofHours(1), Duration.ofHours(2)));
    polled.addTo(flows(9, Duration.ofHours(-2), Duration.ofHours(-1)));
    polled.addTo(flows(4, Duration.ofHours(-1), Duration.ofHours(1)));
    polled.addTo(flows(4, Duration.ofHours(-1), Duration.ofHours(1)));

    assertEquals(0, words.size());
  }

  /** From and to when they are there, from now on. */
  private static List<FlowObservation> flows(int number, Duration from, Duration to) {
    long start = System.currentTimeMillis() * 1_000_000 + from.toNanos();
    List<FlowObservation> flows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Talk talk = new Talk("10.0.2.1", 40_001 + i);
      talk.pause(Duration.ofNanos(start - Talk.START)).open(60);
      talk.pause(to.minus(from)).socketReset(Side.CLIENT);
      flows.add(Reports.capture("a.pcap", talk).flows().get(0).flow());
    }
    return flows;
  }

  @Test
  void shouldSayNoPassword() throws Exception {
    server.answer(text(401, "shop:Tr0ub4dor"));
    poll(LONG);

    String said = words.take();

    assertTrue(said.contains("status 401"), said);
    assertFalse(said.contains("Tr0ub4dor"), said);
    assertTrue(server.authorizations().get(0).startsWith("Basic "));
  }
}
