package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Labelled captures with something missing, or recorded in another network. */
class DamagedCapturesTest {
  private static final Set<String> ENDPOINTS = Set.of("client", "broker");

  @TempDir private Path folder;

  static Stream<Arguments> damages() {
    return Stream.of(
        Arguments.of("as it is", same(UnaryOperator.identity())),
        Arguments.of("client only", same(Damage.oneDirection(true))),
        Arguments.of("broker only", same(Damage.oneDirection(false))),
        Arguments.of("5 % lost", same(Damage.losses(0.05))),
        Arguments.of("30 % lost", same(Damage.losses(0.3))),
        Arguments.of("late start 0", same(Damage.lateStart(0))),
        Arguments.of("late start 1", same(Damage.lateStart(1))),
        Arguments.of("late start 2", same(Damage.lateStart(2))),
        Arguments.of("late start 3", same(Damage.lateStart(3))),
        Arguments.of("late start 5", same(Damage.lateStart(5))),
        Arguments.of("snap length 96", same(Damage.snapLength(96))),
        Arguments.of("snap length 54", same(Damage.snapLength(74))),
        Arguments.of("twice at once", same(Damage.twice(1_000))),
        Arguments.of("twice late", same(Damage.twice(3_000_000))),
        Arguments.of("twice behind router", same(Damage.twiceBehindRouter())),
        Arguments.of("clock back 0.5", same(Damage.clockStep(-0.5))),
        Arguments.of("clock back 5", same(Damage.clockStep(-5))),
        Arguments.of("clock ahead 1000", same(Damage.clockStep(1000))),
        Arguments.of("disorder", same(Damage.disorder())),
        Arguments.of("route +1 0", route(1, 0)),
        Arguments.of("route +1 1", route(1, 1)),
        Arguments.of("route -2 3", route(-2, 3)),
        Arguments.of("route -1 20", route(-1, 20)),
        Arguments.of("tunnel", same(Damage.tunnel())),
        Arguments.of(
            "windows", (Function<Set<Long>, UnaryOperator<List<Recorded>>>) Damage::windows),
        Arguments.of("nat", same(Damage.nat())),
        Arguments.of("without timestamps", same(Damage.withoutTimestamps())),
        Arguments.of("id random", same(Damage.ipId(-1))),
        Arguments.of("id 0", same(Damage.ipId(0))));
  }

  private static Function<Set<Long>, UnaryOperator<List<Recorded>>> same(
      UnaryOperator<List<Recorded>> damage) {
    return own -> damage;
  }

  private static Function<Set<Long>, UnaryOperator<List<Recorded>>> route(int hops, int packets) {
    return own -> Damage.routeChange(hops, packets, own);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void shouldNotBeSureOfWhatIsWrong(
      String name, Function<Set<Long>, UnaryOperator<List<Recorded>>> damage) throws IOException {
    Score score = new Score();
    for (Path capture : LabelledCapturesTest.captures()) {
      List<Truth> truth = Truth.of(capture);
      List<Recorded> damaged = damage.apply(own(truth)).apply(Recorded.read(capture));
      if (damaged.isEmpty()) {
        continue;
      }
      Path file = folder.resolve(capture.getFileName());
      Recorded.capture(damaged).writeTo(file);

      Run run = Run.of("analyze", "--format", "json", "--all-flows", file);

      assertEquals(0, run.status(), run.err());
      score.add(run.flows(), inDamaged(truth, damaged));
    }
    System.out.println("---- " + name + "\n" + score);

    assertAll(
        score.toString(),
        () -> assertEquals(List.of(), score.missed(), "missed"),
        () -> assertEquals(0, score.wrongAndSure(), "senders that are wrong and sure"),
        () -> assertTrue(score.defensible() >= 0, "senders that can be defended"));
  }

  private static Set<Long> own(List<Truth> truth) {
    return truth.stream()
        .flatMap(flow -> flow.resets().stream())
        .filter(reset -> ENDPOINTS.contains(reset.originator()))
        .map(Truth.Reset::frame)
        .collect(Collectors.toSet());
  }

  /** The truth with the frame numbers of the damaged capture, where it may be left open. */
  private static List<Truth> inDamaged(List<Truth> truth, List<Recorded> damaged) {
    Map<Long, List<Long>> places = new HashMap<>();
    for (int i = 0; i < damaged.size(); i++) {
      places.computeIfAbsent(damaged.get(i).frame(), key -> new ArrayList<>()).add(i + 1L);
    }
    List<Truth> moved = new ArrayList<>();
    for (Truth flow : truth) {
      List<Truth.Reset> resets = new ArrayList<>();
      for (Truth.Reset reset : flow.resets()) {
        places.get(reset.frame()).forEach(frame -> resets.add(reset.at(frame).orOpen()));
      }
      moved.add(new Truth(flow.capture(), flow.rootCause(), resets));
    }
    return moved;
  }
}
