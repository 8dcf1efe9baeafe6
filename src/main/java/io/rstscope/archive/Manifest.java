package io.rstscope.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in a store: the file {@code manifest.json}.
 *
 * @param format of the store, 1 so far
 * @param commit how many commits there were; names of files begin with that of theirs
 * @param files all that belong to it
 */
public record Manifest(int format, long commit, List<DataFile> files) {
  /** Of the stores that this version writes. */
  public static final int FORMAT = 1;

  /** Of a store that is made. */
  public static final Manifest EMPTY = new Manifest(FORMAT, 0, List.of());

  /** The files of that table. */
  public List<DataFile> of(String table) {
    return files.stream().filter(file -> file.table().equals(table)).toList();
  }

  /** As the file has it. */
  public String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("format", format);
      json.writeNumberField("commit", commit);
      json.writeArrayFieldStart("files");
      for (DataFile file : files) {
        json.writeRaw("\n");
        json.writeStartObject();
        json.writeStringField("path", file.path());
        json.writeNumberField("bytes", file.bytes());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  /**
   * Reads it as the file has it.
   *
   * @throws IOException when it is no manifest, or of a format that this version does not know
   */
  public static Manifest parse(String text) throws IOException {
    int format = 0;
    long commit = 0;
    List<DataFile> files = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "format" -> format = json.nextIntValue(0);
          case "commit" -> commit = json.nextLongValue(0);
          case "files" -> files(json, files);
          default -> {
            json.nextToken();
            json.skipChildren();
          }
        }
      }
    }
    require(format > 0);
    if (format > FORMAT) {
      throw new IOException(
          "is of format "
              + format
              + ", of a newer rstscope; this one writes format "
              + FORMAT
              + ": update it, or archive the captures into another folder");
    }
    return new Manifest(format, commit, List.copyOf(files));
  }

  private static void files(JsonParser json, List<DataFile> files) throws IOException {
    require(json.nextToken() == JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String path = "";
      long bytes = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "path" -> path = json.nextTextValue();
          case "bytes" -> bytes = json.nextLongValue(0);
          default -> {
            json.nextToken();
            json.skipChildren();
          }
        }
      }
      // a path that leads out of the store is none of its files
      require(path != null && path.contains("/") && !path.startsWith("/") && !path.contains(".."));
      files.add(new DataFile(path, bytes));
    }
  }

  private static void require(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("is no manifest of a store");
    }
  }
}
