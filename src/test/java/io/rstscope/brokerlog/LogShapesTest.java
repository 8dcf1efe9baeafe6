package io.rstscope.brokerlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.capture.CaptureFiles;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One and the same eight ends of connections, in each shape in which logs come. */
class LogShapesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void shouldFindAllEightWithTheirWords(LogShapes shape) throws IOException {
    List<String> found =
        read(shape.log()).endings().stream().map(LogShapesTest::told).sorted().toList();

    List<String> expected = LogShapes.ENDINGS;
    if (shape == LogShapes.HOST_NAMES) {
      expected = expected.stream().map(each -> each.replace("10.1.2.", "ip-")).toList();
      expected = expected.stream().map(each -> each.replaceFirst(":", ".lan:")).toList();
    }
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }

  @ParameterizedTest
  @EnumSource
  void shouldJoinAllEightWithTheirPackets(LogShapes shape) throws IOException {
    LogCorrelation joined = join(shape.log(), lost(8));

    assertEquals(List.of(), joined.withoutEntry());
    assertEquals(8, joined.matched());
    assertEquals(shape == LogShapes.HOST_NAMES ? 8 : 0, joined.byPorts());
  }

  /** A name may be that of either; nothing in the log says of which. */
  @Test
  void shouldNotJoinANameWithTwoClientsOfThatPort() throws IOException {
    Talk twin = new Talk("10.1.7.7", 50_001, "10.1.9.20").open(60).socketReset(Side.CLIENT);

    Talk[] talks = {lost(1)[0], twin};

    assertEquals(0, join(LogShapes.HOST_NAMES.log(), talks).matched());
    assertEquals(1, join(LogShapes.TEXT_SINCE_3_9.log(), talks).matched());
  }

  /** The port was used again, and only times would say by whom. */
  @Test
  void shouldNotGuessBetweenTwoConnectionsWithoutTimes() throws IOException {
    Talk again = new Talk("10.1.2.31", 50_001, "10.1.9.20").pause(Duration.ofSeconds(30));
    Talk[] talks = {lost(1)[0], again.open(60).socketReset(Side.CLIENT)};

    assertEquals(0, join(LogShapes.WITHOUT_TIMES.log(), talks).matched());
  }

  private LogCorrelation join(byte[] log, Talk... talks) throws IOException {
    CaptureReport capture = Reports.capture("eight.pcap", talks);
    LogMatcher matcher = new LogMatcher(read(log), PortSet.parse("5672"));
    return matcher.match(
        capture.flows(), capture.quality().firstNanos(), capture.quality().lastNanos());
  }

  private static Talk[] lost(int connections) {
    return IntStream.rangeClosed(1, connections)
        .mapToObj(i -> new Talk("10.1.2." + (30 + i), 50_000 + i, "10.1.9.20"))
        .map(talk -> talk.open(60).pause(Duration.ofSeconds(2)).socketReset(Side.CLIENT))
        .toArray(Talk[]::new);
  }

  private BrokerLog read(byte[] log) throws IOException {
    Path file = Files.write(folder.resolve("rabbit.log"), log);
    return BrokerLog.read(List.of(file), ZoneOffset.UTC, CaptureFiles::openFile);
  }

  private static String told(LoggedEnding ending) {
    return ending.client()
        + " "
        + ending.connectionName()
        + " "
        + ending.user()
        + "@"
        + ending.vhost()
        + " "
        + ending.words();
  }
}
