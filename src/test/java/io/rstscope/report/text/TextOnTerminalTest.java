package io.rstscope.report.text;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.LeftOut;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A report in text as a terminal shows it: its columns, and colours. */
class TextOnTerminalTest {
  private static final int WIDTH = 80;
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private static String coloured(CaptureReport... captures) {
    return Reports.write(out -> new TextReport(out, true, 0, false), captures);
  }

  private static String verbose(CaptureReport... captures) {
    return Reports.write(out -> new TextReport(out, false, 0, true), captures);
  }

  /** Columns by scripts, as another than our own count. */
  private static int columns(String line) {
    return line.codePoints().map(c -> c >= 0x1f300 || Character.isIdeographic(c) ? 2 : 1).sum();
  }

  private static void assertFits(String report) {
    for (String line : report.split("\n", -1)) {
      assertTrue(columns(line) <= WIDTH, () -> columns(line) + " columns: " + line);
      assertTrue(line.chars().noneMatch(c -> c < ' ' || c >= 0x7f && c < 0xa0), line);
    }
  }

  @Test
  void shouldFitEightyColumnsForEveryKindOfEnding() throws IOException {
    assertFits(verbose(Reports.labelled().toArray(CaptureReport[]::new)));
    assertFits(Reports.text(Samples.all()));
    assertFits(verbose(Samples.all(), Samples.all()));
  }

  @Test
  void shouldFitEightyColumnsWhateverNamesAddressesAndCountsAre() {
    Random random = new Random(11);
    int[] alphabet = {'a', '-', ' ', 0x1f407, 0x514e, 0xe9, 0x1b, 0x9b, '\n', 0x202e, 0x2028};
    for (int round = 0; round < 30; round++) {
      String product = name(random, alphabet);
      String address = "2001:db8:ffff:ffff:ffff:ffff:ffff:fff" + Integer.toHexString(round % 16);
      Talk far =
          new Talk(address, 65_535, "2001:db8:eeee:eeee:eeee:eeee:eeee:eeee")
              .open(60)
              .pause(Duration.ofDays(90))
              .data(Side.BROKER, AmqpBytes.heartbeat())
              .ttl(CLIENT, 63)
              .bareReset(CLIENT);
      CaptureReport capture =
          Reports.capture(
              name(random, alphabet), Samples.named(40_000, product, name(random, alphabet)), far);
      CaptureReport other = Reports.empty(name(random, alphabet), largest(name(random, alphabet)));

      assertFits(Reports.text(capture, other));
      assertFits(Reports.text(other));
      assertFits(COLOUR.matcher(coloured(capture, other)).replaceAll(""));
    }
  }

  private static CaptureQuality largest(String problem) {
    long n = Long.MAX_VALUE;
    return Reports.quality(n, n, n, new LeftOut(n, n, n, n, n), 0, n, n, n, n, n, n, n, n, problem);
  }

  private static String name(Random random, int[] alphabet) {
    int length = random.nextInt(200);
    return random
        .ints(length, 0, alphabet.length)
        .map(i -> alphabet[i])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void shouldUseColourOnlyWhenTold() {
    String plain = Reports.text(Samples.all());

    assertFalse(plain.contains("\u001b"));
    assertTrue(COLOUR.matcher(coloured(Samples.all())).find());
    assertEquals(plain, COLOUR.matcher(coloured(Samples.all())).replaceAll(""));
  }
}
