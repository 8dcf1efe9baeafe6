package io.rstscope.attribution;

import io.rstscope.amqp.ClientIdentity;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the other flows of the capture say: who else was reset at that moment, and who else comes
 * from that address.
 */
final class Surroundings {
  /** Within this time resets belong to one event: a process that dies, a device that fails over. */
  private static final long EVENT_NANOS = 2_000_000_000L;

  private static final int DIFFERENT = -1;

  private final Recording recording;
  private final Map<String, Moments> endingsByBroker = new HashMap<>();
  private final Moments forgotten = new Moments();

  /** The first program of each client's address, and the addresses of which there is another. */
  private final Map<String, ClientIdentity> identities = new HashMap<>();

  private final Set<String> severalPrograms = new HashSet<>();

  /** The usual TTL of each address, {@link #DIFFERENT} where flows have others. */
  private final Map<String, Integer> ttls = new HashMap<>();

  private final Set<String> proxies = new HashSet<>();
  private final Silences closings = new Silences();
  private final Silences unprompted = new Silences();

  Surroundings(List<FlowObservation> flows, Recording recording) {
    this.recording = recording;
    for (FlowObservation flow : flows) {
      for (ResetObservation reset : flow.resets()) {
        if (reset.role() == Role.ENDS_CONNECTION) {
          addEnding(flow, reset);
        }
      }
      addSilences(flow);
      addTtl(flow, true);
      addTtl(flow, false);
      addIdentity(flow);
    }
    forgotten.sort();
    endingsByBroker.values().forEach(Moments::sort);
  }

  private void addEnding(FlowObservation flow, ResetObservation reset) {
    long nanos = reset.packet().timeNanos();
    if (reset.shape() == Shape.STATELESS && reset.trigger() != null) {
      forgotten.add(nanos);
    } else if (!reset.fromClient()) {
      endingsByBroker.computeIfAbsent(flow.broker().address(), key -> new Moments()).add(nanos);
    }
  }

  private void addIdentity(FlowObservation flow) {
    if (flow.amqp() == null || flow.amqp().client().product() == null) {
      return;
    }
    String address = flow.client().address();
    ClientIdentity client = flow.amqp().client();
    ClientIdentity first = identities.putIfAbsent(address, client);
    if (first != null && !isSameProgram(first, client)) {
      severalPrograms.add(address);
    }
  }

  private static boolean isSameProgram(ClientIdentity one, ClientIdentity other) {
    return one.product().equals(other.product())
        && Objects.equals(one.version(), other.version())
        && Objects.equals(one.platform(), other.platform());
  }

  /** How the capture was made. */
  Recording recording() {
    return recording;
  }

  private void addSilences(FlowObservation flow) {
    String client = flow.client().address();
    if (ProxySigns.any(flow)) {
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
    EndpointState state = flow.state(client);
    if (state.packets() > 0) {
      String address = (client ? flow.client() : flow.broker()).address();
      Integer first = ttls.putIfAbsent(address, state.ttl());
      if (first != null && first != state.ttl()) {
        ttls.put(address, DIFFERENT);
      }
    }
  }

  /** The usual TTL of the flows of that address, or -1 when there is none or they differ. */
  int onlyTtlOf(String address) {
    return ttls.getOrDefault(address, DIFFERENT);
  }

  /**
   * How many connections of the same broker ended around that time by resets of live sockets in its
   * name, this one included.
   */
  int endedTogether(FlowObservation flow, ResetObservation reset) {
    return endingsByBroker
        .getOrDefault(flow.broker().address(), Moments.NONE)
        .around(reset.packet().timeNanos(), EVENT_NANOS);
  }

  /** How many connections were answered around that time as if they had never been. */
  int forgottenTogether(ResetObservation reset) {
    return forgotten.around(reset.packet().timeNanos(), EVENT_NANOS);
  }

  /** What shows that the broker's TCP peer may be a proxy; empty when nothing does. */
  Set<ProxySign> proxySigns(FlowObservation flow) {
    boolean several = severalPrograms.contains(flow.client().address());
    if (!several && !ProxySigns.any(flow)) {
      return Set.of();
    }
    Set<ProxySign> signs = ProxySigns.of(flow);
    if (several) {
      signs.add(ProxySign.SEVERAL_CLIENTS);
    }
    return Collections.unmodifiableSet(signs);
  }
}
