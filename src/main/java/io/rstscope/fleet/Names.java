package io.rstscope.fleet;

import io.rstscope.archive.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Texts of which connections have the same few: types of the engine, which groups and joins numbers
 * several times as fast, and hands them over. Their order is that of the texts.
 */
enum Names {
  CLIENT,
  BROKER_HOST,
  CAUSE,
  ENDED_BY,
  EXPIRY;

  /** Makes the types, of what the table {@code kinds} has in the columns of these names. */
  static void collect(Engine engine) throws IOException {
    for (Names names : values()) {
      engine.execute(
          "CREATE TYPE %1$s AS ENUM (SELECT DISTINCT %2$s FROM kinds WHERE %2$s IS NOT NULL ORDER BY 1)"
              .formatted(names.type(), names.column()));
    }
  }

  /** In SQL: the column of this name, as one of these. */
  String typed() {
    return "CAST(%1$s AS %2$s) AS %1$s".formatted(column(), type());
  }

  /** The same, null where no connection has it. */
  String typedIfAny() {
    return "TRY_CAST(%1$s AS %2$s) AS %1$s".formatted(column(), type());
  }

  /** By their numbers, which {@code enum_code} says. */
  List<String> all(Engine engine) throws IOException {
    List<String> all = new ArrayList<>();
    engine.query(
        "SELECT unnest(enum_range(CAST(NULL AS " + type() + ")))",
        row -> all.add(row.getString(1)));
    return all;
  }

  private String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String type() {
    return column() + "_name";
  }
}
