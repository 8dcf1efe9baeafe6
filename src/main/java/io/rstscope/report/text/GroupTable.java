package io.rstscope.report.text;

import io.rstscope.judge.sender.Sender;
import io.rstscope.net.HostPort;
import io.rstscope.report.model.EndingGroup;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of all ways in which connections ended, a row each. Where the hosts do not fit beside
 * the rest, as with IPv6, they stand in a second line.
 */
final class GroupTable {
  private static final List<String> HEADS =
      List.of("#", "LOST", "CAUSE", "ENDED BY", "CONF", "CLIENT", "BROKER", "IDLE");

  /** The first column of hosts, and how many there are. */
  private static final int HOSTS = 5;

  private static final int HOST_COLUMNS = 2;

  private final TextLines lines;
  private final boolean named;

  /**
   * @param named whether the capture is named, since there are several
   */
  GroupTable(TextLines lines, boolean named) {
    this.lines = lines;
    this.named = named;
  }

  void write(List<EndingGroup> groups) throws IOException {
    List<List<String>> rows = rows(groups, true);
    boolean oneLine = !named && width(rows, true) <= TextLines.WIDTH;
    if (!oneLine && !named) {
      List<List<String>> narrow = rows(groups, false);
      oneLine = width(narrow, true) <= TextLines.WIDTH;
      rows = oneLine ? narrow : rows;
    }
    for (int i = 0; i < rows.size(); i++) {
      lines.line(line(rows, i, oneLine), i == 0 ? Style.BOLD : Style.PLAIN);
      if (!oneLine && i > 0) {
        lines.paragraph("     ", hosts(groups.get(i - 1)));
      }
    }
    if (groups.stream().anyMatch(group -> !group.key().opened())) {
      lines.paragraph("  ", "(n) attempts to connect, not counted as lost");
    }
  }

  private static List<List<String>> rows(List<EndingGroup> groups, boolean withPort) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    for (int i = 0; i < groups.size(); i++) {
      rows.add(row(i + 1, groups.get(i), withPort));
    }
    return rows;
  }

  /**
   * @param withPort whether the port of the client is named where there is one
   */
  private static List<String> row(int number, EndingGroup group, boolean withPort) {
    EndingGroup.Key key = group.key();
    HostPort client = group.first().flow().client();
    return List.of(
        Integer.toString(number),
        key.opened() ? Long.toString(group.size()) : "(" + group.size() + ")",
        key.cause().word(),
        key.endedBy() == Sender.UNDETERMINED ? "-" : key.endedBy().word(),
        Format.twoDecimals(group.confidence().getAverage()),
        withPort && group.size() == 1 ? client.toString() : key.client(),
        key.broker().toString(),
        key.opened() ? Why.idleRange(group) : "");
  }

  private String hosts(EndingGroup group) {
    List<String> row = row(0, group, true);
    return row.get(HOSTS)
        + " -> "
        + row.get(HOSTS + 1)
        + (named ? ", in " + group.key().capture() : "");
  }

  private static boolean isShown(int column, boolean withHosts) {
    return withHosts || column < HOSTS || column >= HOSTS + HOST_COLUMNS;
  }

  private static int width(List<List<String>> rows, boolean withHosts) {
    int width = 0;
    for (int column = 0; column < HEADS.size(); column++) {
      width += isShown(column, withHosts) ? 2 + width(rows, column) : 0;
    }
    return width;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String line(List<List<String>> rows, int place, boolean withHosts) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < HEADS.size(); column++) {
      if (isShown(column, withHosts)) {
        String cell = rows.get(place).get(column);
        String pad = " ".repeat(width(rows, column) - cell.length());
        boolean number = column < 2;
        line.append("  ").append(number ? pad + cell : cell + pad);
      }
    }
    return line.toString().stripTrailing();
  }
}
