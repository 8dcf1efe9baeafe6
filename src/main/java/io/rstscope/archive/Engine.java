package io.rstscope.archive;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The embedded engine, DuckDB: an empty database in memory that reads and writes Parquet. Its
 * driver lies in {@code fleet} beside the program's {@code lib}, where the package rstscope-fleet
 * puts it, or on the class path. It loads nothing from a network. Used by one thread.
 */
public final class Engine implements AutoCloseable {
  private static final String URL = "jdbc:duckdb:";
  private static final String FOLDER = "fleet";

  private static final String HOW =
      "archive and fleet need DuckDB, which the package rstscope-fleet brings: install"
          + " rstscope-fleet_*.deb, or unpack rstscope-fleet-*.tar.gz over this distribution";

  /** Takes a row of a result. */
  public interface Row {
    /** The result stands at the row. */
    void accept(ResultSet row) throws SQLException;
  }

  private final Connection connection;

  private Engine(Connection connection) {
    this.connection = connection;
  }

  /**
   * Starts it.
   *
   * @param threads 1 or more
   * @param megabytes that it may take; what needs more goes to files in {@code spill}
   * @param spill a folder for these, made when there are any
   * @throws EngineMissingException when it is not installed, or does not start here
   */
  public static Engine start(int threads, long megabytes, Path spill) throws IOException {
    Driver driver = driver();
    try {
      Connection connection = driver.connect(URL, new Properties());
      Engine engine = new Engine(connection);
      engine.execute("SET threads = " + threads);
      engine.execute("SET memory_limit = '" + megabytes + "MB'");
      engine.execute("SET temp_directory = " + text(spill.toString()));
      engine.execute("SET autoinstall_known_extensions = false");
      engine.execute("SET autoload_known_extensions = false");
      engine.execute("SET enable_progress_bar = false");
      engine.execute("SET parquet_metadata_cache = true");
      return engine;
    } catch (SQLException | LinkageError | IllegalStateException e) {
      throw new EngineMissingException("DuckDB does not start: " + reason(e), e);
    }
  }

  private static Driver driver() throws EngineMissingException {
    try {
      for (Driver driver : ServiceLoader.load(Driver.class, loader())) {
        if (driver.acceptsURL(URL)) {
          return driver;
        }
      }
    } catch (SQLException | LinkageError | java.util.ServiceConfigurationError e) {
      throw new EngineMissingException("DuckDB does not start: " + reason(e), e);
    } catch (IOException | URISyntaxException e) {
      throw new EngineMissingException(HOW, e);
    }
    throw new EngineMissingException(HOW, null);
  }

  /** Stays open as long as the program: classes may be loaded at any time. */
  private static ClassLoader loader() throws IOException, URISyntaxException {
    ClassLoader ours = Engine.class.getClassLoader();
    Path program =
        Path.of(Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path lib = program.getParent();
    Path folder = lib == null ? null : lib.resolveSibling(FOLDER);
    if (folder == null || !Files.isDirectory(folder)) {
      return ours;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new URLClassLoader(
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .map(Engine::url)
              .toArray(URL[]::new),
          ours);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a statement.
   *
   * @throws IOException when it fails, such as on a full disk
   */
  public void execute(String sql) throws IOException {
    // a statement that has failed takes no other
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Runs a query.
   *
   * @param rows is given each row of the result, in its order
   * @throws IOException when it fails
   */
  public void query(String sql, Row rows) throws IOException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.accept(result);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static IOException failure(SQLException failure) {
    return new IOException(reason(failure), failure);
  }

  /** The first line that says something: the engine goes on about its statement. */
  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse(deepest.toString());
  }

  /** A string in SQL. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A list of strings in SQL. */
  public static String texts(Collection<String> values) {
    return values.stream().map(Engine::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * A table of Parquet files, columns of which may be missing where an older version wrote them.
   *
   * @param files one or more
   */
  public static String parquet(List<Path> files) {
    return parquet(files, true);
  }

  /**
   * A table of Parquet files that have the same columns. Where they have not, a query that names
   * one which a file lacks fails.
   *
   * @param files one or more
   */
  public static String sameColumns(List<Path> files) {
    return parquet(files, false);
  }

  private static String parquet(List<Path> files, boolean byName) {
    return "read_parquet("
        + texts(files.stream().map(Path::toString).map(Engine::literal).toList())
        + ", union_by_name = "
        + byName
        + ", hive_partitioning = false)";
  }

  /** A path in which nothing stands for other characters. */
  private static String literal(String path) {
    return path.replaceAll("([*?\\[])", "[$1]").replace(File.separatorChar, '/');
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
