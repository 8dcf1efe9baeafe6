package io.rstscope.report.words;

import io.rstscope.judge.cause.Cause;
import io.rstscope.report.model.EndingGroup;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Why the connections of a group ended, and of which clients they were; without full stop. */
public final class Why {
  private static final Set<Cause> HEARTBEATS_HELP =
      EnumSet.of(Cause.IDLE_TIMEOUT, Cause.SILENT_DROP, Cause.STATE_LOST, Cause.MISSED_HEARTBEATS);

  /** A name may be as long as its owner likes. */
  private static final int IDENTITY = 100;

  /** Shorter ones are the everyday pauses of a connection. */
  private static final long TELLING_NANOS = 1_000_000_000L;

  private Why() {}

  /** The sentence of the first, in what the others differ from it, and who the first client is. */
  public static String of(EndingGroup group) {
    String others = idle(group);
    return group.first().ending().says()
        + (others.isEmpty() ? "" : "; all " + others)
        + otherHeartbeats(group)
        + group.identities().stream()
            .findFirst()
            .map(name -> "; " + Shortened.to(name, IDENTITY))
            .orElse("");
  }

  /** The advice is for the first: who reads it should know that others agreed on something else. */
  private static String otherHeartbeats(EndingGroup group) {
    return group.heartbeats().size() < 2 || !HEARTBEATS_HELP.contains(group.key().cause())
        ? ""
        : "; heartbeats of others: "
            + group.heartbeats().stream()
                .skip(1)
                .map(seconds -> seconds == 0 ? "off" : seconds + " s")
                .collect(Collectors.joining(", "));
  }

  /**
   * How long they were idle where that differs from the first, of which its sentence speaks. Of
   * missed heartbeats it tells how long nothing was received: what was sent in vain broke the
   * silence.
   */
  public static String idle(EndingGroup group) {
    if (group.key().cause() == Cause.MISSED_HEARTBEATS
        || group.idleNanos().getCount() < 2
        || group.idleNanos().getMax() < TELLING_NANOS) {
      return "";
    }
    String range = idleRange(group);
    return range.contains(" to ") ? "idle for " + range : "";
  }

  /** {@code 3.03 s}, {@code 0.2 s to 2.52 s}; empty where it is not known. */
  public static String idleRange(EndingGroup group) {
    if (group.idleNanos().getCount() == 0) {
      return "";
    }
    String shortest = Format.duration(group.idleNanos().getMin() / 1000);
    String longest = Format.duration(group.idleNanos().getMax() / 1000);
    return shortest.equals(longest) ? longest : shortest + " to " + longest;
  }

  /** {@code 0.68}, {@code 0.79 to 0.88}: how sure the cause is of those that are least and most. */
  public static String confidence(EndingGroup group) {
    String lowest = Format.decimal(group.confidence().getMin(), 2);
    String highest = Format.decimal(group.confidence().getMax(), 2);
    return lowest.equals(highest) ? lowest : lowest + " to " + highest;
  }
}
