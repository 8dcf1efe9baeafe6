package io.rstscope.report.words;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.TimerPlace;
import io.rstscope.judge.incident.Losses;
import io.rstscope.judge.sender.Sender;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Outcome;
import io.rstscope.report.model.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What happened, in one sentence for who reads nothing else: how much was lost, and why. Text, page
 * and the summary of a watch begin with it. Without full stop.
 */
public final class Answer {
  /** Causes in which we are less sure are told with "probably". */
  private static final double SURE = 0.8;

  /** More causes, each with few connections, are told together. */
  private static final int CAUSES = 4;

  private Answer() {}

  /** The sentence. */
  public static String of(Summary summary) {
    Outcome outcome = summary.outcome();
    if (outcome.losses().total() > 0) {
      return lost(summary) + attempts("; ", outcome) + leftOut(summary);
    }
    if (!summary.complete()) {
      return incomplete(summary) + attempts(", ", outcome) + leftOut(summary);
    }
    boolean nothingRead = summary.captures().stream().allMatch(Answer::isWithoutSegments);
    if (nothingRead && !summary.captures().isEmpty() && summary.connections() == 0) {
      return withoutSegments(summary.captures());
    }
    return nothing(summary) + leftOut(summary);
  }

  private static String lost(Summary summary) {
    Losses losses = summary.outcome().losses();
    long all = summary.allConnections();
    return Format.grouped(losses.total())
        + (all > 1 ? " of " + Format.grouped(all) : "")
        + (Math.max(all, losses.total()) == 1 ? " connection" : " connections")
        + " lost"
        + summary.among()
        + ": "
        + causes(losses);
  }

  /**
   * Why connections were lost: one cause in full, several each with its number, those of most
   * connections first.
   */
  public static String causes(Losses losses) {
    List<Cause> causes = losses.causes();
    if (causes.size() == 1) {
      return hedge(losses, causes.get(0)) + alone(losses, causes.get(0));
    }
    StringJoiner text = new StringJoiner(", ");
    long others = losses.total();
    for (Cause cause : causes.subList(0, Math.min(CAUSES, causes.size()))) {
      text.add(hedge(losses, cause) + CauseNoun.of(cause).counted(losses.of(cause)));
      others -= losses.of(cause);
    }
    if (others > 0) {
      text.add(Format.grouped(others) + " by other causes");
    }
    return text.toString();
  }

  private static String alone(Losses losses, Cause cause) {
    return cause == Cause.IDLE_TIMEOUT
        ? "idle timeout " + timer(Collections.max(losses.timers()))
        : CauseNoun.of(cause).alone();
  }

  private static String timer(TimerPlace place) {
    return switch (place) {
      case PATH -> "in a firewall, NAT or load balancer";
      case PROXY -> "of a proxy or load balancer";
      case PROXY_OR_POOL -> "of a proxy, or of the client's connection pool";
      case PROXY_OR_PROGRAM -> "of a proxy, or of the client's own program";
    };
  }

  private static String hedge(Losses losses, Cause cause) {
    boolean doubted = cause != Cause.UNDETERMINED && losses.confidence(cause) < SURE;
    return doubted ? "probably " : "";
  }

  /** {@code 2 refused, 1 half-open}, after what joins it to what stands before. */
  private static String attempts(String joint, Outcome outcome) {
    StringJoiner attempts = new StringJoiner(", ", joint, "").setEmptyValue("");
    if (outcome.refused() > 0) {
      attempts.add(Format.grouped(outcome.refused()) + " refused");
    }
    if (outcome.halfOpen() > 0) {
      attempts.add(Format.grouped(outcome.halfOpen()) + " half-open");
    }
    return attempts.toString();
  }

  /** An RST from in between may reach one end alone. */
  private static String elsewhere(Summary summary) {
    return summary.captures().stream()
        .flatMap(capture -> capture.otherSides().stream())
        .filter(side -> side.resets() > 0)
        .findFirst()
        .map(
            side ->
                " here, but "
                    + shortened(side.capture())
                    + " has "
                    + Format.count(side.resets(), "RST")
                    + ": analyze that, with this one as the other side")
        .orElse("");
  }

  private static String nothing(Summary summary) {
    Outcome outcome = summary.outcome();
    if (summary.connections() == 0) {
      return "No connection was reset or lost" + summary.among() + elsewhere(summary);
    }
    String attempts = attempts(", but ", outcome);
    return "No connection lost"
        + summary.among()
        + (attempts.isEmpty() ? "" : attempts)
        + (outcome.harmless().isEmpty() ? "" : "; " + harmless(outcome));
  }

  /** {@code 1 closed normally, 2 probes}: how connections ended without a loss; or nothing. */
  public static String harmless(Outcome outcome) {
    return outcome.harmless().entrySet().stream()
        .map(each -> harmless(each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String harmless(Cause cause, long number) {
    String what =
        switch (cause) {
          case NORMAL_CLOSE -> " closed normally";
          case PROBE -> number == 1 ? " probe" : " probes";
          default -> " still open";
        };
    return Format.grouped(number) + what;
  }

  /** {@code 3 RSTs: 2 from middleboxes, 1 from the broker}. */
  public static String resets(Summary summary) {
    String all = Format.count(summary.resets(), "RST");
    if (summary.resetsBySender().size() == 1) {
      return all + from(summary.resetsBySender().keySet().iterator().next());
    }
    return all
        + ": "
        + summary.resetsBySender().entrySet().stream()
            .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
            .map(each -> Format.grouped(each.getValue()) + from(each.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static String from(Sender sender) {
    return switch (sender) {
      case CLIENT -> " from clients";
      case BROKER -> " from the broker";
      case MIDDLEBOX -> " from a middlebox";
      case UNDETERMINED -> " from an undetermined sender";
    };
  }

  private static String leftOut(Summary summary) {
    long flows = summary.flowsLeftOut();
    long resets = summary.resetsLeftOut();
    if (flows + resets == 0) {
      return "";
    }
    return "; "
        + (flows == 0 ? "" : Format.count(flows, "more connection") + " with ")
        + Format.count(resets, "more RST")
        + " not analysed, counted only";
  }

  // ---- what was not read

  private static String incomplete(Summary summary) {
    List<CaptureReport> captures = summary.captures();
    List<CaptureReport> incomplete =
        captures.stream().filter(each -> !each.quality().complete()).toList();
    if (captures.size() > 1) {
      return "INCOMPLETE: "
          + incomplete.size()
          + " of "
          + captures.size()
          + " captures; nothing lost in what was read";
    }
    long packets = captures.get(0).quality().packets();
    return "INCOMPLETE: "
        + problem(captures.get(0))
        + (packets == 0
            ? "; no packet was read"
            : "; nothing lost in the " + Format.count(packets, "packet") + " before it");
  }

  /** What of which capture could not be read, for each that was not read to its end. */
  public static List<String> incompleteCaptures(Summary summary) {
    List<String> incomplete = new ArrayList<>();
    for (CaptureReport capture : summary.captures()) {
      if (!capture.quality().complete()) {
        incomplete.add("INCOMPLETE: " + problem(capture));
      }
    }
    return incomplete;
  }

  private static String problem(CaptureReport capture) {
    String problem = capture.quality().problem();
    return shortened(capture.name()) + (problem.startsWith("at byte") ? " " : ": ") + problem;
  }

  // ---- nothing to judge

  private static boolean isWithoutSegments(CaptureReport capture) {
    return capture.quality().segments() == 0;
  }

  private static String withoutSegments(List<CaptureReport> captures) {
    long packets =
        captures.stream().map(CaptureReport::quality).mapToLong(CaptureQuality::packets).sum();
    String where =
        captures.size() == 1 ? shortened(captures.get(0).name()) : captures.size() + " captures";
    return packets == 0
        ? "No packets in " + where
        : "No TCP packets on the broker's ports in " + where + otherPorts(captures);
  }

  private static String otherPorts(List<CaptureReport> captures) {
    String others =
        captures.size() == 1 ? OtherPortText.of(captures.get(0).quality().otherPorts()) : "";
    return others.isEmpty() ? ": -p names others, or any" : ". " + others;
  }

  private static String shortened(String name) {
    return Shortened.to(name, 60);
  }
}
