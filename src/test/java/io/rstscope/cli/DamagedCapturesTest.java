package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Labelled captures with something missing, or recorded in another network. */
class DamagedCapturesTest {
  private static final double DEFENSIBLE = 0.94;

  @TempDir private Path folder;

  static Stream<Arguments> damages() {
    return Stream.of(
        Arguments.of("the client's packets only", same(Damage.oneDirection(true))),
        Arguments.of("the broker's packets only", same(Damage.oneDirection(false))),
        Arguments.of("5 % lost", same(Damage.losses(0.05))),
        Arguments.of("30 % lost", same(Damage.losses(0.3))),
        Arguments.of("resets only", same(Damage.lateStart(0))),
        Arguments.of("began one packet before", same(Damage.lateStart(1))),
        Arguments.of("began three packets before", same(Damage.lateStart(3))),
        Arguments.of("SYN, FIN and RST only", same(Damage.controlOnly())),
        Arguments.of("headers only", same(Damage.headersOnly())),
        Arguments.of("snap length 96", same(Damage.snapLength(96))),
        Arguments.of("each packet twice", same(Damage.twice(1_000))),
        Arguments.of("each packet twice, late", same(Damage.twice(3_000_000))),
        Arguments.of("once more behind a router", same(Damage.twiceBehindRouter())),
        Arguments.of("clock set back 0.5 s", same(Damage.clockStep(-0.5))),
        Arguments.of("clock set back 5 s", same(Damage.clockStep(-5))),
        Arguments.of("clock set ahead 1000 s", same(Damage.clockStep(1000))),
        Arguments.of("packets out of order", same(Damage.disorder())),
        Arguments.of("the client's segments joined", same(Damage.offload(true))),
        Arguments.of("the broker's segments joined", same(Damage.offload(false))),
        Arguments.of("route grown long before", route(-1, 20)),
        Arguments.of("route grown just before", route(-2, 3)),
        Arguments.of("route grown before the reset", route(-1, 0)),
        Arguments.of("in a tunnel", same(Damage.tunnel())),
        Arguments.of("Windows hosts", (Mutation) Damage::windows),
        Arguments.of("one client's address for all", same(Damage.nat())),
        Arguments.of("timestamps taken out", same(Damage.withoutTimestamps())),
        Arguments.of("identifications at random", same(Damage.ipId(-1))),
        Arguments.of("identifications all 0", same(Damage.ipId(0))));
  }

  /** Given the frames of the resets that hosts sent themselves, what to do to the packets. */
  private interface Mutation extends Function<Set<Long>, UnaryOperator<List<Recorded>>> {}

  private static Mutation same(UnaryOperator<List<Recorded>> damage) {
    return own -> damage;
  }

  private static Mutation route(int hops, int packets) {
    return own -> Damage.routeChange(hops, packets, own);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void shouldNotBeSureOfWhatIsWrong(String name, Mutation damage) throws IOException {
    Score score = new Score();
    for (Path capture : LabelledCapturesTest.captures()) {
      List<Truth> truth = Truth.of(capture);
      List<Recorded> damaged = damage.apply(own(truth)).apply(Recorded.read(capture));
      if (damaged.isEmpty()) {
        continue;
      }
      Path file = folder.resolve(capture.getFileName());
      Recorded.capture(damaged).writeTo(file);

      Run run = Run.of("analyze", "-p", "5672,5671", "--format", "json", "--all-flows", file);

      assertEquals(0, run.status(), run.err());
      score.add(run.flows(), Truth.in(truth, damaged).stream().map(Truth::orOpen).toList());
    }
    System.out.println("---- " + name + "\n" + score);

    assertAll(
        score.toString(),
        () -> assertEquals(List.of(), score.missed(), "missed"),
        () -> assertEquals(0, score.wrongAndSure(), "senders that are wrong and sure"),
        () -> assertTrue(score.defensible() >= DEFENSIBLE, "senders that can be defended"));
  }

  /** What hosts sent for themselves, among them proxies that are the broker's peer. */
  private static Set<Long> own(List<Truth> truth) {
    return truth.stream()
        .flatMap(flow -> flow.resets().stream())
        .filter(
            reset -> !reset.originator().equals("middlebox") || reset.accepted().contains("peer"))
        .map(Truth.Reset::frame)
        .collect(Collectors.toSet());
  }
}
