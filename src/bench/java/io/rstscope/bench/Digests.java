package io.rstscope.bench;

import io.rstscope.cli.Run;
import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import io.rstscope.testing.mutants.CaptureFormat;
import io.rstscope.testing.mutants.FileNoise;
import io.rstscope.testing.mutants.Mutants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Prints a digest of all outputs for each capture of the project, each damaged one and many
 * mutants: those of two builds are equal where nothing may have changed.
 */
final class Digests {
  private static final Map<String, UnaryOperator<List<Recorded>>> DAMAGES = new LinkedHashMap<>();

  static {
    DAMAGES.put("client only", Damage.oneDirection(true));
    DAMAGES.put("broker only", Damage.oneDirection(false));
    DAMAGES.put("late", Damage.lateStart(3));
    DAMAGES.put("control only", Damage.controlOnly());
    DAMAGES.put("headers only", Damage.headersOnly());
    DAMAGES.put("snap length", Damage.snapLength(96));
    DAMAGES.put("twice", Damage.twice(1_000));
    DAMAGES.put("behind a router", Damage.twiceBehindRouter());
    DAMAGES.put("clock back", Damage.clockStep(-5));
    DAMAGES.put("joined", Damage.offload(true));
    DAMAGES.put("no timestamps", Damage.withoutTimestamps());
    DAMAGES.put("no identification", Damage.ipId(0));
  }

  private static final String[][] OUTPUTS = {
    {"--format", "text", "-v"},
    {"--format", "json", "--all-flows"},
    {"--format", "csv"}
  };

  private final Path file;
  private final Path html;
  private final MessageDigest whole = sha256();

  private Digests(Path folder) {
    file = folder.resolve("capture");
    html = folder.resolve("report.html");
  }

  /**
   * Prints a digest of all outputs for each capture and mutant.
   *
   * @param args number of mutants, seed
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("digests");
    Digests digests = new Digests(folder);
    digests.ofCaptures();
    digests.ofMutants(Integer.parseInt(args[0]), Long.parseLong(args[1]));
    System.out.println(HexFormat.of().formatHex(digests.whole.digest()) + "  all");
  }

  private void ofCaptures() throws IOException {
    try (Stream<Path> files = Files.list(Run.CAPTURES)) {
      for (Path capture : files.filter(Digests::isCapture).sorted().toList()) {
        print(capture.getFileName().toString(), Files.readAllBytes(capture));
        List<Recorded> packets = Recorded.read(capture);
        for (Map.Entry<String, UnaryOperator<List<Recorded>>> damage : DAMAGES.entrySet()) {
          List<Recorded> damaged = damage.getValue().apply(packets);
          if (!damaged.isEmpty()) {
            print(
                capture.getFileName() + ", " + damage.getKey(), Recorded.capture(damaged).bytes());
          }
        }
      }
    }
  }

  private static boolean isCapture(Path file) {
    return file.toString().matches(".*\\.pcap(ng)?");
  }

  private void ofMutants(int count, long seed) throws IOException {
    Mutants mutants = new Mutants(Run.CAPTURES, seed);
    for (int number = 0; number < count; number++) {
      Random random = new Random(number);
      CaptureFormat format = CaptureFormat.any(random);
      byte[] written = format.write(mutants.get(number, format.linkType()).packets());
      print("mutant " + number, FileNoise.any(written, random));
    }
  }

  private void print(String name, byte[] capture) throws IOException {
    Files.write(file, capture);
    MessageDigest digest = sha256();
    for (String[] output : OUTPUTS) {
      take(digest, Run.of(arguments(output)));
    }
    if (name.hashCode() % 10 == 0) {
      Files.deleteIfExists(html);
      take(digest, Run.of("analyze", "--html", html, file));
      digest.update(Files.exists(html) ? Files.readAllBytes(html) : new byte[0]);
    }
    byte[] sum = digest.digest();
    whole.update(sum);
    System.out.println(HexFormat.of().formatHex(sum) + "  " + name);
  }

  private Object[] arguments(String[] output) {
    return Stream.of(Stream.of("analyze"), Stream.of(output), Stream.of(file.toString()))
        .flatMap(each -> each)
        .toArray();
  }

  /** The folder's name is another in each run. */
  private void take(MessageDigest digest, Run run) {
    String folder = file.getParent().toString();
    String text = run.status() + "\n" + run.out() + "\n" + run.err();
    digest.update(text.replace(folder, "").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
