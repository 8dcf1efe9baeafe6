package io.rstscope.connections;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.amqp.Text;
import io.rstscope.net.NumericAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An object of the list: that of the management API, or of rabbitmqctl, which writes addresses and
 * versions as lists of numbers, and client properties as lists of name, type and value.
 */
final class ConnectionRow {
  /** All that is ever looked at. */
  private static final Set<String> COLUMNS =
      Set.of(
          "name",
          "user",
          "vhost",
          "timeout",
          "peer_host",
          "peer_port",
          "host",
          "port",
          "connected_at",
          "ssl",
          "protocol",
          "state",
          "user_provided_name");

  /** Which columns to ask the management API for. */
  static final String WANTED = "client_properties," + String.join(",", new TreeSet<>(COLUMNS));

  private static final Set<String> PROPERTIES =
      Set.of("product", "version", "platform", "connection_name");

  /** States of rabbit_reader.erl once connection.open-ok is sent. */
  private static final Set<String> OPEN = Set.of("running", "flow", "blocking", "blocked");

  private static final Pattern ENDS =
      Pattern.compile(
          "\\[?([0-9a-fA-F:.]+?)]?:(\\d{1,5}) -> \\[?([0-9a-fA-F:.]+?)]?:(\\d{1,5})\\b.*");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LATEST_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI;

  private final Map<String, String> columns = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  private ConnectionRow() {}

  /**
   * Reads the object that the parser is at the beginning of, to its end.
   *
   * @return null when it names no client's end
   */
  static ListedConnection read(JsonParser parser) throws IOException {
    ConnectionRow row = new ConnectionRow();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("client_properties")) {
        row.properties(parser, value);
      } else {
        keep(row.columns, COLUMNS, name, value(parser, value));
      }
    }
    return row.connection();
  }

  private static void keep(
      Map<String, String> values, Set<String> wanted, String name, String value) {
    if (value != null && wanted.contains(name)) {
      values.put(name, value);
    }
  }

  private void properties(JsonParser parser, JsonToken begin) throws IOException {
    if (begin == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        keep(properties, PROPERTIES, name, value(parser, parser.nextToken()));
      }
    } else if (begin == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        property(parser);
      }
    }
  }

  private void property(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    String name = value(parser, parser.nextToken());
    for (JsonToken next = parser.currentToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      keep(properties, PROPERTIES, String.valueOf(name), value(parser, next));
    }
  }

  /** Numbers of a list with commas between them; null for what is no value. */
  private static String value(JsonParser parser, JsonToken begin) throws IOException {
    if (begin == JsonToken.START_ARRAY) {
      StringJoiner numbers = new StringJoiner(",");
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (next == JsonToken.VALUE_NUMBER_INT && numbers.length() < Text.MAX_LENGTH) {
          numbers.add(parser.getText());
        }
        parser.skipChildren();
      }
      return numbers.toString();
    }
    parser.skipChildren();
    return begin != null && begin.isScalarValue() && begin != JsonToken.VALUE_NULL
        ? Text.of(parser.getText())
        : null;
  }

  private ListedConnection connection() {
    InetSocketAddress client = end("peer_host", "peer_port");
    InetSocketAddress broker = end("host", "port");
    Matcher ends = ENDS.matcher(columns.getOrDefault("name", ""));
    if (client == null && ends.matches()) {
      client = NumericAddress.key(ends.group(1), Integer.parseInt(ends.group(2)));
      broker = NumericAddress.key(ends.group(3), Integer.parseInt(ends.group(4)));
    }
    long millis = number("connected_at");
    return client == null
        ? null
        : new ListedConnection(
            client,
            broker,
            millis <= 0 || millis > LATEST_MILLIS ? -1 : millis * NANOS_PER_MILLI,
            columns.get("user"),
            known());
  }

  private InetSocketAddress end(String host, String port) {
    String address = columns.get(host);
    long number = number(port);
    if (address == null || number < 0 || number > 65_535) {
      return null;
    }
    return NumericAddress.key(dotted(address.split(","), address), (int) number);
  }

  private static String dotted(String[] parts, String address) {
    if (parts.length == 4) {
      return String.join(".", parts);
    }
    boolean groups = Arrays.stream(parts).allMatch(part -> NUMBER.matcher(part).matches());
    return parts.length == 8 && groups
        ? Arrays.stream(parts)
            .map(part -> Long.toHexString(Long.parseLong(part)))
            .collect(Collectors.joining(":"))
        : address;
  }

  private long number(String column) {
    String text = columns.getOrDefault(column, "");
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
  }

  private AmqpSnapshot known() {
    long heartbeat = number("timeout");
    String name = properties.getOrDefault("connection_name", columns.get("user_provided_name"));
    return AmqpSnapshot.known(
        protocol(),
        !isTls() && OPEN.contains(columns.getOrDefault("state", "")),
        heartbeat < 0 || heartbeat > 65_535 ? null : (Integer) (int) heartbeat,
        columns.get("vhost"),
        new ClientIdentity(
            properties.get("product"),
            properties.get("version"),
            properties.get("platform"),
            name));
  }

  private boolean isTls() {
    return columns.getOrDefault("ssl", "").equals("true");
  }

  private AmqpProtocol protocol() {
    if (isTls()) {
      return AmqpProtocol.TLS;
    }
    String version = columns.getOrDefault("protocol", "").replaceAll("[^0-9]+", "-");
    return version.endsWith("0-9-1")
        ? AmqpProtocol.AMQP_0_9_1
        : version.matches("-?1-0(-0)?") ? AmqpProtocol.AMQP_1_0 : AmqpProtocol.NONE;
  }
}
