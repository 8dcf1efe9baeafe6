package io.rstscope.brokerlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An object of JSON that holds an entry of the log, or one of its lines, under whatever names:
 * RabbitMQ renames its keys ({@code log.file.formatter.json.field_map}), and so do shippers.
 */
final class JsonLine {
  /** RabbitMQ's, Elastic's, docker's and the journal's, the most telling first. */
  private static final List<String> TIMES =
      List.of("time", "@timestamp", "timestamp", "ts", "date", "__REALTIME_TIMESTAMP");

  private static final List<String> TEXTS = List.of("msg", "message", "log", "MESSAGE", "text");
  private static final List<String> LEVELS = List.of("level", "log.level", "severity");

  private static final Pattern PID = Pattern.compile("<\\d+\\.\\d+\\.\\d+>");
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d.*");

  private final Map<String, String> values = new LinkedHashMap<>();

  private JsonLine() {}

  /** The object at the beginning of the text, or null when none is there. */
  static JsonLine of(JsonFactory json, String text) {
    JsonLine line = new JsonLine();
    try (JsonParser parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (int depth = 1; depth > 0; ) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return null;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token.isScalarValue() && parser.currentName() != null) {
          line.values.putIfAbsent(parser.currentName(), parser.getText());
        }
      }
    } catch (IOException e) {
      return null;
    }
    return line;
  }

  /** The message, or the line of text that a transport put here; null when there is none. */
  String text() {
    return values.values().stream()
        .filter(ConnectionLine::is)
        .findFirst()
        .orElseGet(() -> first(TEXTS));
  }

  /** Whether RabbitMQ wrote the object: it holds a whole entry, not a line. */
  boolean isEntry() {
    String text = text();
    return text != null && (pid() != null || ConnectionLine.is(text)) && !text.endsWith("\n");
  }

  /** The process that wrote it, or null. */
  String pid() {
    return values.values().stream()
        .filter(value -> PID.matcher(value).matches())
        .findFirst()
        .orElse(null);
  }

  /** Whether its level is debug. */
  boolean isDebug() {
    return "debug".equals(first(LEVELS));
  }

  /** When it was written, ns since 1970; -1 when it does not say. */
  long nanos(ZoneId zone) {
    String named = first(TIMES);
    if (named != null && LogTime.nanos(named, zone) >= 0) {
      return LogTime.nanos(named, zone);
    }
    return values.values().stream()
        .filter(value -> MOMENT.matcher(value).matches())
        .mapToLong(value -> LogTime.nanos(value, zone))
        .filter(nanos -> nanos >= 0)
        .findFirst()
        .orElse(-1);
  }

  private String first(List<String> names) {
    return names.stream().map(values::get).filter(each -> each != null).findFirst().orElse(null);
  }
}
