package io.rstscope.pairing;

import io.rstscope.net.HostPort;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.Crossing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What both captures together show of the flows of one, gathered flow by flow. */
final class Findings {
  /** Nobody reads more. */
  private static final int MOST_STOPPED = 100;

  private final CrossingRule crossing;
  private final StoppedRule stopping;
  private final Map<Long, Crossing> crossings = new HashMap<>();
  private final List<StoppedReset> stopped = new ArrayList<>();
  private final List<Translation> translations = new ArrayList<>();
  private int connections;

  Findings(CrossingRule crossing, StoppedRule stopping) {
    this.crossing = crossing;
    this.stopping = stopping;
  }

  /**
   * Adds a flow.
   *
   * @param there null when the other capture does not hold it
   */
  void add(FlowWindow window, FlowThere there) {
    addCrossings(window, there);
    if (there != null) {
      connections++;
      addTranslation(window);
      addStopped(stopping.of(window, there));
    }
  }

  private void addCrossings(FlowWindow window, FlowThere there) {
    for (ResetObservation reset : window.flow().resets()) {
      Crossing found = crossing.of(reset, window, there);
      if (found != null) {
        crossings.put(reset.packet().frame(), found);
      }
    }
  }

  private void addTranslation(FlowWindow window) {
    HostPort there = window.tupleThere().source();
    HostPort here = window.flow().client();
    if (!there.equals(here)) {
      translations.add(new Translation(here, there));
    }
  }

  private void addStopped(StoppedReset reset) {
    if (reset != null && stopped.size() < MOST_STOPPED) {
      stopped.add(reset);
    }
  }

  /** Flows that are in both. */
  int connections() {
    return connections;
  }

  /** By the frames of resets here. */
  Map<Long, Crossing> crossings() {
    return Map.copyOf(crossings);
  }

  List<StoppedReset> stopped() {
    return List.copyOf(stopped);
  }

  List<Translation> translations() {
    return List.copyOf(translations);
  }
}
