package io.rstscope.judge.incident;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups losses to incidents, in n log n. What belongs together ends within a short time of each
 * other and fails at the same place: a client's host, a broker, or a broker's paths.
 */
public final class Incidents {
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

    // By hand: those of a record take 5 ms at their first use (native-notes/memory.md).
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && place == that.place && host.equals(that.host);
    }

    @Override
    public int hashCode() {
      return 31 * place.ordinal() + host.hashCode();
    }
  }

  /** A connection that was lost or refused, its place among the flows, and when it ended. */
  private record Loss(int place, FlowVerdict flow, long nanos) {}

  private Incidents() {}

  private static Place placeOf(FlowVerdict verdict) {
    return switch (verdict.ending().cause()) {
      case CLIENT_ABORT,
          CLIENT_GONE,
          HANDSHAKE_TIMEOUT,
          BAD_PROTOCOL,
          AUTH_FAILURE,
          SLOW_CONSUMER,
          CONSUMER_TIMEOUT ->
          Place.CLIENT;
      case MISSED_HEARTBEATS -> placeOfMissedHeartbeats(verdict);
      case REFUSED, BROKER_ABORT, BROKER_GONE, BROKER_SHUTDOWN, BROKER_CLOSED -> Place.BROKER;
      default -> Place.PATH;
    };
  }

  /** The silent side's host still answers TCP, or nothing comes through any more. */
  private static Place placeOfMissedHeartbeats(FlowVerdict verdict) {
    Side waited = Side.of(verdict.ending().endedBy() == Sender.CLIENT);
    if (verdict.flow().state(waited).unanswered() > 0) {
      return Place.PATH;
    }
    return waited == Side.CLIENT ? Place.BROKER : Place.CLIENT;
  }

  /**
   * The incidents in the order of time.
   *
   * @param flows each of those in an incident is replaced by one that says so
   */
  public static List<Incident> find(List<FlowVerdict> flows) {
    Map<Key, List<Loss>> byKey = new LinkedHashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      FlowVerdict flow = flows.get(i);
      if (!flow.ending().benign() && flow.otherLeg() == null) {
        byKey
            .computeIfAbsent(Key.of(flow), key -> new ArrayList<>())
            .add(new Loss(i, flow, flow.endNanos()));
      }
    }
    List<List<Loss>> groups = new ArrayList<>();
    byKey.values().forEach(losses -> split(losses, groups));
    groups.sort((one, other) -> Long.compare(one.get(0).nanos, other.get(0).nanos));
    List<Incident> incidents = new ArrayList<>(groups.size());
    for (List<Loss> group : groups) {
      int number = incidents.size() + 1;
      List<FlowVerdict> lost = new ArrayList<>(group.size());
      for (Loss loss : group) {
        lost.add(loss.flow);
        flows.set(loss.place, loss.flow.in(number));
      }
      incidents.add(IncidentSummary.of(number, lost));
    }
    return List.copyOf(incidents);
  }

  /** Parts without a pause in them that hold a lost connection and another. */
  private static void split(List<Loss> losses, List<List<Loss>> groups) {
    losses.sort((one, other) -> Long.compare(one.nanos, other.nanos));
    for (List<Loss> part : Pauses.split(losses, Loss::nanos, Loss::nanos, PAUSE_NANOS)) {
      if (part.size() > 1 && isAnyLost(part)) {
        groups.add(part);
      }
    }
  }

  private static boolean isAnyLost(List<Loss> part) {
    for (Loss loss : part) {
      if (loss.flow.isLost()) {
        return true;
      }
    }
    return false;
  }
}
