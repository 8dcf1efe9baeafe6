package io.rstscope.judge.incident;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Numbered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the two legs of connections through a proxy on the capturing host: what a client says on
 * one the proxy says on the other a moment later, and they end together. Such a loss is one.
 */
public final class Legs {
  /** The proxy connects to the broker when a client has come. */
  private static final long BEGIN_NANOS = 500_000_000L;

  /** It ends one leg when the other has ended, or both at its timer. */
  private static final long END_NANOS = 300_000_000L;

  /** A host translates a packet within this time. */
  private static final long TRANSLATED_NANOS = 10_000_000L;

  /** What the client says of itself is the same on both legs. */
  private record Said(ClientIdentity client, String vhost, Integer heartbeat) {}

  private Legs() {}

  /**
   * Joins what belongs together, in n log n unless many clients are alike.
   *
   * @param flows in the order in which they began; the proxy's legs to the broker are replaced by
   *     ones that say so
   */
  public static void join(List<FlowVerdict> flows) {
    joinTranslated(flows);
    Map<Said, List<Integer>> toBrokers = new HashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      FlowObservation flow = flows.get(i).flow();
      if (isLost(flows.get(i)) && flow.clientState().outboundSeen()) {
        toBrokers.computeIfAbsent(said(flow), key -> new ArrayList<>()).add(i);
      }
    }
    if (!toBrokers.isEmpty()) {
      for (FlowVerdict fromClient : List.copyOf(flows)) {
        if (isLost(fromClient) && fromClient.flow().brokerState().outboundSeen()) {
          join(
              fromClient.flow(), toBrokers.getOrDefault(said(fromClient.flow()), List.of()), flows);
        }
      }
    }
  }

  /** The same reset before and behind a NAT on the capturing host: sequence numbers stay. */
  private static void joinTranslated(List<FlowVerdict> flows) {
    Map<Numbered, FlowVerdict> whole = new HashMap<>();
    for (FlowVerdict flow : flows) {
      if (flow.isLost() && flow.decisiveReset() != null && flow.flow().handshakeSeen()) {
        whole.put(told(flow), flow);
      }
    }
    for (int i = 0; i < flows.size(); i++) {
      FlowVerdict part = flows.get(i);
      if (part.isLost() && part.decisiveReset() != null && !part.flow().handshakeSeen()) {
        FlowVerdict same = whole.get(told(part));
        if (same != null
            && !same.flow().client().equals(part.flow().client())
            && Math.abs(same.endNanos() - part.endNanos()) <= TRANSLATED_NANOS) {
          flows.set(i, part.joinedTo(same.flow().client()));
        }
      }
    }
  }

  /** The broker's port and the number of the reset. */
  private static Numbered told(FlowVerdict flow) {
    return new Numbered(flow.flow().broker(), flow.decisiveReset().packet().sequence());
  }

  private static boolean isLost(FlowVerdict verdict) {
    AmqpSnapshot amqp = verdict.flow().amqp();
    return verdict.isLost() && amqp != null && amqp.client().product() != null;
  }

  private static Said said(FlowObservation flow) {
    AmqpSnapshot amqp = flow.amqp();
    return new Said(amqp.client(), amqp.vhost(), amqp.heartbeatSeconds());
  }

  private static void join(
      FlowObservation fromClient, List<Integer> toBrokers, List<FlowVerdict> flows) {
    for (int i = 0; i < toBrokers.size(); i++) {
      int place = toBrokers.get(i);
      FlowObservation toBroker = flows.get(place).flow();
      if (toBroker != fromClient && isSameStory(fromClient, toBroker)) {
        flows.set(place, flows.get(place).joinedTo(fromClient.client()));
        toBrokers.remove(i);
        return;
      }
    }
  }

  private static boolean isSameStory(FlowObservation fromClient, FlowObservation toBroker) {
    long later = toBroker.startedNanos() - fromClient.startedNanos();
    long apart = FirstEnd.of(toBroker).nanos() - FirstEnd.of(fromClient).nanos();
    return !fromClient.client().equals(toBroker.client())
        && later >= 0
        && later <= BEGIN_NANOS
        && Math.abs(apart) <= END_NANOS;
  }
}
