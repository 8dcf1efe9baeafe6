package io.rstscope.judge.timer;

import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.net.Durations;
import io.rstscope.reset.SurvivedSilences;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Between which bounds the timer lies that a group of witnesses of one kind tell of. */
public final class TimerBounds {
  /** Programs that close after the same silence a few times are no proxy yet. */
  private static final int CLOSINGS = 4;

  /** More hosts than these are only counted. */
  private static final int HOSTS_NAMED = 10;

  private final List<TimerWitness> witnesses;
  private final SurvivedSilences survived;
  private final Expiry expiry;
  private final Set<String> clients = new LinkedHashSet<>();
  private final long shortest;
  private final long longest;
  private final long longestSurvived;

  /**
   * @param witnesses one or more, of the same broker and the same kind
   */
  public TimerBounds(List<TimerWitness> witnesses, SurvivedSilences survived) {
    this.witnesses = List.copyOf(witnesses);
    this.survived = survived;
    this.expiry = witnesses.get(0).expiry();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (TimerWitness witness : witnesses) {
      clients.add(witness.client());
      least = Math.min(least, witness.silenceNanos());
      most = Math.max(most, witness.silenceNanos());
    }
    this.shortest = least;
    this.longest = most;
    long survivedMost = -1;
    for (String client : clients) {
      survivedMost = Math.max(survivedMost, survived.longestNanos(client, broker()));
    }
    this.longestSurvived = survivedMost;
  }

  public List<TimerWitness> witnesses() {
    return witnesses;
  }

  /** The timer is at most that long. */
  public long atMostNanos() {
    return expiry.isExact() ? longest : shortest;
  }

  private long atLeastNanos() {
    if (expiry.isExact()) {
      return shortest;
    }
    return contradicted() ? -1 : longestSurvived;
  }

  /**
   * A packet after exactly the timer's silence may still arrive or not. What ends a connection on
   * its own may be answered, so that the silence before it counts as survived, too.
   */
  public boolean contradicted() {
    double tolerance = expiry.isExact() ? Thresholds.SAME_SILENCE : -Thresholds.SAME_SILENCE;
    return longestSurvived > atMostNanos() * (1 + tolerance);
  }

  /** The longest silence that survived on the same paths, ns, or -1. */
  public long longestSurvivedNanos() {
    return longestSurvived;
  }

  /**
   * Whether there is a timer: one connection's ending shows it, or there are losses that no single
   * event explains.
   */
  public static boolean isTimer(List<TimerWitness> witnesses) {
    for (TimerWitness witness : witnesses) {
      if (witness.sure()) {
        return true;
      }
    }
    int needed = witnesses.get(0).expiry() == Expiry.CLOSES ? CLOSINGS : 2;
    return witnesses.size() >= needed && independent(witnesses) >= needed;
  }

  /**
   * Whether connections lived through silences nearly as long as those after which others did not,
   * at several times: one event would have to know the length of silences.
   */
  boolean isBracketed() {
    return !expiry.isExact()
        && !contradicted()
        && shortest >= Thresholds.SHORTEST_TIMER_NANOS
        && longestSurvived > 0
        && shortest <= KnownDevice.NARROW * longestSurvived
        && witnesses.stream().mapToLong(TimerWitness::endNanos).max().orElse(0)
                - witnesses.stream().mapToLong(TimerWitness::endNanos).min().orElse(0)
            > Thresholds.EVENT_NANOS;
  }

  /**
   * How many losses cannot have one cause but a timer. A device that resets by itself: the same
   * silence at another time. Else a single event, such as a restart of the device, explains all
   * silences during which it may have happened; silences that do not overlap need several.
   */
  private static int independent(List<TimerWitness> witnesses) {
    TimerWitness[] sorted = witnesses.toArray(TimerWitness[]::new);
    Arrays.sort(sorted, (one, other) -> Long.compare(one.endNanos(), other.endNanos()));
    int count = 0;
    long last = Long.MIN_VALUE;
    for (TimerWitness witness : sorted) {
      long earliest =
          witness.expiry().isExact()
              ? witness.endNanos() - Thresholds.EVENT_NANOS
              : witness.beginNanos();
      if (count == 0 || earliest >= last) {
        count++;
        last = witness.endNanos();
      }
    }
    return count;
  }

  private String broker() {
    return witnesses.get(0).broker();
  }

  public IdleTimer timer() {
    List<KnownDevice> mayBe = devices();
    return new IdleTimer(
        broker(),
        clients.stream().limit(HOSTS_NAMED).toList(),
        clients.size(),
        expiry,
        atLeastNanos(),
        atMostNanos(),
        witnesses.size(),
        independent(witnesses),
        longestSurvived,
        contradicted(),
        mayBe,
        says(mayBe));
  }

  private List<KnownDevice> devices() {
    return contradicted() ? List.of() : KnownDevice.fitting(atLeastNanos(), atMostNanos(), expiry);
  }

  private String says(List<KnownDevice> mayBe) {
    return interval()
        + ", "
        + Words.count(witnesses.size(), "connection")
        + (clients.size() == 1
            ? " from " + witnesses.get(0).client()
            : " from " + clients.size() + " client hosts")
        + " to "
        + broker()
        + "; "
        + surviving()
        + hint(mayBe);
  }

  private String interval() {
    String most = Durations.text(atMostNanos());
    if (atLeastNanos() == -1) {
      return "at most " + most;
    }
    String least = Durations.text(atLeastNanos());
    if (expiry.isExact() && least.equals(most)) {
      return most;
    }
    return "between " + least + (expiry.isExact() ? "" : " (survived)") + " and " + most;
  }

  private String surviving() {
    if (contradicted()) {
      return "but an idle period of "
          + Durations.text(longestSurvived)
          + " survived on the same path, so it is not a timer alone, or not the same for all";
    }
    return survived.isComplete()
        ? "no longer idle period survived"
        : "longer idle periods may have survived (memory limit)";
  }

  private static String hint(List<KnownDevice> mayBe) {
    if (mayBe.isEmpty()) {
      return "";
    }
    return "; the default of "
        + String.join(", or of ", mayBe.stream().map(KnownDevice::ofDefault).toList())
        + ": a hint, not proof";
  }
}
