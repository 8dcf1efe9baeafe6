package io.rstscope.reset;

import io.rstscope.capture.PacketCounts.Pause;
import io.rstscope.net.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The capturing host's clock was set forward while no packet came, by NTP or because a virtual
 * machine was resumed: that time did not pass. The TCP timestamps of the hosts say so, which read
 * clocks of their own (RFC 7323, section 4.1).
 *
 * @param pause in which it was set
 * @param byNanos by how much, ns
 */
public record ClockStep(Pause pause, long byNanos) {
  /** Shorter ones make no idle time that anybody would ask about. */
  private static final long SHORTEST_NANOS = 2_000_000_000L;

  /** Timestamp clocks of Linux, Windows and macOS tick so often a second, ns between two. */
  private static final long TICK_NANOS = 1_000_000L;

  /** Clocks that tick more seldom look like a step, the same for each of their hosts. */
  private static final double[] SLOW_CLOCKS = {1, 2, 10, 100, 250, 500};

  private static final double CLOCK_TOLERANCE = 0.03;

  /** By so much do hosts differ in when a step came. */
  private static final long AGREED_NANOS = 100_000_000L;

  /** What one host's clock says may be its own standing still, as in a laptop that sleeps. */
  private static final int HOSTS = 2;

  /** What a host's timestamps say of the pause. */
  private record Witness(String host, long missingNanos) {}

  /**
   * The step that all hosts agree on whose connections outlived the pause, or null.
   *
   * @param pause the longest one without any packet, or null
   */
  public static ClockStep in(Pause pause, List<FlowObservation> flows) {
    if (pause == null || pause.nanos() < SHORTEST_NANOS) {
      return null;
    }
    List<Witness> witnesses = new ArrayList<>();
    for (FlowObservation flow : flows) {
      if (spans(pause, flow)) {
        for (Side side : Side.values()) {
          addTo(witnesses, flow, side, pause);
        }
      }
    }
    long least = witnesses.stream().mapToLong(Witness::missingNanos).min().orElse(0);
    long most = witnesses.stream().mapToLong(Witness::missingNanos).max().orElse(0);
    Set<String> hosts = new HashSet<>();
    witnesses.forEach(witness -> hosts.add(witness.host));
    boolean agreed = hosts.size() >= HOSTS && most - least <= AGREED_NANOS;
    return agreed && least >= SHORTEST_NANOS && least <= pause.nanos()
        ? new ClockStep(pause, least)
        : null;
  }

  private static boolean spans(Pause pause, FlowObservation flow) {
    return flow.startedNanos() <= pause.fromNanos() && flow.lastNanos() >= pause.untilNanos();
  }

  private static void addTo(List<Witness> witnesses, FlowObservation flow, Side side, Pause pause) {
    EndpointState state = flow.state(side);
    double rate = state.tsTicksPerSecond();
    if (state.lastNanos() < pause.untilNanos() || rate <= 0 || isOfSlowClock(rate)) {
      return;
    }
    long captured = state.lastNanos() - flow.startedNanos();
    long ticked = (long) (rate * captured / 1e9 * TICK_NANOS);
    witnesses.add(new Witness(flow.hostPort(side).address(), captured - ticked));
  }

  private static boolean isOfSlowClock(double rate) {
    for (double slow : SLOW_CLOCKS) {
      if (Math.abs(rate - slow) <= CLOCK_TOLERANCE * slow) {
        return true;
      }
    }
    return false;
  }

  /** The same connections without the time that did not pass; their ends stay where they were. */
  public List<FlowObservation> removedFrom(List<FlowObservation> flows) {
    return flows.stream().map(flow -> spans(pause, flow) ? without(flow) : flow).toList();
  }

  private FlowObservation without(FlowObservation flow) {
    return new FlowObservation(
        flow.client(),
        flow.broker(),
        at(flow.startedNanos()),
        flow.lastNanos(),
        flow.lastFrame(),
        flow.observedUntilNanos(),
        flow.handshakeSeen(),
        flow.rolesGuessed(),
        flow.history(),
        survived(flow.longestIdleNanos()),
        flow.duplicates(),
        without(flow, flow.clientState()),
        without(flow, flow.brokerState()),
        without(flow.closing()),
        without(flow.clientBeat()),
        without(flow.brokerBeat()),
        flow.amqp(),
        at(flow.channelErrorNanos()),
        at(flow.blockedNanos()),
        flow.end(),
        flow.resets().stream().map(reset -> without(flow, reset)).toList(),
        flow.resetsLeftOut(),
        flow.account());
  }

  /** What came before the step came later, by the clock as it was set. */
  private long at(long nanos) {
    return nanos != 0 && nanos <= pause.fromNanos() ? nanos + byNanos : nanos;
  }

  private long survived(long silenceNanos) {
    return silenceNanos >= pause.nanos() ? silenceNanos - byNanos : silenceNanos;
  }

  /** A time that ended then; -1 when it is not known. */
  private long lasted(long nanos, long endNanos) {
    boolean over = endNanos >= pause.untilNanos() && endNanos - nanos <= pause.fromNanos();
    return nanos >= 0 && over ? nanos - byNanos : nanos;
  }

  private Closing without(Closing closing) {
    return closing == null || closing.nanos() < pause.untilNanos()
        ? closing
        : new Closing(
            closing.nanos(),
            closing.frame(),
            lasted(closing.clientSilentNanos(), closing.nanos()),
            lasted(closing.brokerSilentNanos(), closing.nanos()),
            lasted(closing.packetSilentNanos(), closing.nanos()),
            survived(closing.survivedNanos()),
            closing.otherWindow(),
            closing.amqp());
  }

  private Beat without(Beat beat) {
    return new Beat(
        at(beat.nanos()),
        lasted(beat.intervalNanos(), beat.nanos()),
        beat.repeated(),
        at(beat.lastNanos()),
        beat.lastLength(),
        beat.lastTlsType(),
        beat.fatalAlert());
  }

  private ResetObservation without(FlowObservation flow, ResetObservation reset) {
    long nanos = reset.packet().timeNanos();
    Trigger trigger = reset.trigger();
    Idle idle = reset.idle();
    return new ResetObservation(
        reset.packet(),
        reset.from(),
        without(flow, reset.sender()),
        without(flow, reset.other()),
        reset.shape(),
        reset.role(),
        reset.sequenceOffset(),
        trigger,
        new Idle(
            lasted(idle.sameDirection(), nanos),
            lasted(idle.opposite(), nanos),
            lasted(idle.payload(), nanos),
            lasted(
                idle.beforeTrigger(),
                trigger == null ? nanos : nanos - trigger.oldestDelayNanos())),
        reset.amqp(),
        reset.samePacketAs(),
        reset.aftermath());
  }

  private EndpointState without(FlowObservation flow, EndpointState state) {
    long life = state.lastNanos() - flow.startedNanos();
    boolean over = state.lastNanos() >= pause.untilNanos();
    boolean ticked = over && life > byNanos && state.tsTicksPerSecond() > 0;
    return state.timed(
        at(state.lastNanos()),
        at(state.lastPayloadNanos()),
        ticked ? state.tsTicksPerSecond() * life / (life - byNanos) : state.tsTicksPerSecond(),
        state.minRttNanos(),
        at(state.pendingNanos()),
        lasted(state.pendingSilenceNanos(), state.pendingNanos()));
  }
}
