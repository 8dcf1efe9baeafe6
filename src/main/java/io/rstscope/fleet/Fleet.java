package io.rstscope.fleet;

import io.rstscope.archive.DataFile;
import io.rstscope.archive.Engine;
import io.rstscope.archive.Store;
import io.rstscope.judge.incident.AcrossBrokers;
import io.rstscope.judge.incident.AcrossBrokers.Part;
import io.rstscope.report.model.Table;
import io.rstscope.report.model.Table.Column;
import io.rstscope.report.words.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads an archive and says what it shows. Used by one thread. */
public final class Fleet {
  private static final long ENGINE_MEGABYTES = 300;

  /** Rows of a table on the page; the queries in {@code share/sql} have them all. */
  static final int MOST_ROWS = 20;

  /**
   * What to read.
   *
   * @param since the first day, or null
   * @param until the last day, or null
   */
  public record Options(Path store, LocalDate since, LocalDate until) {
    private boolean mayBeIn(DataFile file) {
      LocalDate day = file.day();
      return day == null
          || (since == null || !day.isBefore(since)) && (until == null || !day.isAfter(until));
    }
  }

  /** A page: its first sentence, and its tables. */
  public record Page(String headline, List<Table> tables) {}

  private final Engine engine;
  private final boolean failuresThere;

  private Fleet(Engine engine, boolean failuresThere) {
    this.engine = engine;
    this.failuresThere = failuresThere;
  }

  /**
   * Makes the page.
   *
   * @throws IOException when the archive or the engine cannot be used, in words for the user
   */
  public static Page page(Options options) throws IOException {
    try {
      return page(options, Engine::sameColumns);
    } catch (IOException e) {
      // an older version wrote some of the files, or some were replaced while they were read
      return page(options, Engine::parquet);
    }
  }

  private static Page page(Options options, Function<List<Path>, String> table) throws IOException {
    Store store = Store.read(options.store());
    try (Engine engine =
        Engine.start(
            Runtime.getRuntime().availableProcessors(),
            ENGINE_MEGABYTES,
            Path.of(System.getProperty("java.io.tmpdir")))) {
      Fleet fleet = new Fleet(engine, !store.files("failures").isEmpty());
      fleet.read(store, options, table);
      return fleet.page();
    }
  }

  /**
   * Of the days asked for; all when there are none, since a table without rows has columns, too.
   */
  private static List<Path> flows(Store store, Options options) {
    List<DataFile> all = store.manifest().of(Store.FLOWS);
    List<DataFile> some = all.stream().filter(options::mayBeIn).toList();
    return (some.isEmpty() ? all : some).stream().map(store::path).toList();
  }

  /** A query reads the columns that it names. */
  private void read(Store store, Options options, Function<List<Path>, String> table)
      throws IOException {
    List<Path> flows = flows(store, options);
    if (flows.isEmpty()) {
      throw new IOException(options.store() + ": no connection that was reset or lost is in it");
    }
    view(
        "flows",
        table.apply(flows),
        "coalesce(ending.time, last)",
        options,
        "coalesce(ending.time, last)");
    view("captures", Engine.parquet(store.files("captures")), "last", options, "first");
    if (failuresThere) {
      engine.execute(
          "CREATE TEMPORARY VIEW failures AS SELECT * FROM "
              + Engine.parquet(store.files("failures")));
    }
    kinds();
    Names.collect(engine);
    losses();
  }

  /** Connections that differ in names alone, and how long the longest idle one lived on. */
  private void kinds() throws IOException {
    engine.execute(
        "CREATE TEMPORARY TABLE kinds AS SELECT client.address AS client, broker_host,"
            + " ending.cause AS cause, ending.ended_by AS ended_by, timer_witness.expiry AS expiry,"
            + " max(longest_idle_s) AS idle_s FROM flows GROUP BY ALL");
  }

  /**
   * Found once for all tables, as each reading opens each file. Of what only tells captures from
   * each other there are digests.
   */
  private void losses() throws IOException {
    engine.execute(Sql.of("losses"));
    engine.execute(
        "CREATE TEMPORARY TABLE lost AS SELECT * REPLACE (%s, %s, %s, %s,"
                .formatted(
                    Names.CLIENT.typed(),
                    Names.BROKER_HOST.typed(),
                    Names.CAUSE.typed(),
                    Names.ENDED_BY.typed())
            + " hash(source) AS source, hash(sha256) AS sha256) FROM losses");
    engine.execute("DROP VIEW losses");
    engine.execute("ALTER TABLE lost RENAME TO losses");
  }

  /** Of what ended since the first day, and began until the last one. */
  private void view(String name, String table, String end, Options options, String begin)
      throws IOException {
    engine.execute(
        "CREATE TEMPORARY VIEW %s AS SELECT * FROM %s WHERE true%s%s"
            .formatted(
                name,
                table,
                options.since() == null
                    ? ""
                    : " AND %s >= DATE '%s'".formatted(end, options.since()),
                options.until() == null
                    ? ""
                    : " AND %s < DATE '%s'".formatted(begin, options.until().plusDays(1))));
  }

  private Page page() throws IOException {
    List<Table> tables = new ArrayList<>();
    tables.add(changed());
    tables.add(new Timers(engine).table());
    tables.add(incidents());
    tables.add(
        table(
            "By cause",
            "Why connections were lost, and who ended them.",
            "by-cause",
            text("cause"),
            text("ended by"),
            number("lost"),
            number("brokers"),
            text("first"),
            text("last")));
    tables.add(
        table(
            "By broker",
            "Where.",
            "by-broker",
            text("broker"),
            number("lost"),
            number("clients"),
            text("first"),
            text("last")));
    tables.add(
        table(
            "By path",
            "Between which hosts, and since when.",
            "by-path",
            text("client"),
            text("broker"),
            text("cause"),
            number("lost"),
            text("first"),
            text("last")));
    tables.add(
        table(
            "By application",
            "The name that clients give their connections, without its number; else their library.",
            "by-application",
            text("application"),
            text("user"),
            number("lost"),
            number("clients"),
            number("brokers")));
    tables.add(
        table(
            "By week",
            "Weeks begin on Monday, UTC.",
            "by-week",
            text("week"),
            number("lost"),
            number("brokers")));
    tables.add(
        table(
            "By hour of the day",
            "UTC. Idle timers expire in quiet hours.",
            "by-hour",
            number("hour"),
            number("lost"),
            number("brokers")));
    tables.add(failures());
    tables.add(twice());
    return new Page(headline(), tables);
  }

  /** A week of which the archive has some days only is none to compare with. */
  private Table changed() throws IOException {
    Column[] columns = {text("broker"), text("cause"), number("this week"), number("last week")};
    boolean[] covered = {false};
    engine.query(
        "SELECT least(min(CAST(ended AS DATE)), (SELECT min(CAST(first AS DATE)) FROM captures))"
            + " <= max(CAST(ended AS DATE)) - INTERVAL '13' DAY FROM losses",
        row -> covered[0] = row.getBoolean(1));
    return covered[0]
        ? table(
            "Changed since last week",
            "The last seven days with losses against the seven before, where the difference is more"
                + " than chance makes.",
            "changed",
            columns)
        : new Table(
            "Changed since last week",
            "What is read here begins less than two weeks before the last loss: there is no week to"
                + " compare with.",
            List.of(columns),
            List.of(),
            0);
  }

  private String headline() throws IOException {
    String[] total = new String[1];
    engine.query(
        "SELECT count(*), count(DISTINCT broker_host), CAST(min(ended) AS DATE),"
            + " CAST(max(ended) AS DATE) FROM losses",
        row ->
            total[0] =
                Format.count(row.getLong(1), "connection")
                    + " lost"
                    + (row.getLong(1) == 0
                        ? ""
                        : " at "
                            + Format.count(row.getLong(2), "broker")
                            + " from "
                            + row.getString(3)
                            + " to "
                            + row.getString(4)));
    List<String> causes = new ArrayList<>();
    engine.query(
        "SELECT cause, count(*) FROM losses GROUP BY cause ORDER BY 2 DESC, 1 LIMIT 3",
        row -> causes.add(Format.grouped(row.getLong(2)) + " " + row.getString(1)));
    return total[0] + (causes.isEmpty() ? "" : ": " + String.join(", ", causes));
  }

  static Column text(String head) {
    return new Column(head, false);
  }

  static Column number(String head) {
    return new Column(head, true);
  }

  private Table table(String title, String note, String query, Column... columns)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    long[] total = {0};
    engine.query(
        "SELECT *, count(*) OVER () FROM (" + Sql.of(query) + ") LIMIT " + limit(query),
        row -> {
          rows.add(cells(row, columns));
          total[0] = row.getLong(columns.length + 1);
        });
    return new Table(title, note, List.of(columns), rows, total[0] - rows.size());
  }

  /** All hours of a day, and the weeks of a year. */
  private static int limit(String query) {
    return query.equals("by-hour") || query.equals("by-week") ? 60 : MOST_ROWS;
  }

  private static List<String> cells(ResultSet row, Column... columns) throws SQLException {
    List<String> cells = new ArrayList<>();
    for (int i = 1; i <= columns.length; i++) {
      String text = row.getString(i);
      boolean time = columns[i - 1].head().equals("first") || columns[i - 1].head().equals("last");
      if (text == null) {
        text = "-";
      } else if (columns[i - 1].number() && !columns[i - 1].head().equals("hour")) {
        text = Format.grouped(row.getLong(i));
      } else if (time && text.length() > "2026-11-20 17:38".length()) {
        text = text.substring(0, "2026-11-20 17:38".length());
      }
      cells.add(text);
    }
    return cells;
  }

  private Table incidents() throws IOException {
    List<Part> parts = new ArrayList<>();
    engine.query(
        "SELECT broker_host, epoch_ns(first), epoch_ns(last), lost, cause FROM ("
            + Sql.of("incidents")
            + ")",
        row ->
            parts.add(
                new Part(
                    row.getString(1).intern(),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5).intern())));
    long[] span = {0};
    engine.query(
        "SELECT epoch_ns(max(last)) - epoch_ns(min(first)) FROM captures",
        row -> span[0] = row.getLong(1));
    List<List<Part>> found = AcrossBrokers.find(parts, span[0]);
    List<List<String>> rows = new ArrayList<>();
    for (int i = found.size() - 1; i >= 0 && rows.size() < MOST_ROWS; i--) {
      rows.add(incident(found.get(i)));
    }
    return new Table(
        "Incidents across brokers",
        "Incidents of two brokers or more within 5 s of each other, which chance does not explain;"
            + " the newest first.",
        List.of(
            text("time (UTC)"),
            number("brokers"),
            number("lost"),
            text("causes"),
            text("which brokers")),
        rows,
        found.size() - rows.size());
  }

  private static List<String> incident(List<Part> parts) {
    Map<String, Long> causes = new TreeMap<>();
    parts.forEach(part -> causes.merge(part.cause(), part.connections(), Long::sum));
    List<String> brokers = parts.stream().map(Part::broker).distinct().sorted().toList();
    return List.of(
        Format.readable(parts.get(0).firstNanos()),
        Integer.toString(brokers.size()),
        Format.grouped(parts.stream().mapToLong(Part::connections).sum()),
        String.join(", ", causes.keySet()),
        String.join(", ", brokers.subList(0, Math.min(8, brokers.size())))
            + (brokers.size() > 8 ? ", and more" : ""));
  }

  private Table twice() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    long[] total = {0};
    // records have no packets of their own
    engine.execute(
        "CREATE TEMPORARY TABLE notices AS"
            + " SELECT DISTINCT source FROM captures WHERE packets = 0 AND flows > 0");
    long[] notices = {0};
    engine.query("SELECT count(*) FROM notices", row -> notices[0] = row.getLong(1));
    if (notices[0] > 0) {
      twice(rows, total);
    }
    return new Table(
        "Archived twice",
        rows.isEmpty()
            ? "No connection is in a capture and in notices."
            : "These connections count twice: they are in a capture and in notices. Archive a"
                + " broker's captures or its notices, not both.",
        List.of(text("notices"), text("capture"), number("connections")),
        rows,
        total[0] - rows.size());
  }

  private void twice(List<List<String>> rows, long[] total) throws IOException {
    engine.query(
        "WITH"
            + " twice AS (SELECT notice.source AS notices, capture.source AS capture, count(*) AS lost"
            + " FROM (SELECT * FROM flows WHERE source IN (FROM notices)) notice"
            + " JOIN (SELECT * FROM flows WHERE source NOT IN (FROM notices)) capture"
            + " USING (started, client, broker) GROUP BY ALL)"
            + " SELECT notices, capture, lost, count(*) OVER () FROM twice"
            + " ORDER BY lost DESC, notices, capture LIMIT "
            + MOST_ROWS,
        row -> {
          rows.add(List.of(row.getString(1), row.getString(2), Format.grouped(row.getLong(3))));
          total[0] = row.getLong(4);
        });
  }

  private Table failures() throws IOException {
    long[] captures = {0, 0};
    engine.query(
        "SELECT count(*), count(*) FILTER (state = 'duplicate') FROM captures",
        row -> {
          captures[0] = row.getLong(1);
          captures[1] = row.getLong(2);
        });
    List<List<String>> rows = new ArrayList<>();
    long[] total = {0};
    if (failuresThere) {
      engine.query(
          "SELECT source, byte_offset, reason, count(*) OVER () FROM failures ORDER BY source LIMIT "
              + MOST_ROWS,
          row -> {
            rows.add(
                List.of(
                    row.getString(1),
                    row.getLong(2) < 0 ? "-" : Format.grouped(row.getLong(2)),
                    row.getString(3)));
            total[0] = row.getLong(4);
          });
    }
    String note =
        Format.count(captures[0], "capture")
            + (captures[1] == 0 ? "" : ", " + captures[1] + " with the content of another")
            + (total[0] == 0
                ? "; all were read to their ends."
                : "; these could not be read to their ends.");
    return new Table(
        "Captures",
        note,
        List.of(text("capture"), number("byte"), text("reason")),
        rows,
        total[0] - rows.size());
  }
}
