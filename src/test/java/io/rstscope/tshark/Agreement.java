package io.rstscope.tshark;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.CaptureException;
import io.rstscope.cli.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far tshark and we agree about captures, one after the other: on each TCP packet of the
 * broker's port, and on which resets belong to one connection.
 */
public final class Agreement {
  private final Map<Difference, Long> differences = new EnumMap<>(Difference.class);
  private final Map<Division, Long> divisions = new EnumMap<>(Division.class);
  private final List<String> unexplained = new ArrayList<>();
  private long packets;
  private long resets;
  private long pairs;

  /** Has both read the capture. */
  public void compare(Path capture) throws IOException, InterruptedException, CaptureException {
    Map<Long, Dissected> theirs = new TreeMap<>();
    Tshark.packets(capture).forEach(packet -> theirs.put(packet.frame, packet));
    Map<Long, TcpPacket> ours = Decoded.packets(capture);
    for (Dissected packet : theirs.values()) {
      compare(capture, packet, ours.get(packet.frame));
    }
    Report report = new Report(Run.of("analyze", "--format", "json", "--all-flows", capture));
    report.problems(theirs.size(), ours).forEach(each -> unexplained.add(capture + ": " + each));
    Map<String, List<TcpPacket>> connections = new HashMap<>();
    for (TcpPacket packet : ours.values()) {
      connections.computeIfAbsent(packet.tuple(), key -> new ArrayList<>()).add(packet);
    }
    for (List<TcpPacket> connection : connections.values()) {
      compare(capture, connection, theirs, report);
    }
  }

  private void compare(Path capture, Dissected theirs, TcpPacket ours) {
    if (ours == null && theirs.packet == null) {
      return;
    }
    if (ours != null && theirs.packet != null && ours.agreesWith(theirs.packet)) {
      packets++;
      resets += ours.has(TcpPacket.RST) ? 1 : 0;
      return;
    }
    Difference difference = Difference.of(theirs, ours);
    if (difference == null) {
      unexplained.add(capture + ": we see " + ours + ", tshark " + theirs);
    } else {
      differences.merge(difference, 1L, Long::sum);
    }
  }

  /** Compares the connections of each reset and the one before it of the same tuple. */
  private void compare(
      Path capture, List<TcpPacket> packets, Map<Long, Dissected> theirs, Report report) {
    int last = -1;
    for (int i = 0; i < packets.size(); i++) {
      TcpPacket packet = packets.get(i);
      if (!packet.has(TcpPacket.RST) || theirs.get(packet.frame()).packet == null) {
        continue;
      }
      if (last >= 0) {
        long before = packets.get(last).frame();
        boolean oneOfTheirs = theirs.get(before).stream == theirs.get(packet.frame()).stream;
        boolean oneOfOurs = report.flow(before) == report.flow(packet.frame());
        pairs++;
        if (oneOfTheirs != oneOfOurs) {
          Division division =
              Division.of(
                  packets.subList(0, last + 1), packets.subList(last + 1, i + 1), oneOfOurs);
          if (division == null) {
            unexplained.add(
                capture + ": resets " + before + " and " + packet + (oneOfOurs ? " in one" : ""));
          } else {
            divisions.merge(division, 1L, Long::sum);
          }
        }
      }
      last = i;
    }
  }

  /** What no rule explains, in words. */
  public List<String> unexplained() {
    return unexplained;
  }

  /** What the rules explain, by rule. */
  public Map<String, Long> explained() {
    Map<String, Long> explained = new TreeMap<>();
    differences.forEach((rule, count) -> explained.put(rule + ": " + rule.reason, count));
    divisions.forEach((rule, count) -> explained.put(rule + ": " + rule.reason, count));
    return explained;
  }

  /** Resets that both saw. */
  public long resets() {
    return resets;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(packets).append(" packets alike, ").append(resets).append(" resets among them; ");
    text.append(pairs).append(" pairs of resets, ").append(unexplained.size());
    text.append(" differences unexplained\n");
    explained()
        .forEach((rule, count) -> text.append(count).append(" x ").append(rule).append('\n'));
    unexplained.stream().limit(10).forEach(each -> text.append(each).append('\n'));
    return text.toString();
  }

  /** Our report of a capture, which has to say what our decoder sees. */
  private static final class Report {
    private final Run run;
    private final Map<Long, Integer> flows = new HashMap<>();
    private final Map<Long, String> resets = new TreeMap<>();

    Report(Run run) {
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

    int flow(long frame) {
      return flows.get(frame);
    }

    /** What it does not say right. */
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
}
