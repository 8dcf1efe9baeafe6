package io.rstscope.brokerlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CaptureFiles;
import io.rstscope.net.HostPort;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of connections in logs of several versions. */
class BrokerLogTest {
  private static final String TEXT_3_8 =
      """
      2018-06-17 06:23:29.855 [info] <0.634.0> accepting AMQP connection <0.634.0> (10.0.0.1:40000 -> 10.0.0.2:5672)
      2018-06-17 06:28:40.868 [warning] <0.634.0> closing AMQP connection <0.634.0> (10.0.0.1:40000 -> 10.0.0.2:5672, vhost: 'v', user: 'u'):
      client unexpectedly closed TCP connection
      2018-06-17 06:28:41.000 [info] <0.1.0> something else
      of two lines
      """;

  private static final String TEXT_3_10 =
      """
      2026-11-21 00:10:12.100000+00:00 [info] <0.822.0> connection <0.822.0> (10.0.0.1:40000 -> 10.0.0.2:5672): user 'u' authenticated and granted access to vhost 'v'
      2026-11-21 00:10:13.066075+00:00 [error] <0.822.0> closing AMQP connection <0.822.0> (10.0.0.1:40000 -> 10.0.0.2:5672):
      2026-11-21 00:10:13.066075+00:00 [error] <0.822.0> missed heartbeats from client, timeout: 2s
      """;

  private static final String TEXT_4 =
      """
      2026-11-21 00:10:12.000000+00:00 [info] <0.822.0> accepting AMQP connection 10.0.0.1:40000 -> 10.0.0.2:5672
      2026-11-21 00:10:13.066075+02:00 [warning] <0.822.0> closing AMQP connection (10.0.0.1:40000 -> 10.0.0.2:5672 - orders (a), vhost: 'v', user: 'u', duration: '1M, 2s'):
      2026-11-21 00:10:13.066075+02:00 [warning] <0.822.0> client unexpectedly closed TCP connection
      """;

  @TempDir private Path folder;

  @Test
  void shouldReadTextOf37And38WithTheZoneOfItsTimes() throws IOException {
    LoggedEnding ending = only(read(TEXT_3_8, ZoneId.of("Europe/Berlin")));

    assertEquals("2018-06-17T04:28:40.868Z", time(ending));
    assertEquals(new HostPort("10.0.0.1", 40_000), ending.client());
    assertEquals(new HostPort("10.0.0.2", 5672), ending.broker());
    assertEquals("u in v", whose(ending));
    assertNull(ending.connectionName());
    assertEquals("client unexpectedly closed TCP connection", ending.words());
  }

  @Test
  void shouldReadTextSince39AndFillInWhatWasSaidBefore() throws IOException {
    LoggedEnding ending = ending(TEXT_3_10);

    assertEquals("2026-11-21T00:10:13.066075Z", time(ending));
    assertEquals("u in v", whose(ending));
    assertEquals("missed heartbeats from client, timeout: 2s", ending.words());
  }

  @Test
  void shouldReadTextOf4WithItsOffsetAndNames() throws IOException {
    LoggedEnding ending = ending(TEXT_4);

    assertEquals("2026-11-20T22:10:13.066075Z", time(ending));
    assertEquals("orders (a)", ending.connectionName());
    assertEquals("u in v", whose(ending));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-11-21 00:10:13.066075+00:00\"",
        "\"2026-11-21T00:10:13.066075+00:00\"",
        "1795219813066075",
        "1795219813.066075"
      })
  void shouldReadJsonWhateverFormatItsTimesHave(String time) throws IOException {
    String line =
        "{\"time\":%s,\"level\":\"error\",\"msg\":\"closing AMQP connection <0.8.0> (10.0.0.1:40000 ->"
            + " 10.0.0.2:5672):\\n{handshake_timeout,frame_header}\",\"more\":{\"a\":[1]},\"pid\":\"<0.8.0>\"}\n";

    LoggedEnding ending = ending(line.formatted(time));

    assertEquals("2026-11-21T00:10:13.066075Z", time(ending));
    assertEquals("{handshake_timeout,frame_header}", ending.words());
  }

  @Test
  void shouldTellACloseThatWasAskedForFromALoss() throws IOException {
    LoggedEnding ending =
        ending(
            "2026-11-21 00:10:13.066075+00:00 [info] <0.8.0> closing AMQP connection <0.8.0>"
                + " (10.0.0.1:40000 -> 10.0.0.2:5672 - n, vhost: '/', user: 'guest')\n");

    assertTrue(!ending.isLoss());
    assertEquals("n", ending.connectionName());
  }

  @Test
  void shouldTellAnErrorOnceAndNotTheCloseAfterIt() throws IOException {
    String prefix = "2026-11-21 00:10:13.066075+00:00 [error] <0.8.0> ";
    LoggedEnding ending =
        ending(
            prefix
                + "Error on AMQP connection <0.8.0> (10.0.0.1:40000 -> 10.0.0.2:5672, vhost:"
                + " '/', user: 'u', state: running), channel 0:\n"
                + prefix
                + " operation none caused a connection exception connection_forced: \"x\"\n"
                + "2026-11-21 00:10:13.066080+00:00 [info] <0.8.0> closing AMQP connection"
                + " <0.8.0> (10.0.0.1:40000 -> 10.0.0.2:5672, vhost: '/', user: 'u')\n");

    assertEquals(
        "operation none caused a connection exception connection_forced: \"x\"", ending.words());
  }

  /** A program that ran on for longer left for another reason. */
  @Test
  void shouldCallAChannelsErrorTheCauseOfALeaveSoonAfterIt() throws IOException {
    LoggedEnding soon = ending(channelError("09:50:10").formatted("09:50:12"));
    LoggedEnding late = ending(channelError("09:50:10").formatted("09:50:40"));

    assertEquals("operation none caused a channel exception not_found", soon.channelError());
    assertEquals(
        "operation none caused a channel exception not_found; then client unexpectedly closed TCP"
            + " connection",
        soon.reason());
    assertNull(late.channelError());
    assertEquals("client unexpectedly closed TCP connection", late.reason());
  }

  private static String channelError(String time) {
    String channel = "2024-11-29 %s.030000+00:00 [error] <0.12409.25> ".formatted(time);
    String connection = "2024-11-29 %1$s.834000+00:00 [warning] <0.900.0> ";
    String ends = "<0.900.0> (10.0.0.1:40000 -> 10.0.0.2:5672, vhost: '/', user: 'u')";
    return channel
        + "Channel error on connection "
        + ends
        + ", channel 1:\n"
        + channel
        + "operation none caused a channel exception not_found\n"
        + connection
        + "closing AMQP connection "
        + ends
        + ":\n"
        + connection
        + "client unexpectedly closed TCP connection\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", duration: '16s'",
        ", vhost: '/', user: 'u'",
        ", vhost: '/', user: 'u', duration: '1M, 2s'",
        ""
      })
  void shouldEndANameWhereWhatTheBrokerAddsBegins(String added) throws IOException {
    String prefix = "2026-11-21 00:10:13.066075+00:00 [warning] <0.1727.0> ";
    LoggedEnding ending =
        ending(
            prefix
                + "closing AMQP connection <0.1727.0> (10.0.0.1:40000 -> 10.0.0.2:5672 - a, b (c)"
                + added
                + "):\n"
                + prefix
                + "lost\n");

    assertEquals("a, b (c)", ending.connectionName());
    assertEquals("lost", ending.words());
  }

  /** The entry that names the user names no address: the process joins the two. */
  @Test
  void shouldNameTheUserOfAContainerOfAmqp10() throws IOException {
    String log =
        """
        2026-11-21 00:10:12.000000+00:00 [info] <0.8.0> accepting AMQP connection 10.0.0.1:40000 -> 10.0.0.2:5672
        2026-11-21 00:10:12.100000+00:00 [info] <0.PID.0> Connection from AMQP 1.0 container 'c-1': user 'u' authenticated using SASL mechanism PLAIN and granted access to vhost 'v'
        2026-11-21 00:10:13.000000+00:00 [warning] <0.8.0> closing AMQP connection (10.0.0.1:40000 -> 10.0.0.2:5672, duration: '1s'):
        2026-11-21 00:10:13.000000+00:00 [warning] <0.8.0> client unexpectedly closed TCP connection
        """;

    assertEquals("u in v", whose(ending(log.replace("PID", "8"))));
    assertEquals("null in null", whose(ending(log.replace("PID", "9"))));
  }

  /** As RabbitMQ writes of health checks, which lose nothing. */
  @Test
  void shouldTakeWhatIsLoggedForDebuggingForAProbe() throws IOException {
    String log =
        """
        2026-11-21 00:10:13.0+00:00 [LEVEL] <0.8.0> closing AMQP connection <0.8.0> (10.0.0.1:40000 -> 10.0.0.2:5672):
        2026-11-21 00:10:13.0+00:00 [LEVEL] <0.8.0> connection_closed_with_no_data_received
        """;

    assertFalse(ending(log.replace("LEVEL", "debug")).isLoss());
    assertTrue(ending(log.replace("LEVEL", "warning")).isLoss());
  }

  @Test
  void shouldNameTheFilesOfWhichItUnderstandsNothing() throws IOException {
    Path strange = write("nginx.log", List.of("GET / HTTP/1.1", "{\"a\":1}"));
    Path empty = write("empty.log", List.of());
    Path quiet = write("quiet.log", List.of("2026-11-21 00:10:13.0+00:00 [info] <0.8.0> started"));

    BrokerLog log =
        BrokerLog.read(List.of(strange, empty, quiet), ZoneOffset.UTC, CaptureFiles::openFile);

    assertEquals(List.of(strange), log.strange());
  }

  @Test
  void shouldReadRotatedAndCompressedFilesInAnyOrder() throws IOException {
    Path first = gzip("rabbit.log.0.gz", TEXT_3_10.lines().limit(1).toList());
    Path second = write("rabbit.log", TEXT_3_10.lines().skip(1).toList());

    BrokerLog log = BrokerLog.read(List.of(second, first), ZoneOffset.UTC, CaptureFiles::openFile);

    assertEquals("u", log.endings().get(0).user());
  }

  @Test
  void shouldPassOverPrefixesAndColoursOfConsolesAndJournals() throws IOException {
    String journal =
        "Nov 21 01:10:13 host rabbitmq-server[77]: \u001b[38;5;214m2026-11-21 00:10:13.066075+00:00"
            + " [warning] <0.8.0> ";

    LoggedEnding ending =
        ending(
            journal
                + "closing AMQP connection <0.8.0> ([fd60:1::11]:48118 -> [fd60:5::20]:5672,"
                + " vhost: '/', user: 'guest'):\u001b[0m\n"
                + journal
                + "client unexpectedly closed TCP connection\u001b[0m\n");

    assertEquals(new HostPort("fd60:1::11", 48_118), ending.client());
    assertEquals("client unexpectedly closed TCP connection", ending.words());
  }

  @Test
  void shouldNotBeMisledByNamesThatClientsChoose() throws IOException {
    LoggedEnding ending =
        ending(
            "2026-11-21 00:10:13.066075+00:00 [warning] <0.8.0> closing AMQP connection <0.8.0>"
                + " (10.0.0.1:40000 -> 10.0.0.2:5672 - a, vhost: 'x', user: 'root'), vhost:"
                + " '/', user: 'guest'):\n2026-11-21 00:10:13.066075+00:00 [warning] <0.8.0>"
                + " lost\n");

    assertEquals("guest in /", whose(ending));
    assertEquals("a, vhost: 'x', user: 'root')", ending.connectionName());
  }

  @Test
  void shouldSurviveAnyBytes() throws IOException {
    Random random = new Random(7);
    byte[] bytes = (TEXT_3_8 + TEXT_3_10 + TEXT_4).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = bytes.clone();
      for (int j = 0; j < 40; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("damaged"), damaged);
      for (LoggedEnding ending :
          BrokerLog.read(List.of(file), ZoneOffset.UTC, CaptureFiles::openFile).endings()) {
        assertTrue(ending.nanos() >= -1 && ending.client().port() <= 65_535);
      }
    }
  }

  /** Looking up a name would ask a server in the network, and wait for it. */
  @Test
  void shouldTakeNoNameOfAHostForAnAddress() throws IOException {
    for (String name :
        List.of("[dead.beef]", "[cafe]", "[1.2.3.4]", "1.2.3", "[]", "[.]", "[.:1]")) {
      BrokerLog log =
          read(
              "2026-11-21 00:10:13.066075+00:00 [warning] <0.8.0> closing AMQP connection <0.8.0> ("
                  + name
                  + ":40000 -> 10.0.0.2:5672, vhost: '/', user: 'guest'):\n",
              ZoneOffset.UTC);

      assertEquals(List.of(), log.endings(), name);
    }
  }

  /** As a client may have it in the name of a connection or of a queue. */
  @Test
  void shouldNotBeMisledByEntriesThatClientsChoose() throws IOException {
    String forged = "closing AMQP connection <0.9.0> (10.6.6.6:1 -> 10.0.0.2:5672):";
    String ends = "<0.8.0> (10.0.0.1:40000 -> 10.0.0.2:5672";
    String since39 = "2026-11-21 00:10:13.066075+00:00 [error] <0.8.0> ";
    String before39 = "2026-11-21 00:10:13.066 [error] <0.8.0> ";
    String json = " - {\"pid\":\"<0.9.0>\",\"msg\":\"" + forged + "\"}";

    for (String log :
        List.of(
            since39 + "closing AMQP connection " + ends + json + "):\n" + since39 + "lost",
            since39 + "closing AMQP connection " + ends + "):\n" + since39 + forged,
            before39 + "closing AMQP connection " + ends + "):\n" + forged)) {
      assertEquals(new HostPort("10.0.0.1", 40_000), ending(log).client(), log);
    }
  }

  @Test
  void shouldReadJsonBehindAByteOrderMark() throws IOException {
    String json =
        "{\"time\":\"2026-11-21 00:10:13.066075+00:00\",\"pid\":\"<0.8.0>\",\"msg\":"
            + "\"closing AMQP connection <0.8.0> (10.0.0.1:40000 -> 10.0.0.2:5672)\"}";

    BrokerLog log = read("\ufeff" + json + "\n\ufeff\n", ZoneOffset.UTC);

    assertEquals(1, log.endings().size());
    assertEquals(0, log.linesLeftOut());
  }

  @Test
  void shouldKeepOfLongEntriesOnlyWhatIsShown() throws IOException {
    String name = "n".repeat(60_000);

    LoggedEnding ending =
        only(
            read(
                "2026-11-21 00:10:13.066075+00:00 [warning] <0.8.0> closing AMQP connection <0.8.0>"
                    + " (10.0.0.1:40000 -> 10.0.0.2:5672 - "
                    + name
                    + ", vhost: '/', user: 'guest'):\n",
                ZoneOffset.UTC));

    assertTrue(ending.connectionName() == null || ending.connectionName().length() <= 501);
  }

  @Test
  void shouldCountLinesOfJsonThatAreTooLongToBeRead() throws IOException {
    String time = "{\"time\":\"2026-11-21 00:10:13.066075+00:00\",\"pid\":\"<0.8.0>\",\"msg\":\"";
    String rest = "closing AMQP connection <0.8.0> (10.0.0.1:40000 -> 10.0.0.2:5672)";
    String fits = time + rest + "\"}\n";
    String tooLong = time + rest + " ".repeat(70_000) + "\"}\n";

    BrokerLog log = read(fits + tooLong + tooLong.strip(), ZoneOffset.UTC);

    assertEquals(1, log.endings().size());
    assertEquals(2, log.linesLeftOut());
    assertEquals(0, read(fits, ZoneOffset.UTC).linesLeftOut());
    assertEquals(0, read("x".repeat(70_000), ZoneOffset.UTC).linesLeftOut());
  }

  @Test
  void shouldNameTheFileThatCannotBeRead() {
    IOException missing =
        assertThrows(
            IOException.class,
            () ->
                BrokerLog.read(
                    List.of(Path.of("missing.log")), ZoneOffset.UTC, CaptureFiles::openFile));

    assertEquals("missing.log: no such file", missing.getMessage());
  }

  /** The only one in a log with times of UTC. */
  private LoggedEnding ending(String text) throws IOException {
    return only(read(text, ZoneOffset.UTC));
  }

  private BrokerLog read(String text, ZoneId zone) throws IOException {
    return BrokerLog.read(
        List.of(write("rabbit.log", text.lines().toList())), zone, CaptureFiles::openFile);
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private Path gzip(String name, List<String> lines) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static LoggedEnding only(BrokerLog log) {
    assertEquals(1, log.endings().size(), log.endings().toString());
    return log.endings().get(0);
  }

  /** User and virtual host. */
  private static String whose(LoggedEnding ending) {
    return ending.user() + " in " + ending.vhost();
  }

  private static String time(LoggedEnding ending) {
    return Instant.ofEpochSecond(ending.nanos() / 1_000_000_000L, ending.nanos() % 1_000_000_000L)
        .toString();
  }
}
