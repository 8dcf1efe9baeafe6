package io.rstscope.judge.incident;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.cause.TimerPlace;
import io.rstscope.judge.sender.Sender;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lost connections by cause: how many, how sure, and who ended them. Filled by one thread, read
 * when that is done.
 */
public final class Losses {
  /** Of one cause. */
  private static final class Count {
    long connections;
    double confidence;
    final Map<Sender, Long> bySender = new EnumMap<>(Sender.class);
    final Map<TimerPlace, Long> byTimer = new EnumMap<>(TimerPlace.class);

    void add(Count more) {
      connections += more.connections;
      confidence += more.confidence;
      more.bySender.forEach((sender, number) -> bySender.merge(sender, number, Long::sum));
      more.byTimer.forEach((timer, number) -> byTimer.merge(timer, number, Long::sum));
    }
  }

  private final Map<Cause, Count> byCause = new EnumMap<>(Cause.class);

  /**
   * Counts connections, or with a negative number takes them back.
   *
   * @param timer whose idle timer ended them, or null when none did
   * @param confidence of each
   */
  public void count(
      Cause cause, Sender endedBy, TimerPlace timer, double confidence, long connections) {
    Count count = byCause.computeIfAbsent(cause, first -> new Count());
    count.connections += connections;
    count.confidence += confidence * connections;
    count.bySender.merge(endedBy, connections, Long::sum);
    count.bySender.values().removeIf(number -> number == 0);
    if (timer != null) {
      count.byTimer.merge(timer, connections, Long::sum);
      count.byTimer.values().removeIf(number -> number == 0);
    }
    if (count.connections == 0) {
      byCause.remove(cause);
    }
  }

  /** Counts a connection. */
  public void count(FlowVerdict lost) {
    Ending ending = lost.ending();
    count(ending.cause(), ending.endedBy(), lost.timerPlace(), ending.confidence(), 1);
  }

  /** Counts those of another, too. */
  public void add(Losses others) {
    others.byCause.forEach(
        (cause, more) -> byCause.computeIfAbsent(cause, first -> new Count()).add(more));
  }

  /** All of them. */
  public long total() {
    long total = 0;
    for (Count count : byCause.values()) {
      total += count.connections;
    }
    return total;
  }

  /** Connections lost by that cause. */
  public long of(Cause cause) {
    Count count = byCause.get(cause);
    return count == null ? 0 : count.connections;
  }

  /** How probable it is of one of them that the cause is right, on average; 0 when none has it. */
  public double confidence(Cause cause) {
    Count count = byCause.get(cause);
    return count == null ? 0 : count.confidence / count.connections;
  }

  /** Who ended those of that cause. */
  public Map<Sender, Long> bySender(Cause cause) {
    Count count = byCause.get(cause);
    return count == null ? Map.of() : count.bySender;
  }

  /** Whose idle timers ended some of those; empty unless that is why they were lost. */
  public Collection<TimerPlace> timers() {
    Count count = byCause.get(Cause.IDLE_TIMEOUT);
    return count == null ? List.of() : count.byTimer.keySet();
  }

  /**
   * The causes, that of most connections first; what is undetermined last. Of as many a program
   * that ended comes after others, as nothing may be wrong with it.
   */
  public List<Cause> causes() {
    return byCause.keySet().stream().sorted(this::inOrder).toList();
  }

  private int inOrder(Cause one, Cause other) {
    if (one == Cause.UNDETERMINED || other == Cause.UNDETERMINED) {
      return Boolean.compare(one == Cause.UNDETERMINED, other == Cause.UNDETERMINED);
    }
    int moreFirst = Long.compare(of(other), of(one));
    return moreFirst != 0
        ? moreFirst
        : Boolean.compare(one == Cause.CLIENT_ABORT, other == Cause.CLIENT_ABORT);
  }
}
