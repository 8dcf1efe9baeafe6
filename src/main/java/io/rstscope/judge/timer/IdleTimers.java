package io.rstscope.judge.timer;

import io.rstscope.judge.context.Thresholds;
import io.rstscope.reset.SurvivedSilences;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the idle timers of the paths: the same silence before several losses when the device acts
 * on its own, or a bound between what survived and what did not when it waits until somebody
 * speaks. In n log n of the losses.
 */
public final class IdleTimers {
  private final SurvivedSilences survived;
  private final List<IdleTimer> timers = new ArrayList<>();
  private final IdleTimer[] byPlace;

  private IdleTimers(SurvivedSilences survived, int places) {
    this.survived = survived;
    this.byPlace = new IdleTimer[places];
  }

  public static IdleTimers of(List<TimerWitness> all, SurvivedSilences survived) {
    Map<String, Map<Expiry, List<TimerWitness>>> groups = new HashMap<>();
    int places = 0;
    for (TimerWitness witness : all) {
      groups
          .computeIfAbsent(witness.broker(), key -> new EnumMap<>(Expiry.class))
          .computeIfAbsent(witness.expiry(), key -> new ArrayList<>())
          .add(witness);
      places = Math.max(places, witness.place() + 1);
    }
    IdleTimers found = new IdleTimers(survived, places);
    new TreeMap<>(groups).values().forEach(ofBroker -> ofBroker.forEach(found::add));
    found.timers.sort((one, other) -> Integer.compare(other.witnesses(), one.witnesses()));
    return found;
  }

  /** Those with the most witnesses first. */
  public List<IdleTimer> timers() {
    return timers;
  }

  /** The timer that the flow at that place of the list is a witness of, or null. */
  public IdleTimer of(int place) {
    return place < byPlace.length ? byPlace[place] : null;
  }

  private void add(Expiry expiry, List<TimerWitness> witnesses) {
    if (expiry.isExact()) {
      addExact(witnesses);
    } else {
      addBounded(witnesses);
    }
  }

  /** Silences that are the timer itself: those that are nearly the same belong together. */
  private void addExact(List<TimerWitness> witnesses) {
    witnesses.sort((one, other) -> Long.compare(one.silenceNanos(), other.silenceNanos()));
    int from = 0;
    for (int i = 1; i <= witnesses.size(); i++) {
      if (i == witnesses.size()
          || witnesses.get(i).silenceNanos()
              > witnesses.get(from).silenceNanos() * (1 + Thresholds.SAME_SILENCE)) {
        add(witnesses.subList(from, i));
        from = i;
      }
    }
  }

  /**
   * Silences that are longer than the timer: client hosts whose bounds overlap may share one. Each
   * must show it by itself, since hosts may well be gone one after the other.
   */
  private void addBounded(List<TimerWitness> witnesses) {
    Map<String, List<TimerWitness>> byClient = new HashMap<>();
    for (TimerWitness witness : witnesses) {
      byClient.computeIfAbsent(witness.client(), key -> new ArrayList<>()).add(witness);
    }
    List<TimerBounds> paths = new ArrayList<>();
    for (List<TimerWitness> path : new TreeMap<>(byClient).values()) {
      TimerBounds bounds = new TimerBounds(path, survived);
      if (TimerBounds.isTimer(path) || bounds.isBracketed()) {
        paths.add(bounds);
      }
    }
    paths.sort((one, other) -> Long.compare(one.atMostNanos(), other.atMostNanos()));
    List<TimerWitness> contradicted = new ArrayList<>();
    List<TimerWitness> agreeing = new ArrayList<>();
    long most = 0;
    for (TimerBounds path : paths) {
      if (path.contradicted()) {
        contradicted.addAll(path.witnesses());
        continue;
      }
      if (!agreeing.isEmpty() && path.longestSurvivedNanos() > most) {
        add(agreeing);
        agreeing.clear();
      }
      most = agreeing.isEmpty() ? path.atMostNanos() : most;
      agreeing.addAll(path.witnesses());
    }
    add(agreeing);
    add(contradicted);
  }

  private void add(List<TimerWitness> witnesses) {
    if (witnesses.isEmpty()) {
      return;
    }
    TimerBounds bounds = new TimerBounds(witnesses, survived);
    if (TimerBounds.isTimer(witnesses) || bounds.isBracketed()) {
      IdleTimer timer = bounds.timer();
      timers.add(timer);
      for (TimerWitness witness : witnesses) {
        byPlace[witness.place()] = timer;
      }
    }
  }
}
