package io.rstscope.report.text;

/** Emphasis on a terminal (ECMA-48, SGR); none elsewhere. */
enum Style {
  PLAIN(""),
  BOLD("1"),
  LOST("1;31"),
  HARMLESS("32");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String apply(String text, boolean colour) {
    return colour && this != PLAIN ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
