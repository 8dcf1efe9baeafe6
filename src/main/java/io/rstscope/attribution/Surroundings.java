package io.rstscope.attribution;

import io.rstscope.amqp.ClientIdentity;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the other flows of the capture say: who else was reset at that moment, and who else comes
 * from that address.
 */
final class Surroundings {
  /** Within this time resets belong to one event: a process that dies, a device that fails over. */
  private static final long EVENT_NANOS = 2_000_000_000L;

  private final Map<String, long[]> endingsByClient = new HashMap<>();
  private final Map<String, long[]> endingsByBroker = new HashMap<>();
  private final Map<String, Set<ClientIdentity>> identities = new HashMap<>();
  private final Map<String, Set<Integer>> ttls = new HashMap<>();

  Surroundings(List<FlowObservation> flows) {
    Map<String, List<Long>> byClient = new HashMap<>();
    Map<String, List<Long>> byBroker = new HashMap<>();
    for (FlowObservation flow : flows) {
      for (ResetObservation reset : flow.resets()) {
        if (reset.role() == Role.ENDS_CONNECTION) {
          boolean fromClient = reset.fromClient();
          String claimed = (fromClient ? flow.client() : flow.broker()).address();
          (fromClient ? byClient : byBroker)
              .computeIfAbsent(claimed, key -> new ArrayList<>())
              .add(reset.packet().timeNanos());
        }
      }
      addTtl(flow, true);
      addTtl(flow, false);
      if (flow.amqp() != null && flow.amqp().client().product() != null) {
        identities
            .computeIfAbsent(flow.client().address(), key -> new HashSet<>())
            .add(productOf(flow.amqp().client()));
      }
    }
    sortInto(endingsByClient, byClient);
    sortInto(endingsByBroker, byBroker);
  }

  private void addTtl(FlowObservation flow, boolean client) {
    if (flow.state(client).packets() > 0) {
      String address = (client ? flow.client() : flow.broker()).address();
      ttls.computeIfAbsent(address, key -> new HashSet<>()).add(flow.state(client).ttl());
    }
  }

  /** The usual TTL of the flows of that address, or -1 when there is none or they differ. */
  int onlyTtlOf(String address) {
    Set<Integer> seen = ttls.getOrDefault(address, Set.of());
    return seen.size() == 1 ? seen.iterator().next() : -1;
  }

  private static void sortInto(Map<String, long[]> sorted, Map<String, List<Long>> times) {
    times.forEach(
        (address, list) -> {
          long[] nanos = list.stream().mapToLong(Long::longValue).toArray();
          Arrays.sort(nanos);
          sorted.put(address, nanos);
        });
  }

  private static ClientIdentity productOf(ClientIdentity client) {
    return new ClientIdentity(client.product(), client.version(), client.platform(), null);
  }

  /**
   * How many connections ended around that time by a reset in the name of the same host, this one
   * included.
   */
  int endedTogether(FlowObservation flow, ResetObservation reset) {
    boolean fromClient = reset.fromClient();
    long[] times =
        fromClient
            ? endingsByClient.get(flow.client().address())
            : endingsByBroker.get(flow.broker().address());
    if (times == null) {
      return 0;
    }
    long now = reset.packet().timeNanos();
    return firstAtOrAfter(times, now + EVENT_NANOS + 1) - firstAtOrAfter(times, now - EVENT_NANOS);
  }

  private static int firstAtOrAfter(long[] sorted, long time) {
    int place = Arrays.binarySearch(sorted, time);
    if (place < 0) {
      return -place - 1;
    }
    while (place > 0 && sorted[place - 1] == time) {
      place--;
    }
    return place;
  }

  /**
   * Whether the broker's TCP peer may be a proxy: it shows itself as one, or programs of several
   * kinds speak from its address.
   */
  boolean peerMayBeProxy(FlowObservation flow) {
    return ProxySigns.isProxy(flow) || kindsOfClients(flow) > 1;
  }

  private int kindsOfClients(FlowObservation flow) {
    Set<ClientIdentity> there = identities.get(flow.client().address());
    return there == null ? 0 : there.size();
  }
}
