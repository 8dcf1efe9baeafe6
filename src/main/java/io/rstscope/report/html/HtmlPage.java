package io.rstscope.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the parts of a page together: its frame, style and scripts are resources. */
final class HtmlPage {
  private static final List<String> LIBRARIES =
      List.of("chart.js/chart.umd.min.js", "chartjs-plugin-zoom/chartjs-plugin-zoom.min.js");
  private static final List<String> LICENCES =
      List.of("chart.js/LICENSE.md", "chartjs-plugin-zoom/LICENSE.md");

  /** Each uses what those before it define. */
  private static final List<String> SCRIPTS =
      List.of(
          "data.js",
          "charts.js",
          "time.js",
          "silence.js",
          "ladder.js",
          "detail.js",
          "table.js",
          "page.js");

  private final Writer out;

  HtmlPage(Writer out) {
    this.out = out;
  }

  /**
   * @param headline plain text
   * @param data from {@link ScriptJson}
   */
  void write(String headline, String data) throws IOException {
    String style = resource("page.css");
    String libraries = join(LIBRARIES);
    String script = "(() => {\n\"use strict\";\n" + join(SCRIPTS) + "})();\n";
    String[] parts = resource("page.html").split("(?<=\\}\\})|(?=\\{\\{)");
    for (String part : parts) {
      out.write(
          switch (part) {
            case "{{policy}}" -> policy(style, libraries, script);
            case "{{headline}}" -> escaped(headline);
            case "{{style}}" -> style;
            case "{{data}}" -> data;
            case "{{libraries}}" -> libraries;
            case "{{script}}" -> script;
            case "{{licences}}" -> escaped(join(LICENCES));
            default -> part;
          });
    }
  }

  /**
   * The browser runs what we wrote and nothing else, and loads nothing (W3C, Content Security
   * Policy Level 3).
   */
  static String policy(String style, String... scripts) {
    StringBuilder policy =
        new StringBuilder("default-src 'none'; base-uri 'none'; form-action 'none'");
    policy.append("; style-src '").append(hash(style)).append("'");
    policy.append(scripts.length == 0 ? "" : "; script-src");
    for (String script : scripts) {
      policy.append(" '").append(hash(script)).append("'");
    }
    return policy.toString();
  }

  private static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String join(List<String> names) {
    return names.stream().map(HtmlPage::resource).collect(Collectors.joining("\n"));
  }

  /** Without references to source maps, which the page has not. */
  static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
