package io.rstscope.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups losses to incidents, in n log n. What belongs together ends within a short time of each
 * other and fails at the same place: a client's host, a broker, or a broker's paths.
 */
final class Incidents {
  /**
   * Losses of one event follow each other within this time: what a process or a device leaves
   * behind is noticed at the next packet of each connection, and busy ones send several a second.
   */
  private static final long PAUSE_NANOS = 2_000_000_000L;

  /** Where a cause lies. */
  private enum Place {
    CLIENT,
    BROKER,
    PATH
  }

  private record Key(Place place, String host) {
    static Key of(FlowVerdict verdict) {
      Place place = placeOf(verdict);
      return new Key(
          place, place == Place.CLIENT ? verdict.realClient() : verdict.flow().broker().address());
    }
  }

  private Incidents() {}

  private static Place placeOf(FlowVerdict verdict) {
    return switch (verdict.ending().cause()) {
      case CLIENT_ABORT, CLIENT_GONE, HANDSHAKE_TIMEOUT, BAD_PROTOCOL, AUTH_FAILURE -> Place.CLIENT;
      case MISSED_HEARTBEATS -> placeOfMissedHeartbeats(verdict);
      case REFUSED, BROKER_ABORT, BROKER_GONE, BROKER_SHUTDOWN, BROKER_CLOSED -> Place.BROKER;
      default -> Place.PATH;
    };
  }

  /** The silent side's host still answers TCP, or nothing comes through any more. */
  private static Place placeOfMissedHeartbeats(FlowVerdict verdict) {
    boolean clientWaited = verdict.ending().endedBy() == Sender.CLIENT;
    if (verdict.flow().state(clientWaited).unanswered() > 0) {
      return Place.PATH;
    }
    return clientWaited ? Place.BROKER : Place.CLIENT;
  }

  /**
   * The incidents in the order of time.
   *
   * @param flows each of those in an incident is replaced by one that says so
   */
  static List<Incident> find(List<FlowVerdict> flows) {
    Map<Key, List<Integer>> byKey = new HashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      if (!flows.get(i).ending().benign()) {
        byKey.computeIfAbsent(Key.of(flows.get(i)), key -> new ArrayList<>()).add(i);
      }
    }
    List<List<Integer>> groups = new ArrayList<>();
    byKey.values().forEach(places -> split(places, flows, groups));
    groups.sort(Comparator.comparingLong(group -> flows.get(group.get(0)).endNanos()));
    List<Incident> incidents = new ArrayList<>(groups.size());
    for (List<Integer> group : groups) {
      int number = incidents.size() + 1;
      incidents.add(IncidentSummary.of(number, group.stream().map(flows::get).toList()));
      group.forEach(place -> flows.set(place, flows.get(place).in(number)));
    }
    return List.copyOf(incidents);
  }

  /** Parts without a pause in them that hold a lost connection and another. */
  private static void split(
      List<Integer> places, List<FlowVerdict> flows, List<List<Integer>> groups) {
    places.sort(Comparator.comparingLong(place -> flows.get(place).endNanos()));
    int from = 0;
    for (int i = 1; i <= places.size(); i++) {
      if (i == places.size()
          || flows.get(places.get(i)).endNanos() - flows.get(places.get(i - 1)).endNanos()
              > PAUSE_NANOS) {
        List<Integer> part = places.subList(from, i);
        if (part.size() > 1 && part.stream().anyMatch(place -> flows.get(place).isLost())) {
          groups.add(part);
        }
        from = i;
      }
    }
  }
}
