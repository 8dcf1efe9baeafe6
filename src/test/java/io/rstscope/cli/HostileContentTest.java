package io.rstscope.cli;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Talk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send, from the packet to the last byte of output. */
class HostileContentTest {
  private static final String PASSWORD = "secret-pässword";
  private static final String BODY = "body of a message, card 4111-1111";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** All output, of both streams, of all flows with everything shown. */
  private String analyze(String format, Talk... talks) throws IOException {
    Path file = Talk.capture(talks).writeTo(folder.resolve("hostile.pcap"));
    if (format.equals("html")) {
      return page(file);
    }
    Console console = Console.of(out, new PrintStream(err, true, UTF_8), false, false);
    int status =
        CommandLineTool.run(
            console, "analyze", "-v", "--all-flows", "--format", format, file.toString());
    assertEquals(ExitStatus.DONE, status, () -> err.toString(UTF_8));
    return out.toString(UTF_8) + err.toString(UTF_8);
  }

  private String page(Path capture) throws IOException {
    Path page = folder.resolve("hostile.html");
    Run run = Run.of("analyze", "--all-flows", "--html", page, capture);
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    return Files.readString(page);
  }

  private static byte[] startOk(String name) {
    byte[] properties =
        AmqpBytes.bytes().property("product", name).property("connection_name", name).array();
    return AmqpBytes.connectionMethod(
        11,
        AmqpBytes.bytes()
            .table(properties)
            .shortString("PLAIN")
            .longString("\0user\0" + PASSWORD)
            .shortString("en_US")
            .array());
  }

  /** A login, a message to the broker and one to the client, then a reset. */
  private static Talk conversation(int port, int cutLoginAt) {
    byte[] login = startOk("orders");
    byte[] body = AmqpBytes.frame(3, 1, BODY.getBytes(UTF_8));
    return new Talk("10.0.1.1", port)
        .connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .data(CLIENT, Arrays.copyOf(login, cutLoginAt))
        .client(Arrays.copyOfRange(login, cutLoginAt, login.length))
        .broker(AmqpBytes.tune(60))
        .client(AmqpBytes.tuneOk(60), AmqpBytes.open("/"))
        .broker(AmqpBytes.openOk())
        .client(AmqpBytes.publish(0), body)
        .broker(AmqpBytes.deliver(0), body)
        .pause(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv", "html"})
  void shouldNeverShowASecretHoweverTheLoginIsCutIntoSegments(String format) throws IOException {
    byte[] login = startOk("orders");
    Talk[] talks = new Talk[login.length - 1];
    for (int i = 0; i < talks.length; i++) {
      talks[i] = conversation(40_000 + i, i + 1);
      talks[i].data(CLIENT, BODY.getBytes(UTF_8)).socketReset(i % 2 == 0 ? CLIENT : BROKER);
    }

    String output = analyze(format, talks);

    assertTrue(output.contains("orders"), "the login was read");
    String withoutAdvice = output.replace("password", "");
    for (String secret : new String[] {PASSWORD, "secret", "ssword", "user\0", BODY, "4111"}) {
      assertFalse(withoutAdvice.contains(secret), secret);
    }
  }

  @Test
  void shouldNeverWriteAPasswordOrAMessageToAnyFileNorShowItInALadder() throws IOException {
    Talk talk = conversation(40_000, 20);
    talk.packet(CLIENT, 0x14, packet -> packet.payload(BODY.getBytes(UTF_8)));
    Path capture = Talk.capture(talk).writeTo(folder.resolve("a.pcap"));
    Path files = Files.createDirectory(folder.resolve("files"));

    Run run =
        Run.of(
            "analyze",
            "--flow",
            "10.0.1.1:40000-10.0.0.2:5672",
            "--json",
            files.resolve("json"),
            "--csv",
            files.resolve("csv"),
            "--hgrm",
            files.resolve("hgrm"),
            "--pcapng",
            files.resolve("pcapng"),
            capture);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("|- basic.publish"), run.out());
    StringBuilder written = new StringBuilder(run.out());
    try (Stream<Path> all = Files.list(files)) {
      for (Path file : all.toList()) {
        written.append(Files.readString(file, ISO_8859_1));
      }
    }
    for (String secret : new String[] {"secret", "ssword", "user\0", "body of", "4111"}) {
      assertFalse(written.toString().contains(secret), secret);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv"})
  void shouldLetNoNameInTheBrokersLogSteerTheTerminal(String format) throws IOException {
    String name = "\u001b[2Jowned\u0007\u009b31m\u202egnirts\u0000";
    String prefix = "2026-11-20 17:38:31.000000+00:00 [warning] <0.1.0> ";
    Path log =
        Files.writeString(
            folder.resolve("rabbit.log"),
            prefix
                + "closing AMQP connection <0.1.0> (10.0.1.1:40000 -> 10.0.0.2:5672 - "
                + name
                + ", vhost: '"
                + name
                + "', user: '"
                + name
                + "'):\n"
                + prefix
                + name
                + "\n");
    Talk talk = new Talk().open(60).pause(Duration.ofSeconds(2)).socketReset(CLIENT);
    Path capture = Talk.capture(talk).writeTo(folder.resolve("a.pcap"));

    Run run = Run.of("analyze", "--format", format, "--broker-log", log, capture);

    assertTrue(run.out().contains("owned"), run.out());
    run.out()
        .replace("\r\n", "\n")
        .chars()
        .filter(c -> c != '\n')
        .forEach(c -> assertFalse(steers(c), () -> Integer.toHexString(c) + " in " + run.out()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv", "html"})
  void shouldNotShowAMessageThatAResetCarries(String format) throws IOException {
    Talk talk = conversation(40_000, 5);
    talk.packet(CLIENT, 0x14, packet -> packet.payload(BODY.getBytes(UTF_8)));

    assertFalse(analyze(format, talk).contains("4111"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv", "html"})
  void shouldLetNoNameSteerTheTerminal(String format) throws IOException {
    String name = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnirts\r\nforged line\u0000";
    Talk talk = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    talk.client(startOk(name)).broker(AmqpBytes.tune(60)).pause(Duration.ofSeconds(2));
    byte[] close = AmqpBytes.close(320, name, 0, 0);

    String output = analyze(format, talk.broker(close).socketReset(BROKER));

    assertTrue(output.contains("owned"), output);
    output
        .replace("\r\n", "\n")
        .chars()
        .filter(c -> c != '\n')
        .forEach(c -> assertFalse(steers(c), () -> Integer.toHexString(c) + " in " + output));
    assertTrue(output.lines().noneMatch(line -> line.startsWith("forged")), output);
  }

  private static boolean steers(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
  }

  @Test
  void shouldLetNoFileNameSteerTheTerminalInTheTextReport() throws IOException {
    Path file = Talk.capture(new Talk().open(60).socketReset(CLIENT)).writeTo(evilFile());

    CommandLineTool.run(
        Console.of(out, new PrintStream(err, true, UTF_8), false, false),
        "analyze",
        file.toString());

    assertTrue(out.toString(UTF_8).contains("evil"), out.toString(UTF_8));
    assertFalse(out.toString(UTF_8).contains("\u001b"));
  }

  private Path evilFile() {
    return folder.resolve("evil\u001b[2J.pcap");
  }
}
