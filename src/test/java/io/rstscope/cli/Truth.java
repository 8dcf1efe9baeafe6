package io.rstscope.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one flow that was reset, or lost without a reset, in a labelled capture; {@code
 * captures/README.md} has the format.
 *
 * @param client its address
 * @param rootCause why the connection died
 * @param resets none when it was lost without
 */
public record Truth(
    String capture, String client, int clientPort, String rootCause, List<Reset> resets) {
  private static final String ENDING = ".truth.jsonl";

  private static final Set<String> TIMERS =
      Set.of("middlebox_idle_timeout", "middlebox_silent_drop", "proxy_idle_timeout");

  /**
   * One reset.
   *
   * @param direction as reports write it
   * @param originator who put it on the wire
   * @param bestVerdict the most that the capture supports
   * @param accepted all verdicts that it supports
   * @param misleading whether an endpoint was imitated
   * @param causeOpen whether the capture does not tell the cause
   */
  public record Reset(
      long frame,
      String direction,
      String originator,
      String cause,
      String role,
      String bestVerdict,
      Set<String> accepted,
      boolean misleading,
      boolean causeOpen) {
    /** The same reset in another capture. */
    Reset at(long otherFrame) {
      return new Reset(
          otherFrame,
          direction,
          originator,
          cause,
          role,
          bestVerdict,
          accepted,
          misleading,
          causeOpen);
    }

    /** The same reset where too much is missing to insist on a verdict. */
    Reset orOpen() {
      Set<String> orUndetermined = new HashSet<>(accepted);
      orUndetermined.add("undetermined");
      orUndetermined.add(originator);
      return new Reset(
          frame, direction, originator, cause, role, bestVerdict, orUndetermined, misleading, true);
    }

    private static Reset of(JsonNode reset) {
      Set<String> accepted = new HashSet<>();
      reset.get("accepted_verdicts").forEach(verdict -> accepted.add(verdict.asText()));
      return new Reset(
          reset.get("frame").asLong(),
          reset.get("direction").asText().replace('_', '-'),
          reset.get("originator").asText(),
          reset.get("cause").asText(),
          reset.get("role").asText(),
          reset.get("best_verdict").asText(),
          accepted,
          reset.get("evidence_misleading").asBoolean(),
          reset.get("cause_ambiguous").asBoolean());
    }
  }

  /** The captures of a folder that have a truth beside them. */
  public static List<Path> labelled(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(ENDING))
          .map(name -> Path.of(name.substring(0, name.length() - ENDING.length())))
          .sorted()
          .toList();
    }
  }

  /** The connections that a timer ended after a silence, as {@link Recorded#connection()} says. */
  static Set<List<Byte>> timed(List<Truth> flows) {
    return flows.stream()
        .filter(flow -> TIMERS.contains(flow.rootCause()))
        .map(Truth::connection)
        .collect(Collectors.toSet());
  }

  /** Its key in {@link Recorded#connection()}. */
  List<Byte> connection() {
    return Recorded.connection(client, clientPort);
  }

  /**
   * The same flows in a capture of these packets, which may lack some and hold others twice; of a
   * flow whose resets are missing nothing is known.
   */
  static List<Truth> in(List<Truth> flows, List<Recorded> packets) {
    Map<Long, List<Long>> places = new HashMap<>();
    for (int i = 0; i < packets.size(); i++) {
      places.computeIfAbsent(packets.get(i).frame(), key -> new ArrayList<>()).add(i + 1L);
    }
    List<Truth> moved = new ArrayList<>();
    for (Truth flow : flows) {
      List<Reset> resets = new ArrayList<>();
      for (Reset reset : flow.resets) {
        places.getOrDefault(reset.frame, List.of()).forEach(frame -> resets.add(reset.at(frame)));
      }
      if (flow.resets.isEmpty() || !resets.isEmpty()) {
        moved.add(flow.with(resets));
      }
    }
    return moved;
  }

  /** The same where too much is missing to insist on a verdict. */
  Truth orOpen() {
    return with(resets.stream().map(Reset::orOpen).toList());
  }

  /** The same with its resets at other places. */
  Truth with(List<Reset> others) {
    return new Truth(capture, client, clientPort, rootCause, others);
  }

  /** The truth beside a capture, one element for each flow that was reset or lost. */
  static List<Truth> of(Path capture) throws IOException {
    List<Truth> flows = new ArrayList<>();
    for (JsonNode flow : Run.records(Files.readString(Path.of(capture + ENDING)))) {
      List<Reset> resets = new ArrayList<>();
      flow.get("rsts").forEach(reset -> resets.add(Reset.of(reset)));
      flows.add(
          new Truth(
              flow.get("capture").asText(),
              flow.get("flow").get("client").asText(),
              flow.get("flow").get("client_port").asInt(),
              flow.get("root_cause").asText(),
              resets));
    }
    return flows;
  }
}
