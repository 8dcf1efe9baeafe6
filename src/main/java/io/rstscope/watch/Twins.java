package io.rstscope.watch;

import io.rstscope.flow.HostPort;
import io.rstscope.reset.FlowObservation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Connections that are routed through two of the watched interfaces, each of which sights them:
 * they are judged as the first one shows them, so that they are told and counted once.
 *
 * <p>Both must show the same addresses and ports, and the same beginning: behind a NAT, or when an
 * interface was opened after the connection, the two are not known to be one. Owned by one thread.
 */
final class Twins {
  /** Connections remembered; the twin of one that was lost is sighted within seconds. */
  private static final int REMEMBERED = 1 << 13;

  /** A packet is at the other interface within milliseconds, a port is used again after seconds. */
  private static final long APART_NANOS = 500_000_000L;

  private record Tuple(HostPort client, HostPort broker) {}

  private record Owner(String source, long startedNanos) {}

  private final Consumer<String> words;
  private boolean said;

  private final Map<Tuple, Owner> owners =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tuple, Owner> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param words is told, once, that there are such connections
   */
  Twins(Consumer<String> words) {
    this.words = words;
  }

  /** Whether another interface sighted that connection first. */
  boolean isTwin(Sighting sighting) {
    FlowObservation flow = sighting.observation();
    Tuple tuple = new Tuple(flow.client(), flow.broker());
    Owner owner = owners.get(tuple);
    if (owner == null || Math.abs(flow.startedNanos() - owner.startedNanos) > APART_NANOS) {
      owners.remove(tuple);
      owners.put(tuple, new Owner(sighting.source(), flow.startedNanos()));
      return false;
    }
    boolean twin = !owner.source.equals(sighting.source());
    if (twin && !said) {
      said = true;
      words.accept(
          "%s and %s show the same connections: each is told and counted once"
              .formatted(owner.source, sighting.source()));
    }
    return twin;
  }
}
