package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The labelled captures of the same time, each held against the others, and with faults put in. */
class OtherSideTest {
  private static final Pattern NAME = Pattern.compile("(.*)\\.(broker|client|middle)\\.pcap(ng)?");

  /**
   * The resets that the other capture lacks though it was made at the end they claim to come from,
   * and covers the moment. Each was made by a middlebox.
   */
  private static final Set<String> AT_ONE_END_ONLY =
      Set.of(
          "device-resets-both.broker.pcap 34",
          "device-resets-both.client.pcap 17",
          "firewall-forgot-far.broker.pcap 61",
          "firewall-forgot-ipv6.broker.pcap 61",
          "firewall-forgot.broker.pcapng 61",
          "forged-too-fast.broker.pcap 46",
          "nat-lost-mappings.broker.pcap 172",
          "nat-lost-mappings.broker.pcap 174",
          "nat-lost-mappings.broker.pcap 176",
          "nat-lost-mappings.broker.pcap 178",
          "nat-lost-mappings.broker.pcap 180",
          "policy-reject.client.pcap 42",
          "transparent-firewall-forgot.broker.pcap 61");

  private static final long OFFSET_NANOS = 1_234_567_000L;
  private static final double SKEW = 50e-6;
  private static final int MOVED = 1_234_567_890;
  private static final double MOST_SECONDS_OFF = 100e-6;
  private static final double NINE_IN_TEN = 0.9;

  @TempDir Path folder;

  private record Pair(Path here, Path there) {}

  /** What is done to the other capture. */
  private enum Fault {
    NONE(packets -> packets),
    OTHER_CLOCK(OtherSideTest::byAnotherClock),
    NAT(OtherSideTest::behindNat),
    NUMBERS_REWRITTEN(OtherSideTest::rewritten),
    CUT_TO_96_BYTES(Damage.snapLength(96));

    private final UnaryOperator<List<Recorded>> change;

    Fault(UnaryOperator<List<Recorded>> change) {
      this.change = change;
    }
  }

  private static List<Recorded> byAnotherClock(List<Recorded> packets) {
    long first = packets.get(0).nanos();
    return packets.stream().map(each -> each.at(byAnotherClock(each.nanos(), first))).toList();
  }

  private static long byAnotherClock(long nanos, long first) {
    return nanos + OFFSET_NANOS + Math.round(SKEW * (nanos - first));
  }

  private static List<Recorded> behindNat(List<Recorded> packets) {
    Map<List<Byte>, Integer> ports = new HashMap<>();
    return packets.stream()
        .map(
            each ->
                each.isIpv6()
                    ? each
                    : each.withClient(
                        0x0a090807,
                        ports.computeIfAbsent(each.connection(), any -> 20_000 + ports.size())))
        .toList();
  }

  /** As a firewall does that gives the client other sequence numbers. */
  private static List<Recorded> rewritten(List<Recorded> packets) {
    return packets.stream()
        .map(
            each ->
                each.fromClient()
                    ? each.withSequenceMoved(MOVED)
                    : each.acknowledges() ? each.withAcknowledgementMoved(MOVED) : each)
        .toList();
  }

  /** Both ways, and with captures in the middle as well. */
  private static List<Pair> pairs(String places) throws IOException {
    Map<String, List<Path>> stories = new TreeMap<>();
    try (Stream<Path> files = Files.list(Run.CAPTURES)) {
      files.sorted().forEach(file -> add(file, places, stories));
    }
    List<Pair> pairs = new ArrayList<>();
    for (List<Path> story : stories.values()) {
      for (Path here : story) {
        story.stream()
            .filter(each -> !each.equals(here))
            .forEach(t -> pairs.add(new Pair(here, t)));
      }
    }
    return pairs;
  }

  private static void add(Path file, String places, Map<String, List<Path>> stories) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (name.matches() && places.contains(name.group(2))) {
      stories.computeIfAbsent(name.group(1), story -> new ArrayList<>()).add(file);
    }
  }

  private Run run(Pair pair, UnaryOperator<List<Recorded>> change) throws IOException {
    Path other = Files.createTempFile(folder, "other", ".pcap");
    Recorded.capture(change.apply(Recorded.read(pair.there))).writeTo(other);
    Object[] arguments = {
      "analyze",
      "-p",
      "5672,5671",
      "--format",
      "json",
      "--all-flows",
      pair.here,
      "--other-side",
      other
    };
    return Run.of(arguments);
  }

  // ---- the sender

  /** Which resets are proved, and who had sent those that are proved wrongly. */
  private static final class Proofs {
    final Set<String> right = new TreeSet<>();
    final List<String> wrong = new ArrayList<>();
    final List<String> ignored = new ArrayList<>();

    void add(Path here, Run run) throws IOException {
      Map<Long, String> originators = new HashMap<>();
      for (Truth truth : Truth.of(here)) {
        truth.resets().forEach(each -> originators.put(each.frame(), each.originator()));
      }
      for (JsonNode reset : run.resets()) {
        String place = here.getFileName() + " " + reset.get("frame");
        if (isProved(reset)) {
          boolean isTrue = "middlebox".equals(originators.get(reset.get("frame").asLong()));
          (isTrue ? right : wrong).add(place);
          if (!reset.get("sender").asText().equals("middlebox")) {
            ignored.add(place);
          }
        }
      }
    }

    private static boolean isProved(JsonNode reset) {
      for (JsonNode each : reset.get("evidence")) {
        if (each.get("id").asText().equals("other-side")) {
          return each.get("points_to").asText().equals("middlebox");
        }
      }
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void shouldProveEachResetThatIsAtOneEndOnly(Fault fault) throws IOException {
    Proofs proofs = new Proofs();
    for (Pair pair : pairs("broker client")) {
      proofs.add(pair.here, run(pair, fault.change));
    }

    assertAll(
        () -> assertEquals(new TreeSet<>(AT_ONE_END_ONLY), proofs.right),
        () -> assertEquals(List.of(), proofs.wrong, "proved wrongly"),
        () -> assertEquals(List.of(), proofs.ignored, "the verdict goes against the proof"));
  }

  @Test
  void shouldProveNothingWronglyFromTheMiddleOfThePath() throws IOException {
    Proofs proofs = new Proofs();
    for (Pair pair : pairs("broker client middle")) {
      proofs.add(pair.here, run(pair, Fault.NONE.change));
    }

    assertEquals(List.of(), proofs.wrong);
    assertTrue(proofs.right.containsAll(AT_ONE_END_ONLY));
    assertTrue(proofs.right.contains("firewall-forgot.middle.pcap 120"), proofs.right.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldNotTakeALostPacketForOneThatNeverWas(int seed) throws IOException {
    Proofs proofs = new Proofs();
    for (Pair pair : pairs("broker client")) {
      List<Recorded> kept = lossy(Recorded.read(pair.there), seed);
      proofs.add(pair.here, run(pair, packets -> kept));
    }

    assertEquals(List.of(), proofs.wrong);
    assertTrue(proofs.right.size() >= AT_ONE_END_ONLY.size() - 3, proofs.right.toString());
  }

  /** One packet in a hundred is missing. */
  private static List<Recorded> lossy(List<Recorded> packets, int seed) {
    Random random = new Random(seed);
    return packets.stream().filter(each -> random.nextInt(100) > 0).toList();
  }

  // ---- the clocks

  /** The lab's hosts share one clock. */
  @Test
  void shouldFindTheClockThatWasPutIn() throws IOException {
    List<Double> off = new ArrayList<>();
    for (Pair pair : pairs("broker client")) {
      Run run = run(pair, Fault.OTHER_CLOCK.change);
      JsonNode side = run.summary().get("other_sides").get(0);
      if (side.get("standing").asText().equals("compared")) {
        long first = Recorded.read(pair.there).get(0).nanos();
        long time = nanos(side.get("clock_time").asText());
        double put = (byAnotherClock(time, first) - time) / 1e9;
        off.add(Math.abs(side.get("clock_offset_s").asDouble() - put));
      }
    }
    off.sort(null);

    assertTrue(off.size() >= 60, off.size() + " pairs");
    assertTrue(off.get((int) (NINE_IN_TEN * off.size())) < MOST_SECONDS_OFF, off.toString());
  }

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
