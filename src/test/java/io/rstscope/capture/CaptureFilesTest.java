package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_NANOSECONDS;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFilesTest {
  private static final byte[] PCAP =
      littleEndian().pcapHeader(PCAP_NANOSECONDS, 1).pcapPacket(1, 2, 9, payload(9, 1)).bytes();
  private static final byte[] PCAPNG =
      littleEndian()
          .section()
          .interfaceDescription(1)
          .enhancedPacket(0, 5, 9, payload(9, 1))
          .bytes();

  @TempDir private Path folder;

  private String write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static List<Long> times(String name) throws CaptureException {
    try (PacketSource source = CaptureFiles.open(name)) {
      return Reading.of(source).times();
    }
  }

  private static CaptureException refusal(String name) {
    return assertThrows(CaptureException.class, () -> CaptureFiles.open(name).close());
  }

  @Test
  void shouldTellFormatsApartByContent() throws IOException {
    assertEquals(List.of(1_000_000_002L), times(write("a.pcapng", PCAP)));
    assertEquals(List.of(5_000L), times(write("b", PCAPNG)));
    assertEquals(List.of(1_000_000_002L), times(write("c.pcap", GzipStreamTest.gzip(PCAP))));
    assertEquals(List.of(5_000L), times(write("d.gz", GzipStreamTest.gzip(PCAPNG))));
  }

  @Test
  void shouldCountTheBytesOfTheFileAsItLies() throws IOException {
    byte[] compressed = GzipStreamTest.gzip(PCAP);
    try (PacketSource source = CaptureFiles.open(write("a", compressed))) {
      Reading.of(source);
      assertEquals(compressed.length, source.bytesRead());
    }
  }

  @Test
  void shouldFollowSymbolicLinks() throws IOException {
    write("a.pcap", PCAP);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a.pcap"));

    assertEquals(List.of(1_000_000_002L), times(link.toString()));
  }

  @Test
  void shouldSayWhyAFileCannotBeOpened() throws IOException {
    CaptureException missing = refusal(folder.resolve("missing.pcap").toString());

    assertEquals("no such file", missing.reason());
    assertEquals(CaptureException.NO_OFFSET, missing.offset());
    assertEquals(folder.resolve("missing.pcap") + ": no such file", missing.getMessage());
    assertEquals("is a folder", refusal(folder.toString()).reason());
    assertEquals("is empty", refusal(write("empty", new byte[0])).reason());
    assertEquals("is not a file name", refusal("a\0b").reason());
    assertEquals("is not a file name", refusal("").reason());
  }

  @Test
  void shouldRefuseDevices() {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/zero")));

    assertEquals("is a device or a socket, not a file", refusal("/dev/zero").reason());
  }

  @Test
  void shouldSayThatReadingIsNotPermitted() throws IOException {
    String name = write("secret.pcap", PCAP);
    Assumptions.assumeTrue(Path.of(name).toFile().setReadable(false));
    Assumptions.assumeFalse(Files.isReadable(Path.of(name)), "root may read all");

    assertEquals("permission denied", refusal(name).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "28b52ffd00000000, 'it is compressed by zstd: decompress it, or pipe it in with zstd -dc'",
    "fd377a585a000004, 'it is compressed by xz: decompress it, or pipe it in with xz -dc'",
    "504b030414000000, 'it is a zip archive: unpack it'",
    "736e6f6f70000000, 'it is a snoop capture: convert it with editcap -F pcapng IN OUT'"
  })
  void shouldSayWhatItIsThatIsNoCapture(String content, String advice) throws IOException {
    String reason = refusal(write("x", HexFormat.of().parseHex(content))).reason();

    String shown = content.replaceAll("(..)(?!$)", "$1 ");
    assertEquals("is neither pcap nor pcapng: it begins with " + shown + "; " + advice, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "54520064 00000000 00000000, HP-UX nettl",
    "00000001 00000000 0007d000, HP-UX nettl",
    "5452534e 4946462064617461 20202020 1a010012, Sniffer",
    "58435000 3030312e 31303000, Sniffer (NetXRay)",
    "564c0000 00000000 00000000, Sniffer (NetXRay)",
    "01104c00 01055472 61636520, LANalyzer",
    "07104c00 01055472 61636520, LANalyzer",
    "aaaaaaaa 20000000 00000100, 5Views",
    "05564e46 12000000 6bbd006b, Visual Networks",
    "52545353 01010101 00ea070b, Network Monitor 1",
    "474d4255 00020100 ea070b00, Network Monitor 2"
  })
  void shouldNameOtherToolsCapturesAndHowToConvertThem(String content, String kind)
      throws IOException {
    byte[] bytes = hex(content);

    String advice = refusal(write("x", bytes)).reason().replaceAll(".*; it is an? ", "");

    assertEquals(kind + " capture: convert it with editcap -F pcapng IN OUT", advice);
  }

  @Test
  void shouldNotTakeTheBeginningOfAMagicForIt() throws IOException {
    String cut = refusal(write("x", hex("5452534e 49464620"))).reason();

    assertEquals(
        "is neither pcap nor pcapng: it begins with 54 52 53 4e 49 46 46 20; it is text", cut);
  }

  @Test
  void shouldCallATarInGzipATarToUnpack() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("x.pcap".getBytes(StandardCharsets.US_ASCII), 0, tar, 0, 6);
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);

    String advice = "; it is a tar archive: unpack it";
    assertTrue(refusal(write("x.tgz", GzipStreamTest.gzip(tar))).reason().endsWith(advice));
    assertTrue(refusal(write("x.tar", tar)).reason().endsWith(advice));
    tar[257] = 'U';
    assertFalse(refusal(write("x.bin", tar)).reason().endsWith(advice));
  }

  /** A file of ERF records has no magic: they have to follow each other. */
  @Test
  void shouldTakeRecordsThatFollowEachOtherForErf() throws IOException {
    String record = "00000080 6bbd006b 02 04 0018 0000 003c" + "00".repeat(8);
    String other = "00000080 6bbd006b 02 04 0000 0000 003c" + "00".repeat(8);
    String advice =
        "; it is probably an Endace ERF capture: convert it with editcap -F pcapng IN OUT";

    assertTrue(refusal(write("x.erf", hex(record + record))).reason().endsWith(advice));
    assertFalse(refusal(write("x.bin", hex(record + other))).reason().endsWith(advice));
  }

  @ParameterizedTest
  @CsvSource({
    "nettl, HP-UX nettl",
    "ngsniffer, Sniffer",
    "ngwsniffer_1_1, Sniffer (NetXRay)",
    "ngwsniffer_2_0, Sniffer (NetXRay)",
    "lanalyzer, LANalyzer",
    "5views, 5Views",
    "visual, Visual Networks",
    "netmon1, Network Monitor 1",
    "netmon2, Network Monitor 2",
    "snoop, snoop"
  })
  void shouldKnowWhatEditcapWrites(String format, String kind) throws Exception {
    String reason = refusal(Editcap.convert(write("x.pcap", PCAP), format)).reason();

    assertTrue(reason.contains(kind + " capture: convert it with editcap"), reason);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  @Test
  void shouldRecogniseTextAndShowWhatItDoesNotKnow() throws IOException {
    byte[] text = "Dear diary,\n".getBytes(StandardCharsets.US_ASCII);

    assertEquals(
        "is neither pcap nor pcapng: it begins with 44 65 61 72 20 64 69 61; it is text",
        refusal(write("text", text)).reason());
    assertEquals(
        "is neither pcap nor pcapng: it begins with 00 01 02 03",
        refusal(write("four", new byte[] {0, 1, 2, 3})).reason());
    assertEquals(
        "is neither pcap nor pcapng: it begins with 44 65 61 72 20 64 69 61; it is text",
        refusal(write("text.gz", GzipStreamTest.gzip(text))).reason());
  }

  @Test
  void shouldExpandAFolderToItsCapturesByName() throws IOException {
    String second = write("b", GzipStreamTest.gzip(PCAPNG));
    String first = write("a.cap", PCAP);
    write("notes.txt", "no capture".getBytes(StandardCharsets.US_ASCII));
    write("empty", new byte[0]);
    write("damaged.gz", new byte[] {0x1f, (byte) 0x8b, 9, 9});
    Files.createDirectory(folder.resolve("sub"));
    Files.write(folder.resolve("sub").resolve("deeper.pcap"), PCAP);

    assertEquals(List.of(first, second), CaptureFiles.expand(folder.toString()));
  }

  /** Who put it there takes it for a capture: that it is none is to be said. */
  @Test
  void shouldKeepWhatIsOnlyNamedLikeACapture() throws IOException {
    String empty = write("empty.PCAPNG", new byte[0]);
    String text = write("notes.pcap", "no capture".getBytes(StandardCharsets.US_ASCII));
    String damaged = write("z.cap.gz", new byte[] {0x1f, (byte) 0x8b, 9, 9});

    assertEquals(List.of(empty, text, damaged), CaptureFiles.expand(folder.toString()));
  }

  @Test
  void shouldLeaveOtherArgumentsAsTheyAre() throws CaptureException {
    assertEquals(List.of("-"), CaptureFiles.expand("-"));
    assertEquals(List.of("missing"), CaptureFiles.expand("missing"));
  }

  @Test
  void shouldRefuseAFolderWithoutCaptures() {
    CaptureException e =
        assertThrows(CaptureException.class, () -> CaptureFiles.expand(folder.toString()));

    assertEquals(folder + ": no capture in this folder", e.getMessage());
  }

  @Test
  void shouldReadAFifoAndNotWaitForOneInAFolder() throws Exception {
    Path fifo = folder.resolve("fifo");
    try {
      Assumptions.assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      Assumptions.abort("there is no mkfifo");
    }
    String file = write("a", PCAP);
    assertEquals(List.of(file), CaptureFiles.expand(folder.toString()));

    Thread writer =
        new Thread(
            () -> {
              try {
                Files.write(fifo, PCAPNG);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    assertTrue(Files.exists(fifo));
    assertEquals(List.of(5_000L), times(fifo.toString()));
    writer.join();
  }
}
