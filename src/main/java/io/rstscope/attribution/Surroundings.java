package io.rstscope.attribution;

import io.rstscope.amqp.ClientIdentity;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What the other flows of the capture say: who else was reset at that moment, and who else comes
 * from that address.
 */
final class Surroundings {
  /** Within this time resets belong to one event: a process that dies, a device that fails over. */
  private static final long EVENT_NANOS = 2_000_000_000L;

  private final Recording recording;
  private final Map<String, long[]> endingsByBroker = new HashMap<>();
  private final long[] forgotten;
  private final Map<String, Set<ClientIdentity>> identities = new HashMap<>();
  private final Map<String, Set<Integer>> ttls = new HashMap<>();
  private final Set<String> proxies = new HashSet<>();
  private final Silences closings = new Silences();
  private final Silences unprompted = new Silences();

  Surroundings(List<FlowObservation> flows, Recording recording) {
    this.recording = recording;
    Map<String, List<Long>> byBroker = new HashMap<>();
    LongStream.Builder stateless = LongStream.builder();
    for (FlowObservation flow : flows) {
      for (ResetObservation reset : flow.resets()) {
        if (reset.role() != Role.ENDS_CONNECTION) {
          continue;
        }
        long nanos = reset.packet().timeNanos();
        if (reset.shape() == Shape.STATELESS && reset.trigger() != null) {
          stateless.add(nanos);
        } else if (!reset.fromClient()) {
          byBroker.computeIfAbsent(flow.broker().address(), key -> new ArrayList<>()).add(nanos);
        }
      }
      addSilences(flow);
      addTtl(flow, true);
      addTtl(flow, false);
      if (flow.amqp() != null && flow.amqp().client().product() != null) {
        identities
            .computeIfAbsent(flow.client().address(), key -> new HashSet<>())
            .add(productOf(flow.amqp().client()));
      }
    }
    forgotten = stateless.build().sorted().toArray();
    byBroker.forEach(
        (address, times) ->
            endingsByBroker.put(
                address, times.stream().mapToLong(Long::longValue).sorted().toArray()));
  }

  /** How the capture was made. */
  Recording recording() {
    return recording;
  }

  private void addSilences(FlowObservation flow) {
    String client = flow.client().address();
    if (!ProxySigns.of(flow).isEmpty()) {
      proxies.add(client);
    }
    for (ResetObservation reset : flow.resets()) {
      if (reset.role() == Role.ANSWERS_CLOSE) {
        closings.add(client, reset.idle().payload());
      } else if (isUnprompted(reset)) {
        unprompted.add(flow.broker().address(), reset.idle().silenceNanos());
      }
    }
  }

  private static boolean isUnprompted(ResetObservation reset) {
    return reset.role() == Role.ENDS_CONNECTION
        && reset.trigger() == null
        && reset.shape() != Shape.SOCKET
        && reset.aftermath().lifeFrame() < 0;
  }

  /** Whether a flow of that address shows that a proxy is there. */
  boolean isProxy(String clientAddress) {
    return proxies.contains(clientAddress);
  }

  /** Whether other flows of the client were closed after the same silence. */
  boolean othersClosedAfterSameSilence(FlowObservation flow, long silenceNanos) {
    return closings.count(flow.client().address(), silenceNanos) > 1;
  }

  /** Whether other flows of the broker were reset out of the blue after the same silence. */
  boolean othersResetAfterSameSilence(FlowObservation flow, ResetObservation reset) {
    return isUnprompted(reset)
        && unprompted.count(flow.broker().address(), reset.idle().silenceNanos()) > 1;
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

  private static ClientIdentity productOf(ClientIdentity client) {
    return new ClientIdentity(client.product(), client.version(), client.platform(), null);
  }

  /**
   * How many connections of the same broker ended around that time by resets of live sockets in its
   * name, this one included.
   */
  int endedTogether(FlowObservation flow, ResetObservation reset) {
    return around(
        endingsByBroker.getOrDefault(flow.broker().address(), new long[0]),
        reset.packet().timeNanos());
  }

  /** How many connections were answered around that time as if they had never been. */
  int forgottenTogether(ResetObservation reset) {
    return around(forgotten, reset.packet().timeNanos());
  }

  private static int around(long[] sorted, long nanos) {
    return firstAtOrAfter(sorted, nanos + EVENT_NANOS + 1)
        - firstAtOrAfter(sorted, nanos - EVENT_NANOS);
  }

  private static int firstAtOrAfter(long[] sorted, long time) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (sorted[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What shows that the broker's TCP peer may be a proxy; empty when nothing does. */
  Set<ProxySign> proxySigns(FlowObservation flow) {
    Set<ProxySign> signs = ProxySigns.of(flow);
    if (kindsOfClients(flow) > 1) {
      signs.add(ProxySign.SEVERAL_CLIENTS);
    }
    return signs;
  }

  private int kindsOfClients(FlowObservation flow) {
    Set<ClientIdentity> there = identities.get(flow.client().address());
    return there == null ? 0 : there.size();
  }
}
