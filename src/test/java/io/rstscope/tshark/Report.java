package io.rstscope.tshark;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.cli.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Our report of a capture. */
final class Report {
  private final Run run;
  private final Map<Long, Integer> flows = new HashMap<>();
  private final Map<Long, String> resets = new TreeMap<>();

  private Report(Run run) {
    this.run = run;
    int number = 0;
    for (JsonNode flow : run.flows()) {
      number++;
      for (JsonNode reset : flow.get("resets")) {
        flows.put(reset.get("frame").asLong(), number);
        resets.put(reset.get("frame").asLong(), TcpPacket.reported(flow, reset));
      }
    }
  }

  static Report of(Path capture) {
    return new Report(Run.of("analyze", "--format", "json", "--all-flows", capture));
  }

  /** Whether two resets, by their frames, are of one flow. */
  boolean areOfOneFlow(TcpPacket first, TcpPacket second) {
    return flows.get(first.frame()).equals(flows.get(second.frame()));
  }

  /**
   * What it does not say as our decoder does.
   *
   * @param frames in the capture
   */
  List<String> problems(int frames, Map<Long, TcpPacket> decoded) {
    List<String> problems = new ArrayList<>();
    Map<Long, String> expected = new TreeMap<>();
    decoded.values().stream()
        .filter(packet -> packet.has(TcpPacket.RST))
        .forEach(packet -> expected.put(packet.frame(), packet.reported()));
    if (!expected.equals(resets)) {
      problems.add("reported " + resets + ", not " + expected);
    }
    JsonNode capture = run.summary().get("captures").get(0);
    String counts = capture.get("packets") + " packets, " + capture.get("segments") + " segments";
    if (!counts.equals(frames + " packets, " + decoded.size() + " segments")) {
      problems.add("reported " + counts + ", not " + frames + " and " + decoded.size());
    }
    return problems;
  }
}
