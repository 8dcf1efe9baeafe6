package io.rstscope.judge.advice;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import io.rstscope.testing.mutants.Mutants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No advice contradicts the verdict that it is given on, over all captures. */
class AdviceOnCapturesTest {
  private static final Path CAPTURES = Path.of(System.getProperty("rstscope.captures", "captures"));

  /** What denies that timeouts or heartbeats help, and against which causes they do. */
  private static final List<String> DENY_TIMERS = List.of("no timeout", "no heartbeat");

  private static final Set<Cause> OF_TIMERS =
      Set.of(Cause.IDLE_TIMEOUT, Cause.SILENT_DROP, Cause.STATE_LOST, Cause.MISSED_HEARTBEATS);

  private static final List<String> DENY_NETWORK =
      List.of("not the network", "no change in the network", "not the network");

  private static final Set<Cause> OF_THE_NETWORK =
      Set.of(
          Cause.IDLE_TIMEOUT,
          Cause.STATE_LOST,
          Cause.INJECTED_RESET,
          Cause.SILENT_DROP,
          Cause.PROXY_FAILURE);

  private static final double POSSIBLE = 0.05;

  private static final int MUTANTS = 4_000;

  static List<Path> captures() throws IOException {
    try (Stream<Path> files = Files.list(CAPTURES)) {
      return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?")).sorted().toList();
    }
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        Arguments.of("the client's packets only", Damage.oneDirection(true)),
        Arguments.of("the broker's packets only", Damage.oneDirection(false)),
        Arguments.of("30 % lost", Damage.losses(0.3)),
        Arguments.of("resets only", Damage.lateStart(0)),
        Arguments.of("began three packets before", Damage.lateStart(3)),
        Arguments.of("SYN, FIN and RST only", Damage.controlOnly()),
        Arguments.of("headers only", Damage.headersOnly()),
        Arguments.of("snap length 96", Damage.snapLength(96)));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void shouldDenyNothingThatMayHelpAndAlwaysKnowANextStep(Path capture) throws IOException {
    try (InputStream packets = Files.newInputStream(capture)) {
      check(Analysis.together(packets));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void shouldDoSoOfCapturesInWhichSomethingIsMissing(
      String name, UnaryOperator<List<Recorded>> damage) throws IOException {
    for (Path capture : captures()) {
      List<Recorded> damaged = damage.apply(Recorded.read(capture));
      if (!damaged.isEmpty()) {
        check(Analysis.together(Recorded.capture(damaged)));
      }
    }
  }

  @Test
  void shouldDoSoOfMutants() throws IOException {
    Mutants mutants = new Mutants(CAPTURES, 5672);
    int lost = 0;
    for (int number = 0; number < MUTANTS; number++) {
      List<Recorded> packets = mutants.get(number).packets();
      if (!packets.isEmpty()) {
        CaptureVerdict capture = Analysis.together(Recorded.capture(packets));
        check(capture);
        lost += capture.flows().size();
      }
    }

    assertTrue(lost > MUTANTS / 2, "too few connections to prove anything: " + lost);
  }

  private static void check(CaptureVerdict capture) {
    for (FlowVerdict verdict : capture.flows()) {
      Advice advice = Advice.on(verdict);
      String all = String.join("\n", advice.toDo());
      assertAll(
          verdict.flow().client() + " " + verdict.ending().likelihoods() + "\n" + all,
          () -> shouldDenyNothing(verdict.ending(), all),
          () -> shouldKnowANextStep(verdict, advice),
          () -> shouldHelpAgainstAll(verdict, all),
          () -> assertEquals(advice.toDo().size(), new HashSet<>(advice.toDo()).size()),
          () -> assertEquals(advice.checks().size(), new HashSet<>(advice.checks()).size()));
    }
  }

  private static void shouldDenyNothing(Ending ending, String all) {
    assertTrue(
        likelihood(ending, OF_TIMERS) < POSSIBLE || DENY_TIMERS.stream().noneMatch(all::contains));
    assertTrue(
        likelihood(ending, OF_THE_NETWORK) < POSSIBLE
            || DENY_NETWORK.stream().noneMatch(all::contains));
  }

  private static double likelihood(Ending ending, Set<Cause> causes) {
    return causes.stream().mapToDouble(ending::likelihood).sum();
  }

  private static void shouldKnowANextStep(FlowVerdict verdict, Advice advice) {
    if (!verdict.ending().benign()) {
      assertFalse(advice.toDo().isEmpty());
      assertFalse(advice.checks().isEmpty());
    }
  }

  private static void shouldHelpAgainstAll(FlowVerdict verdict, String all) {
    Ending ending = verdict.ending();
    for (Cause cause : Cause.values()) {
      if (ending.likelihood(cause) >= Advice.WORTH_ADVICE
          && cause != ending.cause()
          && cause != Cause.UNDETERMINED
          && !cause.isBenign()) {
        assertTrue(all.contains(Remedies.clause(cause) + ": "), cause::word);
      }
    }
    if (ending.likelihood(Cause.IDLE_TIMEOUT) >= Advice.WORTH_ADVICE
        && HeartbeatPlan.of(verdict).kind() == HeartbeatPlan.Kind.HELPS) {
      assertTrue(all.contains("heartbeat of "), "a heartbeat helps");
    }
  }
}
