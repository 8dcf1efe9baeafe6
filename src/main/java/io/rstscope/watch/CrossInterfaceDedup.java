package io.rstscope.watch;

import io.rstscope.net.HostPort;
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
final class CrossInterfaceDedup {
  /** A packet is at the other interface within milliseconds, a port is used again after seconds. */
  private static final long APART_NANOS = 500_000_000L;

  private record Tuple(HostPort client, HostPort broker) {}

  private record Owner(String source, long startedNanos) {}

  /**
   * Those that were sighted last: a flow is looked at again up to a minute later, and as it leaves.
   */
  private static final class Latest extends LinkedHashMap<Tuple, Owner> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Latest(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Tuple, Owner> eldest) {
      return size() > most;
    }
  }

  private final Consumer<String> words;
  private final Map<Tuple, Owner> owners;
  private boolean said;

  /**
   * @param most connections remembered, about 300 bytes each: as many as are lost at once, since
   *     one interface may show all of them before the other shows the first
   * @param words is told, once, that there are such connections
   */
  CrossInterfaceDedup(int most, Consumer<String> words) {
    owners = new Latest(most);
    this.words = words;
  }

  /** Whether another interface sighted that connection first. */
  boolean isTwin(FlowEvent flowEvent) {
    FlowObservation flow = flowEvent.observation();
    Tuple tuple = new Tuple(flow.client(), flow.broker());
    Owner owner = owners.get(tuple);
    if (owner == null || Math.abs(flow.startedNanos() - owner.startedNanos) > APART_NANOS) {
      owners.put(tuple, new Owner(flowEvent.source(), flow.startedNanos()));
      return false;
    }
    boolean twin = !owner.source.equals(flowEvent.source());
    if (twin && !said) {
      said = true;
      words.accept(
          "%s and %s show the same connections: each is reported and counted once"
              .formatted(owner.source, flowEvent.source()));
    }
    return twin;
  }
}
