package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.Damage;
import io.rstscope.testing.PcapngFile;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --other-side} with captures that are of use, and with others. */
class OtherSideInputTest {
  private static final Path HERE = Run.CAPTURES.resolve("firewall-forgot.broker.pcapng");
  private static final Path THERE = Run.CAPTURES.resolve("firewall-forgot.client.pcap");
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  @TempDir Path folder;

  private Path changed(UnaryOperator<List<Recorded>> change) throws IOException {
    return Recorded.capture(change.apply(Recorded.read(THERE))).writeTo(folder.resolve("x.pcap"));
  }

  private static Run json(Object other) {
    return Run.of("analyze", "--format", "json", HERE, "--other-side", other);
  }

  private static JsonNode side(Run run) {
    return run.summary().get("other_sides").get(0);
  }

  private static JsonNode evidence(Run run) {
    for (JsonNode each : run.resets().get(0).get("evidence")) {
      if (each.get("id").asText().equals("other-side")) {
        return each;
      }
    }
    return null;
  }

  private void assertWithout(String standing, String words, Object other) {
    Run run = json(other);

    assertAll(
        () -> assertEquals(0, run.status(), run.err()),
        () -> assertEquals(standing, side(run).get("standing").asText()),
        () -> assertTrue(run.err().contains(words), run.err()),
        () -> assertTrue(run.err().contains("; judged without it\n"), run.err()),
        () -> assertTrue(evidence(run) == null || !isProof(run)));
  }

  private static boolean isProof(Run run) {
    JsonNode evidence = evidence(run);
    return evidence != null && evidence.get("points_to").asText().equals("middlebox");
  }

  /** Here until the first RST, which is there alone. */
  private Path beforeTheReset() throws IOException {
    List<Recorded> packets = Recorded.read(HERE);
    long reset = packets.stream().filter(Recorded::isReset).findFirst().get().nanos();
    return Recorded.capture(packets.stream().filter(each -> each.nanos() < reset - SECOND).toList())
        .writeTo(folder.resolve("before.pcap"));
  }

  /** An RST from in between may reach one end alone: that is no all-clear. */
  @Test
  void shouldPointToTheOtherCaptureWhereOnlyThatHasResets() throws IOException {
    Run both = Run.of("analyze", beforeTheReset(), "--other-side", HERE);
    Run neither = Run.of("analyze", beforeTheReset(), "--other-side", beforeTheReset());

    assertTrue(
        both.out()
            .replaceAll("\\s+", " ")
            .startsWith(
                "No connection was reset or lost here, but firewall-forgot.broker.pcapng has "),
        both.out());
    assertTrue(neither.out().startsWith("No connection was reset or lost\n"), neither.out());
  }

  // ---- of use

  @Test
  void shouldGiveTheFramesOfBothCaptures() {
    JsonNode evidence = evidence(json(THERE));

    assertAll(
        () -> assertEquals("middlebox", evidence.get("points_to").asText()),
        () -> assertEquals("firewall-forgot.client.pcap", evidence.get("other_capture").asText()),
        () -> assertEquals("[22]", evidence.get("other_frames").toString()),
        () -> assertEquals("[22,61]", evidence.get("frames").toString()));
  }

  @Test
  void shouldTellOfClocksAndMissingPackets() {
    JsonNode side = side(json(THERE));

    assertAll(
        () -> assertEquals("compared", side.get("standing").asText()),
        () -> assertEquals(0, side.get("clock_offset_s").asDouble(), 30e-6),
        () -> assertTrue(side.get("clock_bound_s").asDouble() < 30e-6),
        () -> assertEquals(0, side.get("client_packets").get("missing").asInt()),
        () -> assertTrue(side.get("client_packets").get("compared").asInt() > 0));
  }

  @Test
  void shouldTellInTextWhatTheOtherSideShows() {
    Run run = Run.of("analyze", "-v", HERE, "--other-side", THERE);
    String text = run.out().replaceAll("\\s+", " ");

    assertTrue(text.contains("Other side of firewall-forgot.broker.pcapng: "), run.out());
    assertTrue(text.contains("1 reset or lost connection in both; its clock is "), run.out());
    assertTrue(text.contains("not in firewall-forgot.client.pcap, which has the"), run.out());
    assertTrue(text.contains("that it lacks: 0 of 4 from clients, 0 of 2 from"), run.out());
  }

  @Test
  void shouldShowTheFramesOfBothInTheLadder() {
    String flow = "10.60.1.11:46528-10.60.5.20:5672";

    List<String> lines =
        Run.of("analyze", HERE, "--other-side", THERE, "--flow", flow).out().lines().toList();

    assertTrue(lines.stream().anyMatch(each -> each.matches(" +frame +there +time .*")));
    assertTrue(lines.stream().anyMatch(each -> each.matches(" +22 +22 +\\d+\\.\\d+ .* ACK .*")));
    assertTrue(lines.stream().anyMatch(each -> each.matches(" +61 +- +\\d+\\.\\d+ .* RST .*")));
    assertTrue(lines.stream().allMatch(each -> each.length() <= 80));
  }

  @Test
  void shouldShowTheFramesOfBothOnThePage() throws IOException {
    Path page = folder.resolve("page.html");

    Run.of("analyze", HERE, "--other-side", THERE, "--html", page);

    String data = Files.readString(page);
    String ladders = data.substring(data.indexOf("\"ladders\":[{"));
    assertTrue(row(ladders, "[22,22,").endsWith(",22"), row(ladders, "[22,22,"));
    assertTrue(row(ladders, "[24,61,").endsWith(",0"), row(ladders, "[24,61,"));
  }

  private static String row(String ladders, String start) {
    int from = ladders.indexOf(start);
    return ladders.substring(from, ladders.indexOf(']', from));
  }

  @Test
  void shouldNameTheClientsThatANatChanges() throws IOException {
    Path nat = changed(all -> all.stream().map(each -> each.withClient(0x0a090807, 99)).toList());

    JsonNode translations = side(json(nat)).get("translations");

    assertEquals("10.9.8.7:99", translations.get(0).get("other_client").asText());
    assertEquals("10.60.1.11:46528", translations.get(0).get("client").asText());
  }

  @Test
  void shouldTellOfAResetThatNeverArrived() {
    Path client = Run.CAPTURES.resolve("missed-heartbeats-path-down.client.pcapng");
    Path broker = Run.CAPTURES.resolve("missed-heartbeats-path-down.broker.pcap");

    Run run = Run.of("analyze", "--format", "json", client, "--other-side", broker);
    JsonNode stopped = side(run).get("stopped_resets").get(0);

    assertEquals("broker-to-client", stopped.get("direction").asText());
    assertEquals(56, stopped.get("other_frame").asInt());
  }

  @Test
  void shouldCompareASeriesToo() {
    Run run = Run.of("analyze", "--format", "json", "--series", HERE, "--other-side", THERE);

    assertTrue(isProof(run), run.out());
  }

  @Test
  void shouldTakeTheOneOfSeveralThatHoldsTheConnection() {
    Path stranger = Run.CAPTURES.resolve("normal-close.client.pcapng");

    Run run =
        Run.of(
            "analyze", "--format", "json", HERE, "--other-side", stranger, "--other-side", THERE);

    assertTrue(isProof(run), run.out());
    assertEquals(2, run.summary().get("other_sides").size());
  }

  @Test
  void shouldSuggestItForCapturesWithTheSameConnection() {
    String hint = "--other-side compares the two";

    assertTrue(Run.of("analyze", HERE, THERE).out().replaceAll("\\s+", " ").contains(hint));
    assertFalse(Run.of("analyze", HERE).out().replaceAll("\\s+", " ").contains(hint));
  }

  /** pcap and pcapng, compressed, and as a series. */
  @Test
  void shouldKnowTheSameConnectionInCapturesOfAnyKind() throws IOException {
    Path compressed = folder.resolve("client.pcap.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(THERE, out);
    }

    Run run = Run.of("analyze", "--format", "json", HERE, compressed);

    assertTrue(told(HERE, compressed).contains("counted once"), run.out());
    assertTrue(isProof(Run.of("analyze", "--format", "json", HERE, "--other-side", compressed)));
  }

  @Test
  void shouldKnowTheSameConnectionBehindANat() throws IOException {
    List<Recorded> client = Recorded.read(Run.CAPTURES.resolve("client-killed.client.pcap"));
    Path broker = Run.CAPTURES.resolve("client-killed.broker.pcapng");
    Path nat = folder.resolve("nat.pcap");
    Recorded.capture(client.stream().map(each -> each.withClient(0x0a090807, 99)).toList())
        .writeTo(nat);
    Path stranger = folder.resolve("stranger.pcap");
    Recorded.capture(
            client.stream()
                .map(each -> each.withClient(0x0a090807, 99).withSequenceMoved(1 << 30))
                .toList())
        .writeTo(stranger);

    assertTrue(told(broker, nat).contains("1 connection found in two captures"));
    assertFalse(told(broker, stranger).contains("found in two captures"));
  }

  private static String told(Path one, Path other) {
    return Run.of("analyze", one, other).out().replaceAll("\\s+", " ");
  }

  // ---- clocks that are set

  @ParameterizedTest
  @ValueSource(doubles = {1.4, -1.4, 2, -0.5})
  void shouldCompareOnEachSideOfAClockStep(double seconds) throws IOException {
    Run run = json(changed(Damage.clockStep(seconds)));
    JsonNode steps = side(run).get("clock_steps");

    assertAll(
        () -> assertEquals("compared", side(run).get("standing").asText(), run.err()),
        () -> assertEquals(1, steps.size()),
        () -> assertEquals(seconds, steps.get(0).get("by_s").asDouble(), 1e-3),
        () -> assertTrue(isProof(run), run.out()));
  }

  @Test
  void shouldNotTellOfStepsWhereNoClockWasSet() {
    assertEquals(0, side(json(THERE)).get("clock_steps").size());
  }

  @Test
  void shouldSayInTextThatAClockWasSet() throws IOException {
    Path stepping = changed(Damage.clockStep(1.4));

    String text =
        Run.of("analyze", "-v", HERE, "--other-side", stepping).out().replaceAll("\\s+", " ");

    assertTrue(text.contains("; one of the two clocks was set by 1.40 s before 2026-"), text);
  }

  /** The few packets after it do not tell how its clock goes on. */
  @Test
  void shouldClaimNothingRightAfterAClockStep() throws IOException {
    Run run =
        json(
            changed(
                all ->
                    all.stream()
                        .map(each -> each.frame() < 22 ? each : each.at(each.nanos() + SECOND))
                        .toList()));

    assertEquals("compared", side(run).get("standing").asText(), run.err());
    assertFalse(isProof(run), run.out());
  }

  // ---- lost on the way

  @Test
  void shouldCountPacketsLostOnTheirWayToThisEnd() throws IOException {
    List<Recorded> arrived =
        Recorded.read(THERE).stream().filter(each -> each.frame() % 5 != 0).toList();
    Path lossy = Recorded.capture(arrived).writeTo(folder.resolve("lossy.pcap"));

    JsonNode broker = side(Run.of("analyze", "--format", "json", THERE, "--other-side", HERE));
    JsonNode lost = side(Run.of("analyze", "--format", "json", lossy, "--other-side", HERE));

    assertAll(
        () -> assertEquals(0, broker.get("broker_to_client").get("lost").asInt()),
        () -> assertTrue(broker.get("broker_to_client").get("sent").asInt() > 0),
        () -> assertTrue(lost.get("broker_to_client").get("lost").asInt() > 0, lost.toString()));
  }

  @Test
  void shouldCountPacketsLostOnTheirWayToTheOtherEnd() throws IOException {
    Path lossy = changed(all -> all.stream().filter(each -> each.frame() % 5 != 0).toList());

    JsonNode lost = side(json(lossy));

    assertEquals(0, side(json(THERE)).get("broker_to_client").get("lost").asInt());
    assertTrue(lost.get("broker_to_client").get("lost").asInt() > 0, lost.toString());
  }

  // ---- of no use

  @Test
  void shouldSayThatAProxyEndsTcpBetween() throws IOException {
    assertWithout(
        "proxy-between",
        "a proxy ends TCP between the two captures",
        changed(
            all -> all.stream().map(each -> each.withSequenceMoved((int) each.frame())).toList()));
  }

  @Test
  void shouldSayThatThereAreNoTimesToCompare() throws IOException {
    PcapngFile untimed = new PcapngFile().addInterface(LinkType.ETHERNET, 9);
    for (Recorded each : Recorded.read(THERE)) {
      untimed.addSimple(each.bytes(), each.originalLength());
    }
    Path file = Files.write(folder.resolve("untimed.pcapng"), untimed.bytes());

    assertWithout("no-times", "have no times", file);
    assertEquals(
        "no-times",
        side(Run.of("analyze", "--format", "json", file, "--other-side", THERE))
            .get("standing")
            .asText());
  }

  @Test
  void shouldNotWriteOverIt() throws IOException {
    Path other = Files.copy(THERE, folder.resolve("other.pcap"));

    Run run = Run.of("analyze", HERE, "--other-side", other, "--html", other, "--force");

    assertEquals(2, run.status());
    assertTrue(run.err().contains("is input and output"), run.err());
  }

  @Test
  void shouldSayThatItIsOfAnotherTime() throws IOException {
    assertWithout(
        "other-time",
        "captured at another time",
        changed(
            all ->
                all.stream()
                    .map(each -> each.at(each.nanos() + HOUR_NANOS).withSequenceMoved(9))
                    .toList()));
  }

  /** Clients of one library open their connections with the same words. */
  @Test
  void shouldSayThatItHoldsNoneOfTheHosts() throws IOException {
    List<Recorded> others = Recorded.read(Run.CAPTURES.resolve("client-killed.client.pcap"));
    long later = Recorded.read(THERE).get(0).nanos() - others.get(0).nanos();
    List<Recorded> strangers =
        others.stream().map(each -> each.inNetwork(9).at(each.nanos() + later)).toList();

    assertWithout(
        "other-hosts",
        "none of these hosts",
        Recorded.capture(strangers).writeTo(folder.resolve("strangers.pcap")));
  }

  @Test
  void shouldSayThatItIsTheSameCapture() {
    assertWithout("same-capture", "the same packets at the same times", HERE);
  }

  @Test
  void shouldSayThatItsClockWasSetAllTheTime() throws IOException {
    assertWithout(
        "clock-set",
        "no straight line fits both clocks",
        changed(
            all ->
                all.stream()
                    .map(each -> each.at(each.nanos() + each.frame() * 7919 % 101 * SECOND))
                    .toList()));
  }

  @Test
  void shouldSayThatItCannotBeRead() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no capture");

    Run garbage = json(text);
    Run missing = json(folder.resolve("missing.pcap"));

    assertAll(
        () -> assertEquals(3, garbage.status()),
        () -> assertTrue(garbage.err().contains("notes.txt: "), garbage.err()),
        () -> assertEquals("unreadable", side(garbage).get("standing").asText()),
        () -> assertEquals(3, missing.status()),
        () -> assertTrue(missing.err().contains("missing.pcap: "), missing.err()),
        () -> assertEquals(2, missing.flows().size()));
  }

  @Test
  void shouldUseOneThatIsCutShortAsFarAsItGoes() throws IOException {
    byte[] whole = Files.readAllBytes(THERE);
    Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 5));

    Run run = json(cut);

    assertEquals(3, run.status());
    assertEquals("compared", side(run).get("standing").asText());
    assertTrue(side(run).get("problem").asText().contains("cut short"), run.err());
  }

  @Test
  void shouldSurviveAnyBytes() throws IOException {
    byte[] whole = Files.readAllBytes(THERE);
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      byte[] bytes = whole.clone();
      for (int i = 0; i < 1 + seed; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Run run = json(Files.write(folder.resolve("damaged.pcap"), bytes));

      assertTrue(run.status() == 0 || run.status() == 3, run.err());
      assertEquals(2, run.flows().size());
    }
  }
}
