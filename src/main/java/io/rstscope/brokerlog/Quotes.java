package io.rstscope.brokerlog;

/** Fields of CSV in quotes (RFC 4180): a quote in one is doubled. */
final class Quotes {
  private static final String DOUBLED = "\"\"";

  private Quotes() {}

  /** What stands before the closing quote; all when there is none. */
  static String content(String field) {
    int end = end(field);
    return (end < 0 ? field : field.substring(0, end)).replace(DOUBLED, "\"");
  }

  /** Whether the closing quote is there. */
  static boolean isClosed(String field) {
    return end(field) >= 0;
  }

  private static int end(String field) {
    for (int i = field.indexOf('"'); i >= 0; i = field.indexOf('"', i + 2)) {
      if (!field.startsWith(DOUBLED, i)) {
        return i;
      }
    }
    return -1;
  }
}
