package io.rstscope.report.json;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of a table of records: a column for each field, objects as structs, lists as arrays.
 * Times become timestamps without a zone, in UTC, to the microsecond, which all engines read alike.
 */
public enum ColumnTypes {
  /** As in {@code CREATE TABLE} of DuckDB. */
  DUCKDB("VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP"),
  /** As in a schema string of Spark SQL. */
  SPARK("STRING", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP_NTZ");

  private final String text;
  private final String integer;
  private final String number;
  private final String truth;
  private final String time;

  ColumnTypes(String text, String integer, String number, String truth, String time) {
    this.text = text;
    this.integer = integer;
    this.number = number;
    this.truth = truth;
    this.time = time;
  }

  /** The type of each column of the record by its name, in the order of the fields. */
  public Map<String, String> of(RecordTree record) {
    return record.parts().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                part -> type(part.getValue()),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /** Of a column, or of a part of one. */
  public String type(RecordTree part) {
    if (!part.isObject()) {
      return type(part.type());
    }
    String struct = struct(of(part));
    return part.isList() ? array(struct) : struct;
  }

  /** Of a column that is a list of objects: their parts by name, with the types of these. */
  public String list(Map<String, FieldType> parts) {
    Map<String, String> types = new LinkedHashMap<>();
    parts.forEach((name, type) -> types.put(name, type(type)));
    return array(struct(types));
  }

  private String struct(Map<String, String> parts) {
    String between = this == SPARK ? ": " : " ";
    String fields =
        parts.entrySet().stream()
            .map(part -> name(part.getKey()) + between + part.getValue())
            .collect(Collectors.joining(", "));
    return this == SPARK ? "STRUCT<" + fields + ">" : "STRUCT(" + fields + ")";
  }

  /** Some are reserved words. */
  private String name(String name) {
    return this == SPARK ? "`" + name + "`" : "\"" + name + "\"";
  }

  private String array(String of) {
    return this == SPARK ? "ARRAY<" + of + ">" : of + "[]";
  }

  /** Of a column of such values. */
  public String type(FieldType type) {
    return switch (type) {
      case INTEGER -> integer;
      case NUMBER -> number;
      case BOOLEAN -> truth;
      case TIME -> time;
      case TEXTS -> array(text);
      case INTEGERS -> array(integer);
      case TEXT -> text;
      default ->
          throw new IllegalArgumentException(
              "no column for " + type.name().toLowerCase(Locale.ROOT));
    };
  }
}
