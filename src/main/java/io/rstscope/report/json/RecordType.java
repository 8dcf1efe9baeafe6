package io.rstscope.report.json;

import io.rstscope.net.Term;
import java.util.EnumSet;
import java.util.Set;

/** The objects of the NDJSON report, by their field {@code type}. */
public enum RecordType implements Term {
  FLOW("a connection that was reset or lost, or a notice of watch"),
  SUMMARY("the last line of a report"),
  INCIDENT("what watch --on-incident passes to its program");

  static final Set<RecordType> OF_FLOW = Set.of(FLOW);
  static final Set<RecordType> OF_SUMMARY = Set.of(SUMMARY);
  static final Set<RecordType> OF_INCIDENT = Set.of(INCIDENT);
  static final Set<RecordType> OF_FLOW_AND_SUMMARY = Set.of(FLOW, SUMMARY);
  static final Set<RecordType> OF_SUMMARY_AND_INCIDENT = Set.of(SUMMARY, INCIDENT);
  static final Set<RecordType> OF_EACH = EnumSet.allOf(RecordType.class);

  private final String explanation;

  RecordType(String explanation) {
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return Term.ofName(this);
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
