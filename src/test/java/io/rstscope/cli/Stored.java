package io.rstscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a store holds, read as other engines do: all files that lie in it. */
public record Stored(Path store) {
  static final String FLOWS = "flows/*/*/*.parquet";
  static final String CAPTURES = "captures/*.parquet";
  static final String FAILURES = "failures/*.parquet";

  /** What tells one connection of one capture from any other. */
  static final String EACH =
      "source || ' ' || client.address || ':' || client.port || ' ' || started || ' ' || history";

  /** A column of a table, as text, sorted. */
  List<String> column(String expression, String files) throws SQLException {
    return rows("SELECT " + expression + " FROM " + table(files) + " ORDER BY 1");
  }

  private String table(String files) {
    return "read_parquet('"
        + store.resolve(files)
        + "', union_by_name = true"
        + (files.startsWith("flows")
            ? ", hive_partitioning = true, hive_types = {'day': DATE, 'host': VARCHAR})"
            : ")");
  }

  /** All connections, as often as they are there. */
  List<String> connections() throws SQLException {
    return column(EACH, FLOWS);
  }

  private static List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  /** Writes a file of the store anew, with other columns. */
  void rewrite(Path file, String columns) throws SQLException, IOException {
    Path other = file.resolveSibling("other.tmp");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM read_parquet('%s', hive_partitioning = false)) TO '%s' (FORMAT parquet)"
              .formatted(columns, file, other));
    }
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The files of a table. */
  List<Path> files(String table) throws IOException {
    try (Stream<Path> files = Files.walk(store.resolve(table))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
