package io.rstscope.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;

/**
 * Reads the notices of {@code rstscope watch --format json} as they come, and tells how long after
 * the reset each one came: from the kernel's time of the packet to the line that can be read.
 */
public final class NoticeLatency {
  private static final double[] PERCENTILES = {50, 90, 99, 100};

  private NoticeLatency() {}

  /** Reads standard input to its end. */
  public static void main(String[] arguments) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Histogram millis = new Histogram(3);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Instant read = Instant.now();
      JsonNode notice = json.readTree(line);
      if (notice.path("revision").asInt(-1) == 0 && !notice.get("resets").isEmpty()) {
        Instant reset = Instant.parse(notice.get("resets").get(0).get("time").asText());
        millis.recordValue(Math.max(0, Duration.between(reset, read).toMillis()));
      }
    }
    System.out.printf("  %d notices, ms after the reset:", millis.getTotalCount());
    for (double percentile : PERCENTILES) {
      System.out.printf(" p%.0f %d", percentile, millis.getValueAtPercentile(percentile));
    }
    System.out.println();
  }
}
