package io.rstscope.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Statements that write flows as files of a store: by day and broker, those that were judged alike
 * side by side, of clients that are alike, in the order in which they ended. So their columns take
 * half the room, and a higher level of compression hardly more time.
 */
public final class FlowFiles {
  private static final String ALIKE =
      "ending.cause, list_transform(ending.evidence, lambda e: e.id),"
          + " list_transform(resets, lambda r: list_transform(r.evidence, lambda e: e.id)),"
          + " history, amqp.product, amqp.version, amqp.platform, amqp.heartbeat_s, ending.time";

  private static final String FORMAT = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 9";

  private static final String ADD = resource("add-flows.sql");

  private FlowFiles() {}

  private static String resource(String name) {
    try (InputStream in = FlowFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes what a commit adds: a file for each day, and for each broker that lost many on it.
   *
   * @param flows a table, or what stands for one in SQL
   * @param folder of the table {@code flows}
   */
  public static String added(String flows, long commit, Path folder) {
    return ADD.replace("{flows}", flows)
        .replace("{days}", Integer.toString(Store.MOST_DAYS))
        .replace("{many}", Integer.toString(Store.LARGE_PARTITION))
        .replace("{shared}", Engine.text(Store.SHARED))
        .replace("{order}", ALIKE)
        .replace("{format}", FORMAT)
        .replace("{commit}", Long.toString(commit))
        .replace("{folder}", Engine.text(folder.toString()));
  }

  /** Writes one file of one partition. */
  static String joined(String flows, Path file) {
    return "COPY (SELECT * FROM "
        + flows
        + " ORDER BY "
        + ALIKE
        + ") TO "
        + Engine.text(file.toString())
        + " ("
        + FORMAT
        + ")";
  }
}
