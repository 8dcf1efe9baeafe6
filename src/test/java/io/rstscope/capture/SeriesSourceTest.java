package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_MICROSECONDS;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.net.FramePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesSourceTest {
  private final List<CaptureException> problems = new ArrayList<>();

  @TempDir private Path folder;

  private static byte[] capture(int... seconds) {
    CaptureBuilder builder = littleEndian().pcapHeader(PCAP_MICROSECONDS, 1);
    for (int second : seconds) {
      builder.pcapPacket(second, 0, 5, payload(5, second));
    }
    return builder.bytes();
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static List<Long> seconds(Reading reading) {
    return reading.times().stream().map(nanos -> nanos / 1_000_000_000).toList();
  }

  private List<String> reasons() {
    return problems.stream().map(CaptureException::reason).toList();
  }

  @Test
  void shouldReadFilesInTheOrderOfTheirFirstPackets() throws IOException {
    String last = write("ring0", capture(30, 31));
    String first = write("ring1", capture(10, 11, 12));
    String middle = write("ring2", capture(20));
    try (SeriesSource series = SeriesSource.open(List.of(last, first, middle), problems::add)) {
      Reading reading = Reading.of(series);

      assertEquals(List.of(10L, 11L, 12L, 20L, 30L, 31L), seconds(reading));
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), reading.frames());
      assertEquals(new FramePlace(first, 3), series.locate(3));
      assertEquals(new FramePlace(middle, 1), series.locate(4));
      assertEquals(new FramePlace(last, 2), series.locate(6));
      assertEquals(3 * 24 + 6 * 21, series.bytesRead());
    }
    assertEquals(List.of(), problems);
  }

  @Test
  void shouldNameTheFileBeingRead() throws IOException {
    String first = write("b", capture(1));
    String second = write("a", capture(2));
    CapturedPacket packet = new CapturedPacket();
    try (SeriesSource series = SeriesSource.open(List.of(first, second), problems::add)) {
      series.next(packet);
      assertEquals(first, series.name());
      series.next(packet);
      assertEquals(second, series.name());
    }
  }

  @Test
  void shouldReadOnAfterABadFile() throws IOException {
    byte[] cut = capture(10, 11);
    List<String> names =
        List.of(
            write("cut", Arrays.copyOf(cut, cut.length - 1)),
            write("text", new byte[] {'t', 'e', 'x', 't'}),
            write("empty", new byte[0]),
            write("header", capture()),
            folder.resolve("missing").toString(),
            folder.toString(),
            "-",
            write("good", capture(20)));
    try (SeriesSource series = SeriesSource.open(names, problems::add)) {
      assertEquals(List.of(10L, 20L), seconds(Reading.of(series)));
    }
    assertEquals(
        List.of(
            "is neither pcap nor pcapng: it begins with 74 65 78 74; it is text",
            "is empty",
            "no such file",
            "is a folder",
            "cannot be put in order: it can be read only once",
            "cut short inside a packet of 5 bytes"),
        reasons());
  }

  @Test
  void shouldKeepTheOrderGivenForFilesOfTheSameTime() throws IOException {
    String first = write("z", capture(5, 7));
    String second = write("a", capture(5, 6));
    try (SeriesSource series = SeriesSource.open(List.of(first, second), problems::add)) {
      assertEquals(List.of(5L, 7L, 5L, 6L), seconds(Reading.of(series)));
    }
  }

  @Test
  void shouldPassOnWarningsWithTheirFile() throws IOException {
    byte[] capture =
        littleEndian()
            .section()
            .interfaceDescription(127)
            .enhancedPacket(0, 1, 5, payload(5, 1))
            .bytes();
    String name = write("wifi", capture);
    try (SeriesSource series = SeriesSource.open(List.of(name), problems::add)) {
      assertEquals(
          List.of(
              name
                  + ": interface 0 has link type 127, which is not supported:"
                  + " its packets are not looked at"),
          Reading.of(series).warnings());
    }
  }

  @Test
  void shouldEndAtOnceWithoutAnyFile() {
    try (SeriesSource series = SeriesSource.open(List.of(), problems::add)) {
      assertEquals(List.of(), Reading.of(series).packets());
    }
  }
}
