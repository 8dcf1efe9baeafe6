package io.rstscope.connections;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** Finds the objects of connections in JSON, one at a time. */
final class ListReader {
  /** Names and properties are shorter. */
  private static final int LONGEST_TEXT = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
          .build();

  /**
   * What was read.
   *
   * @param rows of the list, those that name no client among them
   * @param pages of which it is one, as it says itself; 1 when it does not
   * @param problem why not all was read, or null
   */
  record Page(long rows, long pages, String problem) {}

  private final Predicate<ListedConnection> connections;
  private long rows;
  private long pages = 1;
  private long found;
  private boolean anyList;
  private boolean full;

  private ListReader(Predicate<ListedConnection> connections) {
    this.connections = connections;
  }

  /**
   * Gives all connections.
   *
   * @param connections takes each, and says whether there was room for it
   * @throws IOException when the bytes cannot be read
   */
  static Page read(InputStream in, Predicate<ListedConnection> connections) throws IOException {
    ListReader reader = new ListReader(connections);
    String problem;
    try (JsonParser parser = JSON.createParser(in)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      try {
        problem = reader.documents(parser);
      } catch (JsonProcessingException e) {
        problem = reader.explain(e);
      }
    } catch (CharConversionException e) {
      // Jackson takes zeros for UTF-32, and throws it for what is none
      problem = reader.explain(null);
    }
    return new Page(reader.rows, reader.pages, problem);
  }

  /** Several documents may follow each other, as those of several pages do. */
  private String documents(JsonParser parser) throws IOException {
    for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
      if (next == JsonToken.START_ARRAY) {
        list(parser);
      } else if (next == JsonToken.START_OBJECT) {
        page(parser);
      }
      if (full) {
        return "holds more connections than fit into memory";
      }
    }
    return anyList ? null : "is no list of connections in JSON";
  }

  private void page(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_ARRAY && name.equals("items")) {
        list(parser);
      } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("page_count")) {
        pages = parser.getValueAsLong();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void list(JsonParser parser) throws IOException {
    anyList = true;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY && next != null && !full;
        next = parser.nextToken()) {
      rows++;
      if (next == JsonToken.START_OBJECT) {
        add(ConnectionRow.read(parser));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void add(ListedConnection connection) {
    if (connection != null) {
      full = !connections.test(connection);
      found += full ? 0 : 1;
    }
  }

  /**
   * @param problem null when the bytes are no text
   */
  private String explain(JsonProcessingException problem) {
    JsonLocation at = problem == null ? null : problem.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    if (!anyList) {
      return "is no list of connections in JSON" + place;
    }
    String how =
        problem instanceof StreamConstraintsException ? "holds too long a text" : "breaks off";
    return how + place + (found == 0 ? "" : "; connections before that, which are used: " + found);
  }
}
