package io.rstscope.brokerlog;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Eight ends of connections, and the shapes in which logs with them are found. */
enum LogShapes {
  TEXT_SINCE_3_9(lines -> each(lines, Line::text39)),
  TEXT_OF_3_7(lines -> continued(lines, "")),
  REPORTS_OF_3_6(LogShapes::reports),
  CRLF(lines -> each(lines, line -> line.text39() + "\r")),
  COLOURS(lines -> each(lines, line -> "\u001b[38;5;214m" + line.text39() + "\u001b[0m")),
  JSON(lines -> objects(lines, "time", "msg")),
  JSON_OF_ELASTIC(lines -> objects(lines, "@timestamp", "message")),
  JSON_OF_ANY_NAMES(lines -> objects(lines, "moment", "m")),
  JSON_BEHIND_CRI(lines -> prefixed(objects(lines, "time", "msg"), cri())),
  JSON_BEHIND_COMPOSE(lines -> prefixed(objects(lines, "time", "msg"), "rabbitmq-1  | ")),
  JSON_IN_DOCKER(lines -> docker(objects(lines, "time", "msg"))),
  CRI_AND_3_9(lines -> prefixed(each(lines, Line::text39), cri())),
  CRI_AND_3_7(lines -> prefixed(continued(lines, ""), cri())),
  DOCKER_AND_3_9(lines -> docker(each(lines, Line::text39))),
  DOCKER_AND_3_7(lines -> docker(continued(lines, ""))),
  JOURNAL_AND_3_9(lines -> prefixed(each(lines, Line::text39), "Nov 29 09:20:01 mq rabbit[7]: ")),
  JOURNAL_AND_3_7(lines -> continued(lines, "Nov 29 09:20:01 mq rabbitmq-server[77]: ")),
  RFC_5424(lines -> prefixed(each(lines, Line::text39), "<30>1 2024-11-29T09:20:01Z mq r 7 - - ")),
  GREP_WITH_NAMES(lines -> prefixed(each(lines, Line::text39), "rabbit@mq.log:")),
  CSV_A_LINE(lines -> each(lines, line -> csv(line.text39()))),
  CSV_AN_ENTRY(lines -> entries(lines, entry -> csv(String.join("\n", text37(entry))))),
  INTERLEAVED(LogShapes::interleaved),
  NEWEST_FIRST(lines -> reversed(each(lines, Line::text39))),
  NEWEST_FIRST_OF_3_7(lines -> reversed(continued(lines, ""))),
  WITHOUT_TIMES(lines -> each(lines, line -> "[" + line.level + "] " + line.pid + " " + line.text)),
  WITHOUT_TIMES_AND_PROCESSES(lines -> entries(lines, entry -> bare(entry))),
  WITHOUT_PROCESSES(lines -> each(lines, line -> line.time39() + " [error] " + line.text)),
  EPOCH_SECONDS(lines -> each(lines, line -> line.seconds() + line.marks() + line.text)),
  EPOCH_MICROSECONDS(lines -> each(lines, line -> line.micros() + line.marks() + line.text)),
  HOST_NAMES(
      lines -> each(lines, line -> line.text39().replaceAll("10\\.1\\.2\\.(\\d+):", "ip-$1.lan:"))),
  UTF_16(lines -> each(lines, Line::text39), StandardCharsets.UTF_16),
  UTF_16_OF_WINDOWS(
      lines -> List.of("\ufeff" + String.join("\r\n", each(lines, Line::text39))),
      StandardCharsets.UTF_16LE),
  UTF_8_WITH_A_MARK(lines -> List.of("\ufeff" + String.join("\n", each(lines, Line::text39))));

  /** What is to be found in each of them: client, name, user, virtual host, words. */
  static final List<String> ENDINGS =
      List.of(
          "10.1.2.31:50001 null svc1@shop client unexpectedly closed TCP connection",
          "10.1.2.32:50002 null svc2@shop missed heartbeats from client, timeout: 10s",
          "10.1.2.33:50003 null svc3@/ client unexpectedly closed TCP connection",
          "10.1.2.34:50004 null svc4@/iap {writer,send_failed,timeout}",
          "10.1.2.35:50005 null null@null {handshake_timeout,handshake}",
          "10.1.2.36:50006 null null@null {bad_header,<<22,3,1,0,122,1,0,0>>}",
          "10.1.2.37:50007 null svc7@/ operation none caused a connection exception frame_error:"
              + " \"type 3, all octets = <<>>: {frame_too_large,1,2}\"",
          "10.1.2.38:50008 orders (a) svc8@/ client unexpectedly closed TCP connection");

  private static final List<Line> LINES = eight();

  private final Function<List<Line>, List<String>> shape;
  private final Charset charset;

  LogShapes(Function<List<Line>, List<String>> shape) {
    this(shape, StandardCharsets.UTF_8);
  }

  LogShapes(Function<List<Line>, List<String>> shape, Charset charset) {
    this.shape = shape;
    this.charset = charset;
  }

  byte[] log() {
    return (String.join("\n", shape.apply(LINES)) + "\n").getBytes(charset);
  }

  /** One line; the lines of an entry have one time. */
  private record Line(LocalDateTime time, String level, String pid, boolean first, String text) {
    String time39() {
      return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").format(time) + "+00:00";
    }

    String text39() {
      return time39() + marks() + text;
    }

    String marks() {
      return " [" + level + "] " + pid + " ";
    }

    String seconds() {
      return String.valueOf(time.toEpochSecond(ZoneOffset.UTC));
    }

    String micros() {
      return seconds() + "%06d".formatted(time.getNano() / 1_000);
    }
  }

  private static List<Line> eight() {
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      String ends = "10.1.2." + (30 + i) + ":5000" + i + " -> 10.1.9.20:5672";
      String vhost = List.of("", "shop", "shop", "/", "/iap", "", "", "/", "/").get(i);
      add(lines, i, i, "info", "accepting AMQP connection PID (" + ends + ")");
      if (i == 8) {
        add(
            lines,
            i,
            i,
            "info",
            "Connection PID (" + ends + ") has a client-provided name: orders (a)");
      }
      if (!vhost.isEmpty()) {
        String name = i == 8 ? " - orders (a)" : "";
        String user =
            "user 'svc" + i + "' authenticated and granted access to vhost '" + vhost + "'";
        add(lines, i, i + 1, "info", "connection PID (" + ends + name + "): " + user);
      }
    }
    String lost = "closing AMQP connection PID (10.1.2.3";
    for (int i : List.of(1, 3, 8)) {
      String name = i == 8 ? " - orders (a)" : "";
      String vhost = i == 1 ? "shop" : "/";
      String ends = i + ":5000" + i + " -> 10.1.9.20:5672" + name;
      String whose = ", vhost: '" + vhost + "', user: 'svc" + i + "'):";
      add(
          lines,
          i,
          14 + i,
          "warning",
          lost + ends + whose,
          "client unexpectedly closed TCP connection");
    }
    List<String> words =
        List.of(
            "missed heartbeats from client, timeout: 10s",
            "{writer,send_failed,timeout}",
            "{handshake_timeout,handshake}",
            "{bad_header,<<22,3,1,0,122,1,0,0>>}");
    for (int i : List.of(2, 4, 5, 6)) {
      String ends = i + ":5000" + i + " -> 10.1.9.20:5672):";
      add(lines, i, 20 + i, "error", lost + ends, words.get(i == 2 ? 0 : i - 3));
    }
    String seventh =
        "AMQP connection PID (10.1.2.37:50007 -> 10.1.9.20:5672, vhost: '/', user: 'svc7'";
    add(
        lines,
        7,
        30,
        "error",
        "Error on " + seventh + ", state: running), channel 0:",
        " operation none caused a connection exception frame_error:",
        "   \"type 3, all octets = <<>>: {frame_too_large,1,2}\"");
    add(lines, 7, 31, "info", "closing " + seventh + ")");
    return lines;
  }

  private static void add(
      List<Line> lines, int connection, int second, String level, String... texts) {
    LocalDateTime time = LocalDateTime.of(2024, 11, 29, 9, 20, second, 1_230_000);
    String pid = "<0.10" + connection * 11 + ".0>";
    for (String text : texts) {
      lines.add(new Line(time, level, pid, text == texts[0], text.replace("PID", pid)));
    }
  }

  private static List<String> each(List<Line> lines, Function<Line, String> form) {
    return lines.stream().map(form).toList();
  }

  private static List<String> entries(List<Line> lines, Function<List<Line>, String> form) {
    List<List<Line>> entries = new ArrayList<>();
    for (Line line : lines) {
      if (line.first) {
        entries.add(new ArrayList<>());
      }
      entries.get(entries.size() - 1).add(line);
    }
    return entries.stream().map(form).toList();
  }

  private static List<String> text37(List<Line> entry) {
    return continued(entry, "");
  }

  private static String bare(List<Line> entry) {
    return String.join("\n", each(entry, line -> line.text));
  }

  /** Only the first line of an entry has RabbitMQ's prefix. */
  private static List<String> continued(List<Line> lines, String transport) {
    DateTimeFormatter time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    return each(
        lines,
        line -> transport + (line.first ? time.format(line.time) + line.marks() : "") + line.text);
  }

  private static List<String> reports(List<Line> lines) {
    DateTimeFormatter time = DateTimeFormatter.ofPattern("d-MMM-uuuu::HH:mm:ss", Locale.ENGLISH);
    return entries(
        lines,
        entry ->
            "\n="
                + entry.get(0).level.toUpperCase(Locale.ROOT)
                + " REPORT==== "
                + time.format(entry.get(0).time)
                + " ===\n"
                + bare(entry));
  }

  private static List<String> objects(List<Line> lines, String time, String message) {
    return entries(
        lines,
        entry ->
            "{\"%s\":\"%s\",\"level\":\"%s\",\"%s\":\"%s\",\"line\":7,\"pid\":\"%s\",\"node\":\"rabbit@mq\"}"
                .formatted(
                    time,
                    entry.get(0).time39(),
                    entry.get(0).level,
                    message,
                    escaped(bare(entry)),
                    entry.get(0).pid));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String cri() {
    return "2024-11-29T09:20:59.000012345Z stdout F ";
  }

  private static List<String> prefixed(List<String> lines, String prefix) {
    return lines.stream().map(line -> prefix + line).toList();
  }

  private static List<String> docker(List<String> lines) {
    return lines.stream()
        .map(
            line ->
                "{\"log\":\"%s\\n\",\"stream\":\"stdout\",\"time\":\"2024-11-29T09:20:59.1Z\"}"
                    .formatted(escaped(line)))
        .toList();
  }

  private static String csv(String text) {
    return "\"2024-11-29T09:20:59Z\",\"" + text.replace("\"", "\"\"") + "\",\"mq\"";
  }

  private static List<String> reversed(List<String> lines) {
    List<String> reversed = new ArrayList<>(lines);
    Collections.reverse(reversed);
    return reversed;
  }

  /** The further lines of each entry come after the first line of the next one. */
  private static List<String> interleaved(List<Line> lines) {
    List<Line> mixed = new ArrayList<>(lines);
    for (int i = 0; i + 1 < mixed.size(); i++) {
      if (!mixed.get(i).first && !mixed.get(i).pid.equals(mixed.get(i + 1).pid)) {
        Collections.swap(mixed, i, i + 1);
        i++;
      }
    }
    return each(mixed, Line::text39);
  }
}
