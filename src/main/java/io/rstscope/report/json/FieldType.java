package io.rstscope.report.json;

/** What the value of a {@link Field} is: in JSON, and in a column of a table. */
public enum FieldType {
  TEXT,
  TEXT_OR_NULL,
  INTEGER,
  INTEGER_OR_NULL,
  NUMBER,
  NUMBER_OR_NULL,
  BOOLEAN,
  BOOLEAN_OR_NULL,
  /** RFC 3339 in UTC, with up to nine digits of a second. */
  TIME,
  TIME_OR_NULL,
  TEXTS,
  INTEGERS,
  INTEGERS_OR_NULL,
  /** An object of a whole number for each word of a vocabulary. */
  COUNTS,
  /**
   * {@code count}, and unless that is 0 {@code min}, {@code p50}, {@code p90}, {@code p99}, {@code
   * max}.
   */
  PERCENTILES,
  /** A record of type flow. */
  RECORD,
  /** A list of objects, whose fields are listed with paths of their own. */
  RECORDS;

  private static final String OR_NULL = "_OR_NULL";

  /** Whether it may be null, or absent. */
  boolean isOptional() {
    return name().endsWith(OR_NULL);
  }

  /** The same of a value that is there. */
  FieldType known() {
    return isOptional() ? valueOf(name().replace(OR_NULL, "")) : this;
  }
}
