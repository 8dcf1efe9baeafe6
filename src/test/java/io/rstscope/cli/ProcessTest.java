package io.rstscope.cli;

import static io.rstscope.cli.JavaProcess.collect;
import static io.rstscope.cli.JavaProcess.finish;
import static io.rstscope.cli.JavaProcess.program;
import static io.rstscope.cli.JavaProcess.text;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own: pipes, signals, locales, and which classes it loads. */
@Timeout(60)
class ProcessTest {
  private static final Path CAPTURE = Run.CAPTURES.resolve("proxy-idle-timeout.pcap");

  @TempDir private Path folder;

  @Test
  void shouldReadStandardInput() throws Exception {
    ProcessBuilder builder = program("analyze", "--format", "json", "-");

    Run run = finish(builder.redirectInput(CAPTURE.toFile()));

    assertEquals(0, run.status(), run.err());
    assertEquals("-", run.summary().get("captures").get(0).get("capture").asText());
    assertEquals(58, run.summary().get("captures").get(0).get("packets").asInt());
  }

  @Test
  void shouldNotReplaceTheFileThatIsItsStandardInput() throws Exception {
    Path capture = Files.copy(CAPTURE, folder.resolve("in.pcap"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), capture);
    for (Path output : List.of(capture, link)) {
      ProcessBuilder builder = program("analyze", "-", "--json", output.toString(), "--force");

      Run run = finish(builder.redirectInput(capture.toFile()));

      assertEquals(2, run.status(), run.err());
      assertTrue(run.err().contains("is input and output"), run.err());
      assertEquals(-1, Files.mismatch(CAPTURE, capture));
    }
  }

  @Test
  void shouldEndQuietlyWhenItsReaderHasSeenEnough() throws Exception {
    for (String format : List.of("text", "json", "csv")) {
      Process process = program("analyze", "--top", "0", "--format", format, manyResets()).start();

      process.getInputStream().read();
      process.getInputStream().close();

      assertEquals("", text(process.getErrorStream().readAllBytes()), format);
      assertEquals(0, process.waitFor(), format);
    }
  }

  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
  void shouldReportWhatCameBeforeASignal(String signal, int status) throws Exception {
    List<String> command = Interrupts.heeded(program("analyze", "--format", "json", "-").command());
    Process process = new ProcessBuilder(command).start();
    try (OutputStream pipe = process.getOutputStream()) {
      pipe.write(moreThanIsReadAhead());
      pipe.flush();

      signal(signal, process);

      Run run = collect(process);
      JsonNode capture = run.summary().get("captures").get(0);
      assertAll(
          () -> assertEquals(status, run.status()),
          () ->
              assertEquals(
                  "rstscope: ended by a signal: what was read until then is reported\n", run.err()),
          () -> assertFalse(run.summary().get("complete").asBoolean()),
          () -> assertEquals("stopped before its end", capture.get("problem").asText()),
          () -> assertTrue(capture.get("packets").asInt() > 0, "nothing of what came"));
    }
  }

  @Test
  void shouldSayThatItWaitsForAFifoAndEndWhenToldTo() throws Exception {
    Path fifo = fifo();
    for (List<String> arguments :
        List.of(
            List.of("analyze", fifo.toString()),
            List.of("analyze", "--csv", fifo.toString(), CAPTURE.toString()))) {
      Process process = program(arguments.toArray(String[]::new)).start();
      BufferedReader words = process.errorReader();

      String said = words.readLine();
      signal("TERM", process);

      assertTrue(said.startsWith("rstscope: " + fifo + ": waiting for what "), said);
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "waits for ever");
      assertEquals(143, process.exitValue());
    }
  }

  @Test
  void shouldSayNothingOfAFifoThatIsWrittenTo() throws Exception {
    Path fifo = fifo();
    ProcessBuilder writer = new ProcessBuilder("cp", CAPTURE.toString(), fifo.toString());
    Process writing = writer.start();

    Run run = finish(program("analyze", fifo.toString()));

    assertEquals(0, writing.waitFor());
    assertEquals(0, run.status());
    assertEquals("", run.err());
  }

  private Path fifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    return fifo;
  }

  @Test
  void shouldSayThatItsOutputCannotBeWritten() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "only Linux has /dev/full");
    for (List<String> command :
        List.of(
            List.of("analyze", CAPTURE.toString()),
            List.of("analyze", "--format", "csv", CAPTURE.toString()),
            List.of("explain"),
            List.of("--help"))) {
      ProcessBuilder builder = program(command.toArray(String[]::new));

      Run run = finish(builder.redirectOutput(full));

      assertEquals(3, run.status(), command + run.err());
      assertTrue(run.err().startsWith("rstscope: cannot write the output: "), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
  }

  @Test
  void shouldLoadNothingOfPcap4jOrJnaUnlessFiltering() throws Exception {
    String classes = classesLoadedBy("analyze", CAPTURE.toString());

    assertFalse(classes.contains("org.pcap4j"), "pcap4j is loaded");
    assertFalse(classes.contains("com.sun.jna"), "JNA is loaded");
  }

  @Test
  void shouldLoadNothingThatCouldSpeakToANetwork() throws Exception {
    String page = folder.resolve("page.html").toString();
    String classes = classesLoadedBy("analyze", "--html", page, CAPTURE.toString());

    assertFalse(classes.contains(" java.net.InetAddress"), "addresses may be looked up");
    assertFalse(classes.contains(" java.net.Socket"), "there may be connections");
    assertFalse(classes.contains(" sun.nio.ch.SocketChannel"), "there may be connections");
  }

  private String classesLoadedBy(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(program(arguments).command());
    command.add(1, "-Xlog:class+load:file=" + folder.resolve("classes") + ":none");

    Run run = finish(new ProcessBuilder(command));

    assertEquals(0, run.status(), run.err());
    String classes = Files.readString(folder.resolve("classes"));
    assertTrue(classes.contains("io.rstscope.flow.FlowTracker"), "the log has its classes");
    return classes;
  }

  @Test
  void shouldWriteUtf8WhateverTheLocale() throws Exception {
    ProcessBuilder builder = program("analyze", "-v", CAPTURE.toString());
    builder.environment().put("LC_ALL", "C");

    Run run = finish(builder);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains(" µs"), run.out());
    assertFalse(run.out().contains("?"), run.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"analyze -f tcp x", "interfaces", "watch -i lo --capture-with libpcap", "doctor"})
  void shouldSayInALineThatJnaHasNoFolderForItsLibrary(String arguments) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    List<String> options = List.of("-Djna.tmpdir=" + file.resolve("folder"));

    Run run = finish(program(options, arguments.split(" ")));

    assertEquals(4, run.status());
    String said = run.out() + run.err();
    assertTrue(said.contains("cannot be loaded: "), said);
    assertFalse(said.contains("\tat ") || said.contains("WARNING"), said);
  }

  /** More than a pipe holds. */
  private String manyResets() throws IOException {
    PcapFile file = new PcapFile(LinkType.ETHERNET);
    for (int port = 1_000; port < 3_000; port++) {
      Packets packet = Packets.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(port, 5672);
      file.add(SampleCaptures.START_NANOS + port, packet.flags(Packets.RST));
    }
    return file.writeTo(folder.resolve("many.pcap")).toString();
  }

  /** When a pipe has taken all of it, some packets have been analyzed. */
  private static byte[] moreThanIsReadAhead() {
    PcapFile file = new PcapFile(LinkType.ETHERNET);
    Packets packet =
        Packets.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(1_000, 5672).payload(new byte[1_400]);
    for (int i = 0; i < 3_000; i++) {
      file.add(SampleCaptures.START_NANOS + i, packet);
    }
    return file.bytes();
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
