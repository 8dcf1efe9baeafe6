package io.rstscope.report.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a record as a tree, made from the one table of them: from it follow the JSON Schema
 * and the columns of a table.
 */
public final class RecordTree {
  /** Objects and lists that are null or absent as a whole where there is nothing to say. */
  private static final Set<String> MAY_BE_NULL =
      Set.of(
          "amqp",
          "amqp.close",
          "broker_log",
          "broker_logs",
          "other_sides",
          "host_tcp",
          "timer_witness");

  private static final String LIST = "[]";

  private final String path;
  private final Map<String, RecordTree> parts = new LinkedHashMap<>();
  private boolean list;
  private Field field;

  private RecordTree(String path) {
    this.path = path;
  }

  /** The record of that type. */
  public static RecordTree of(RecordType type) {
    RecordTree root = new RecordTree("");
    for (Field field : Field.values()) {
      if (field.isIn(type)) {
        root.add(field);
      }
    }
    return root;
  }

  private void add(Field field) {
    RecordTree at = this;
    for (String name : field.word().split("\\.")) {
      boolean ofList = name.endsWith(LIST);
      at = at.part(name.replace(LIST, ""));
      at.list |= ofList;
    }
    at.field = field;
  }

  private RecordTree part(String name) {
    return parts.computeIfAbsent(
        name, key -> new RecordTree(path.isEmpty() ? key : path + "." + key));
  }

  /** Where it is in the record: the names of its parts with dots between. */
  public String path() {
    return path;
  }

  /** Its parts by their names; none of a value. */
  public Map<String, RecordTree> parts() {
    return parts;
  }

  /** The part of that name, or null when there is none. */
  public RecordTree get(String name) {
    return parts.get(name);
  }

  /** Whether it is an object, or a list of such: what has parts. */
  public boolean isObject() {
    return !parts.isEmpty();
  }

  /** Whether it is a list of objects. */
  public boolean isList() {
    return list;
  }

  /** Whether it may be null, or absent. */
  boolean isOptional() {
    return isObject() ? MAY_BE_NULL.contains(path) : field.type().isOptional();
  }

  /** The type of a value; null of an object that has no explanation of its own. */
  public FieldType type() {
    return field == null ? null : field.type().known();
  }

  /** What it means, or null. */
  String explanation() {
    return field == null ? null : field.explanation();
  }

  /** The parts that are always there. */
  List<String> required() {
    List<String> required = new ArrayList<>();
    parts.forEach(
        (name, part) -> {
          if (!part.isOptional()) {
            required.add(name);
          }
        });
    return required;
  }
}
