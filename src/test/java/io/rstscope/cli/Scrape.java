package io.rstscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metrics in the text format of Prometheus, a line each. */
record Scrape(List<String> lines) {
  static Scrape of(Path file) throws IOException {
    return new Scrape(Files.readAllLines(file));
  }

  /** Labels as they are written, from names in the order of the alphabet, each with its value. */
  static String labels(String... namesAndValues) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(namesAndValues[i]);
      text.append("=\"").append(namesAndValues[i + 1]).append('"');
    }
    return text.toString();
  }

  /** The values of a metric by their labels. */
  Map<String, Long> values(String metric) {
    Map<String, Long> values = new HashMap<>();
    for (String line : lines) {
      if (line.startsWith(metric + "{")) {
        int end = line.lastIndexOf("} ");
        String labels = line.substring(metric.length() + 1, end);
        values.put(labels, (long) Double.parseDouble(line.substring(end + 2)));
      }
    }
    return values;
  }

  /** The values of a metric by one of its labels. */
  Map<String, Long> sums(String metric, String label) {
    Pattern wanted = Pattern.compile("(?:^|,)" + label + "=\"([^\"]*)\"");
    Map<String, Long> sums = new HashMap<>();
    values(metric)
        .forEach(
            (labels, value) -> {
              Matcher found = wanted.matcher(labels);
              sums.merge(found.find() ? found.group(1) : "", value, Long::sum);
            });
    return sums;
  }

  /** What is left of one metric when another is taken away; without what is nothing then. */
  Map<String, Long> difference(String metric, String less) {
    Map<String, Long> left = values(metric);
    values(less).forEach((labels, value) -> left.merge(labels, -value, Long::sum));
    left.values().removeIf(value -> value == 0);
    return left;
  }
}
