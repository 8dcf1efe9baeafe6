package io.rstscope.judge.advice;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.net.Durations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the connections that heartbeats would have kept alive, by the programs that own them. */
public final class HeartbeatGaps {
  /** More programs than these are only counted. */
  private static final int CLIENTS_NAMED = 20;

  private final Map<UnprotectedClient, Integer> connections = new HashMap<>();
  private int seconds = Integer.MAX_VALUE;

  /** The shortest timer into which no safe heartbeat fits, ns. */
  private long shortest = Long.MAX_VALUE;

  private int prevented;
  private int lost;
  private boolean proven = true;

  /** Whether each has heartbeats that keep it alive as soon as the timer is raised. */
  private boolean beating = true;

  /** Whether any may have been closed by its own program, which heartbeats do not hinder. */
  private boolean ownTimer;

  private HeartbeatGaps() {}

  /** Null when heartbeats would have changed nothing. */
  public static HeartbeatAdvice advice(List<FlowVerdict> flows) {
    HeartbeatGaps gaps = new HeartbeatGaps();
    for (FlowVerdict flow : flows) {
      gaps.add(flow);
    }
    return gaps.prevented == 0 ? null : gaps.advice();
  }

  private void add(FlowVerdict verdict) {
    lost += verdict.isLost() ? 1 : 0;
    if (isUnprotected(verdict)) {
      HeartbeatPlan plan = HeartbeatPlan.of(verdict);
      prevented++;
      seconds = Math.min(seconds, plan.seconds());
      proven &= plan.proven();
      Integer now = HeartbeatPlan.now(verdict);
      beating &= plan.raiseFirst() && now != null && now > 0 && now <= plan.seconds();
      ownTimer |= Situation.mayBeOwnTimer(verdict);
      shortest = plan.raiseFirst() ? Math.min(shortest, plan.timerNanos()) : shortest;
      connections.merge(client(verdict), 1, Integer::sum);
    }
  }

  /** Whether an idle timer ended a connection that heartbeats did not guard. */
  private static boolean isUnprotected(FlowVerdict verdict) {
    IdleTimer timer = verdict.idleTimer();
    Cause cause = verdict.ending().cause();
    boolean ofTimer = cause == Cause.IDLE_TIMEOUT || cause == Cause.SILENT_DROP && timer != null;
    return verdict.otherLeg() == null
        && ofTimer
        && !Situation.isProgramOrProxy(verdict)
        && (timer == null || !timer.contradicted())
        && HeartbeatPlan.of(verdict).kind() == HeartbeatPlan.Kind.HELPS;
  }

  private static UnprotectedClient client(FlowVerdict verdict) {
    AmqpSnapshot amqp = verdict.flow().amqp();
    ClientIdentity client = amqp == null ? ClientIdentity.UNKNOWN : amqp.client();
    return new UnprotectedClient(
        verdict.realClient(),
        client.product(),
        client.version(),
        client.connectionName(),
        HeartbeatPlan.now(verdict),
        0);
  }

  private HeartbeatAdvice advice() {
    List<UnprotectedClient> clients =
        connections.entrySet().stream()
            .map(each -> counted(each.getKey(), each.getValue()))
            .sorted(HeartbeatGaps::inOrder)
            .limit(CLIENTS_NAMED)
            .toList();
    return new HeartbeatAdvice(seconds, prevented, lost, proven, clients, says());
  }

  /** Most connections first. */
  private static int inOrder(UnprotectedClient one, UnprotectedClient other) {
    int connections = Integer.compare(other.connections(), one.connections());
    return connections != 0 ? connections : one.address().compareTo(other.address());
  }

  private static UnprotectedClient counted(UnprotectedClient client, int connections) {
    return new UnprotectedClient(
        client.address(),
        client.product(),
        client.version(),
        client.connectionName(),
        client.heartbeatSeconds(),
        connections);
  }

  private String says() {
    String counted = prevented + " of " + Words.count(lost, "lost connection");
    String raised =
        shortest == Long.MAX_VALUE
            ? ""
            : "the idle timeout of "
                + Durations.text(shortest)
                + " (too short for safe heartbeats) is raised to "
                + HeartbeatPlan.RAISED_SECONDS
                + " s or more";
    return (beating
            ? "the heartbeats that were set would have kept " + counted + " alive, once " + raised
            : "heartbeats of "
                + seconds
                + " s would have prevented "
                + counted
                + (raised.isEmpty() ? "" : ", once " + raised))
        + (proven ? "" : ", unless the timer is shorter than the capture shows")
        + (ownTimer ? ", unless it was the programs' own timer" : "");
  }
}
