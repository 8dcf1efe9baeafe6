package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.PcapngFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cannot be read is told with its file, place and reason on standard error and by exit status
 * 3; what could be read is reported all the same.
 */
class BadInputTest {
  /** Where the captured length stands in the first record of a pcap file. */
  private static final int FIRST_CAPTURED_LENGTH = 24 + 8;

  /** Of the pcapng files that are written here. */
  private static final int SECTION_HEADER_LENGTH = 28;

  private static final byte[] PCAP = SampleCaptures.pcap();

  @TempDir private Path folder;

  @Test
  void shouldSayThatThereIsNoSuchFile() {
    Path missing = folder.resolve("missing.pcap");

    Run run = Run.of("analyze", missing);

    assertRefused(missing + ": no such file", run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''           | is empty",
        "hi           | cut short: it has only 2 bytes",
        "plain words  | is neither pcap nor pcapng: it begins with 70 6c 61 69 6e 20 77 6f; it is"
            + " text",
      })
  void shouldSayWhatAFileIsInsteadOfACapture(String content, String reason) throws IOException {
    Path file = write("file", content.getBytes(StandardCharsets.US_ASCII));

    Run run = Run.of("analyze", file);

    assertTrue(run.err().contains(file + ": "), run.err());
    assertRefused(reason, run);
  }

  @Test
  void shouldSayThatAFolderHoldsNoCapture() throws IOException {
    write("notes.txt", "none".getBytes(StandardCharsets.US_ASCII));

    assertRefused(folder + ": no capture in this folder", Run.of("analyze", folder));
  }

  @Test
  void shouldNotTakeAnEmptyNameForTheCurrentFolder() {
    assertRefused("'': is not a file name", Run.of("analyze", ""));
  }

  @Test
  void shouldSayThatAFileMustNotBeRead() throws IOException {
    Path file = write("secret.pcap", PCAP);
    Files.setPosixFilePermissions(file, Set.<PosixFilePermission>of());
    assumeTrue(!Files.isReadable(file), "permissions do not stop this user, who is root");

    assertRefused(file + ": permission denied", Run.of("analyze", file));
  }

  @Test
  void shouldSayThatReadingFailed() {
    Path memory = Path.of("/proc/self/mem");
    assumeTrue(Files.exists(memory), "only Linux has a file whose first byte cannot be read");

    assertRefused(memory + ": at byte 0: cannot be read: ", Run.of("analyze", memory));
  }

  @Test
  void shouldTakeACaptureWithoutPacketsForWhatItIs() throws IOException {
    Path file = write("header.pcap", Arrays.copyOf(PCAP, 24));

    Run text = Run.of("analyze", file);
    JsonNode summary = Run.of("analyze", "--format", "json", file).summary();

    assertAll(
        () -> assertEquals(0, text.status()),
        () -> assertEquals("", text.err()),
        () -> assertTrue(text.out().contains("header.pcap: 0 packets"), text.out()),
        () -> assertTrue(summary.get("complete").asBoolean()));
  }

  @Test
  void shouldSayThatAGzipIsDamaged() throws IOException {
    byte[] damaged = SampleCaptures.gzip(PCAP);
    damaged[damaged.length - 6] ^= 1;
    Path file = write("damaged.pcap.gz", damaged);

    Run run = Run.of("analyze", file);

    assertIncomplete("gzip data is damaged: its checksum differs", file, run);
    assertTrue(run.out().contains("2 RSTs"), run.out());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 300_000})
  void shouldNotBelieveALengthThatLies(int length) throws IOException {
    byte[] capture = PCAP.clone();
    ByteBuffer.wrap(capture).putInt(FIRST_CAPTURED_LENGTH, length);
    Path file = write("lies.pcap", capture);

    Run run = Run.of("analyze", file);

    assertIncomplete(Integer.toUnsignedString(length), file, run);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 13, Integer.MAX_VALUE, -4})
  void shouldNotBelieveABlockLengthThatLies(int length) throws IOException {
    byte[] capture = SampleCaptures.interfaces();
    ByteBuffer.wrap(capture).putInt(SECTION_HEADER_LENGTH + 4, length);
    Path file = write("lies.pcapng", capture);

    assertIncomplete("at byte " + SECTION_HEADER_LENGTH, file, Run.of("analyze", file));
  }

  @Test
  void shouldSayThatALinkTypeIsUnknown() throws IOException {
    int ieee80211 = 105;
    Path file =
        new PcapFile(ieee80211)
            .add(SampleCaptures.START_NANOS, Packets.ethernet().ipv4("10.0.0.1", "10.0.0.2"))
            .writeTo(folder.resolve("wlan.pcap"));

    Run run = Run.of("analyze", file);

    assertRefused(file + ": at byte 0: link type 105 is not supported", run);
  }

  @Test
  void shouldReadTheOtherInterfacesWhenTheLinkTypeOfOneIsUnknown() throws IOException {
    long start = SampleCaptures.START_NANOS;
    PcapngFile capture = new PcapngFile().addInterface(105, 9).addInterface(LinkType.ETHERNET, 9);
    capture.add(0, start, client()).add(1, start + 1, client().flags(Packets.RST));

    Run run = Run.of("analyze", write("two.pcapng", capture.bytes()));

    assertAll(
        () -> assertEquals(0, run.status()),
        () -> assertTrue(run.err().contains("interface 0 has link type 105"), run.err()),
        () -> assertTrue(run.out().contains("1 RST "), run.out()));
  }

  @Test
  void shouldReportThatTheClockRanBackwards() throws IOException {
    long start = SampleCaptures.START_NANOS;
    Path file =
        new PcapFile(LinkType.ETHERNET)
            .add(start, client().flags(Packets.SYN))
            .add(start - 5_000_000_000L, client())
            .add(start + 1, client().flags(Packets.RST))
            .writeTo(folder.resolve("clock.pcap"));

    Run text = Run.of("analyze", file);
    JsonNode capture = Run.of("analyze", "--format", "json", file).summary().get("captures").get(0);

    assertAll(
        () -> assertEquals(0, text.status(), text.err()),
        () ->
            assertTrue(
                text.out().replaceAll("\\s+", " ").contains("time ran backwards at 1 packet"),
                text.out()),
        () -> assertEquals(1, capture.get("times_backwards").asInt()));
  }

  @Test
  void shouldGoOnToTheOtherFilesWhenOneIsBad() throws IOException {
    Path bad = write("bad.pcap", Arrays.copyOf(PCAP, PCAP.length - 1));
    Path good = write("good.pcap", PCAP);
    Path missing = folder.resolve("missing.pcap");

    Run run = Run.of("analyze", "--format", "json", missing, bad, good);

    assertAll(
        () -> assertEquals(3, run.status()),
        () -> assertEquals(2, run.err().lines().count(), run.err()),
        () -> assertEquals(3, run.resets().size()),
        () -> assertFalse(run.summary().get("complete").asBoolean()),
        () -> assertEquals("no such file", problem(run, 0)),
        () -> assertTrue(problem(run, 1).contains("cut short"), problem(run, 1)),
        () -> assertEquals("null", problem(run, 2)));
  }

  @Test
  void shouldJudgeAResetThatIsAllThereIs() throws IOException {
    Path file =
        new PcapFile(LinkType.ETHERNET)
            .add(SampleCaptures.START_NANOS, client().flags(Packets.RST))
            .writeTo(folder.resolve("reset.pcap"));

    Run run = Run.of("analyze", file);

    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.out().replaceAll("\\s+", " ").contains("only the RST is in the capture"), run.out());
  }

  @Test
  void shouldSayWhatToDoWhenNothingIsOnThePort() throws IOException {
    Path file = write("other.pcap", PCAP);

    Run run = Run.of("analyze", "--port", "5671", file);

    assertEquals(0, run.status(), run.err());
    String unwrapped = run.out().replaceAll("\\s+", " ");
    assertTrue(
        unwrapped.startsWith(
            "No TCP packets on the broker's ports in other.pcap."
                + " 5672: 4 packets, AMQP by its number; add -p 5672"),
        run.out());
  }

  @Test
  void shouldTellWhatThePortsThatWereNotAskedForLookLike() {
    Path tls = Run.CAPTURES.resolve("tls-client-killed.broker.pcap");
    Path plain = Run.CAPTURES.resolve("client-abort.broker.pcap");

    assertTrue(
        unwrapped(Run.of("analyze", tls))
            .contains("5671: 145 packets, TLS to RabbitMQ; add -p 5671"));
    assertTrue(
        unwrapped(Run.of("analyze", "-p", "1", plain)).contains(" packets, AMQP; add -p 5672"));
  }

  private static String unwrapped(Run run) {
    return run.out().replaceAll("\\s+", " ");
  }

  private static String problem(Run run, int capture) {
    return run.summary().get("captures").get(capture).get("problem").asText();
  }

  private static Packets client() {
    return Packets.ethernet()
        .ipv4("10.0.0.1", "10.0.0.2")
        .tcp(SampleCaptures.CLIENT_PORT, SampleCaptures.BROKER_PORT);
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** Nothing at all could be read. */
  private static void assertRefused(String message, Run run) {
    assertAll(
        () -> assertEquals(3, run.status()),
        () -> assertTrue(run.err().contains(message), run.err()),
        () -> assertEquals(1, run.err().lines().count(), run.err()),
        () -> assertEquals("", run.out()));
  }

  /** Something could be read. */
  private static void assertIncomplete(String message, Path file, Run run) {
    assertAll(
        () -> assertEquals(3, run.status()),
        () -> assertTrue(run.err().startsWith("rstscope: " + file + ": at byte "), run.err()),
        () -> assertTrue(run.err().contains(message), run.err()),
        () -> assertEquals(1, run.err().lines().count(), run.err()),
        () ->
            assertTrue(
                run.out().contains("INCOMPLETE: " + file.getFileName() + " at byte "), run.out()));
  }
}
