package io.rstscope.tshark;

import io.rstscope.capture.CaptureException;
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
    List<String> problems = new ArrayList<>();
    Map<Long, Dissected> theirs = new TreeMap<>();
    Tshark.packets(capture).forEach(packet -> theirs.put(packet.frame, packet));
    Map<Long, TcpPacket> ours = Decoded.packets(capture);
    for (Dissected packet : theirs.values()) {
      comparePacket(packet, ours.get(packet.frame), problems);
    }
    Report report = Report.of(capture);
    problems.addAll(report.problems(theirs.size(), ours));
    Map<String, List<TcpPacket>> tuples = new HashMap<>();
    for (TcpPacket packet : ours.values()) {
      tuples.computeIfAbsent(packet.tuple(), key -> new ArrayList<>()).add(packet);
    }
    tuples.values().forEach(tuple -> compareConnections(tuple, theirs, report, problems));
    problems.forEach(problem -> unexplained.add(capture + ": " + problem));
  }

  private void comparePacket(Dissected theirs, TcpPacket ours, List<String> problems) {
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
      problems.add("we see " + ours + ", tshark " + theirs);
    } else {
      differences.merge(difference, 1L, Long::sum);
    }
  }

  /** Compares each reset that both see with the one before it of the same addresses and ports. */
  private void compareConnections(
      List<TcpPacket> tuple, Map<Long, Dissected> theirs, Report report, List<String> problems) {
    int last = -1;
    for (int i = 0; i < tuple.size(); i++) {
      TcpPacket reset = tuple.get(i);
      if (!reset.has(TcpPacket.RST) || theirs.get(reset.frame()).packet == null) {
        continue;
      }
      if (last >= 0) {
        TcpPacket before = tuple.get(last);
        boolean oneOfOurs = report.areOfOneFlow(before, reset);
        pairs++;
        if (oneOfOurs != (theirs.get(before.frame()).stream == theirs.get(reset.frame()).stream)) {
          List<TcpPacket> since = tuple.subList(last + 1, i + 1);
          Division division =
              oneOfOurs && isOpenedByMalformed(before, reset, theirs)
                  ? Division.MALFORMED_SYN
                  : Division.of(tuple.subList(0, last + 1), since, oneOfOurs);
          take(division, before, reset, problems);
        }
      }
      last = i;
    }
  }

  /** Whether tshark's connection of the reset has a packet that could not be read whole. */
  private static boolean isOpenedByMalformed(
      TcpPacket before, TcpPacket reset, Map<Long, Dissected> theirs) {
    int stream = theirs.get(reset.frame()).stream;
    return theirs.values().stream()
        .filter(each -> each.frame > before.frame() && each.frame < reset.frame())
        .anyMatch(each -> each.stream == stream && each.packet == null);
  }

  private void take(Division division, TcpPacket first, TcpPacket second, List<String> problems) {
    if (division == null) {
      problems.add("one of us divides what these end: " + first + ", " + second);
    } else {
      divisions.merge(division, 1L, Long::sum);
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
}
