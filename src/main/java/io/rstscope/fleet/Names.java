package io.rstscope.fleet;

import io.rstscope.archive.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Texts of which connections have the same few: types of the engine, which groups and joins numbers
 * several times as fast, and hands them over. Their order is that of the texts.
 */
enum Names {
  CLIENT("client.address"),
  BROKER("broker_host"),
  CAUSE("ending.cause"),
  ENDED_BY("ending.ended_by"),
  EXPIRY("timer_witness.expiry");

  private final String column;

  Names(String column) {
    this.column = column;
  }

  /** Makes the types, of all connections; in one reading, as each opens each file. */
  static void collect(Engine engine) throws IOException {
    String columns =
        Arrays.stream(values())
            .map(names -> names.column + " AS " + names.type())
            .collect(Collectors.joining(", "));
    engine.execute("CREATE TEMPORARY TABLE names AS SELECT DISTINCT " + columns + " FROM flows");
    for (Names names : values()) {
      engine.execute(
          "CREATE TYPE %1$s AS ENUM (SELECT DISTINCT %1$s FROM names WHERE %1$s IS NOT NULL ORDER BY 1)"
              .formatted(names.type()));
    }
    engine.execute("DROP TABLE names");
  }

  /** In SQL: that column, as one of these. */
  String of(String text) {
    return "CAST(%1$s AS %2$s) AS %1$s".formatted(text, type());
  }

  /** The same, null where no connection has it. */
  String ifAny(String text) {
    return "TRY_CAST(%1$s AS %2$s) AS %1$s".formatted(text, type());
  }

  /** By their numbers, which {@code enum_code} says. */
  List<String> all(Engine engine) throws IOException {
    List<String> all = new ArrayList<>();
    engine.query(
        "SELECT unnest(enum_range(CAST(NULL AS " + type() + ")))",
        row -> all.add(row.getString(1)));
    return all;
  }

  private String type() {
    return name().toLowerCase(Locale.ROOT) + "_name";
  }
}
