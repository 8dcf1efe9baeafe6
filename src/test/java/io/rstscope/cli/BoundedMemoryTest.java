package io.rstscope.cli;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of everyday connections in a small heap when somebody attacks beside them. */
@Timeout(120)
class BoundedMemoryTest {
  private static final List<String> SMALL_HEAP = List.of("-Xmx32m", "-Xmn8m");
  private static final String EVERYDAY = "10.0.9.";

  @TempDir private Path folder;

  private enum Attack {
    SYN_FLOOD(30_000, "evicted_attempts", talk -> talk.syn()),
    ANSWERED_SYNS(10_000, "flows_left_out", talk -> answerOften(talk.syn().synAck())),
    REFUSED(10_000, "flows_left_out", talk -> talk.syn().refusal()),
    RESETS(
        5_000,
        "resets_left_out",
        talk ->
            talk.connect()
                .client(AmqpBytes.header091())
                .broker(AmqpBytes.start())
                .socketReset(CLIENT)),
    NAMES(3_000, "names_left_out", BoundedMemoryTest::sayLongNames),
    HALF_A_NAME(
        3_000,
        "names_left_out",
        talk -> talk.connect().client(AmqpBytes.header091()).client(half(longNames(talk))));

    private final int connections;
    private final String leftOut;
    private final Function<Talk, Talk> talk;

    Attack(int connections, String leftOut, Function<Talk, Talk> talk) {
      this.connections = connections;
      this.leftOut = leftOut;
      this.talk = talk;
    }
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void shouldJudgeEverydayConnectionsAsWithoutTheAttack(Attack attack) throws Exception {
    List<Talk> talks = new ArrayList<>(everyday());
    for (int i = 0; i < attack.connections; i++) {
      Talk talk = new Talk("100.64." + (i >> 8) + "." + (i & 255), 50_000);
      talks.add(attack.talk.apply(talk.pause(Duration.ofMillis(i))));
    }

    Run run = analyze(SMALL_HEAP, talks);

    JsonNode capture = run.summary().get("captures").get(0);
    assertAll(
        () -> assertEquals(0, run.status(), run.err()),
        () -> assertEquals(endings(analyze(List.of(), everyday())), endings(run)),
        () -> assertTrue(capture.get(attack.leftOut).asInt() > 0, capture.toString()));
  }

  @Test
  void shouldFindTheResetThatEndedAConnectionAmongThoseThatMissed() throws Exception {
    Talk guessedAt = new Talk().open(60);
    for (int i = 0; i < 8_000; i++) {
      guessedAt.craftedReset(CLIENT).client(AmqpBytes.heartbeat()).broker(AmqpBytes.heartbeat());
    }
    guessedAt.pause(Duration.ofSeconds(1)).socketReset(CLIENT);

    Run run = analyze(SMALL_HEAP, List.of(guessedAt));

    JsonNode flow = run.flows().get(0);
    JsonNode last = flow.get("resets").get(flow.get("resets").size() - 1);
    assertEquals(8_001, flow.get("resets").size() + flow.get("resets_left_out").asInt());
    assertTrue(flow.get("resets_left_out").asInt() > 0);
    assertEquals("ends-connection", last.get("role").asText());
    assertEquals("client", flow.get("ending").get("ended_by").asText());
  }

  @Test
  void shouldReportWhatItReadWhenMoreFlowsAreWantedThanFit() throws Exception {
    List<Talk> talks = new ArrayList<>(everyday());
    IntStream.range(0, 150_000)
        .mapToObj(
            i -> new Talk("100." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 50_000))
        .map(talk -> talk.pause(Duration.ofSeconds(60)).syn())
        .forEach(talks::add);

    Run run = analyze(SMALL_HEAP, talks, "--max-flows", "1000000");

    assertEquals(3, run.status());
    assertTrue(run.err().contains("out of memory: give more memory: "), run.err());
    assertTrue(run.err().contains(", or leave out --max-flows"), run.err());
    assertEquals(endings(analyze(List.of(), everyday())), endings(run));
    assertTrue(run.summary().get("captures").get(0).get("problem").asText().startsWith("out of"));
  }

  @Test
  void shouldShowTheConnectionThatIsNamedThoughOthersTookTheRoom() throws Exception {
    List<Talk> talks =
        IntStream.range(0, 3_000)
            .mapToObj(i -> new Talk("100.64." + (i >> 8) + "." + (i & 255), 50_000))
            .map(talk -> talk.open(60).socketReset(CLIENT))
            .collect(Collectors.toCollection(ArrayList::new));
    talks.add(new Talk(EVERYDAY + 1, 40_001).pause(Duration.ofSeconds(9)).syn().refusal());

    Run there = analyze(SMALL_HEAP, talks, "--flow", EVERYDAY + "1:40001-10.0.0.2:5672");
    Run missing = analyze(SMALL_HEAP, talks, "--flow", EVERYDAY + "7:40001-10.0.0.2:5672");

    assertEquals(0, there.status(), there.err());
    assertEquals(1, there.flows().size());
    assertEquals(2, missing.status());
    assertTrue(missing.err().contains("memory limit"), missing.err());
  }

  private Run analyze(List<String> heap, List<Talk> talks, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("analyze", "--format", "json"));
    arguments.addAll(List.of(more));
    arguments.add(write(talks));
    return JavaProcess.finish(JavaProcess.program(heap, arguments.toArray(String[]::new)));
  }

  private String write(List<Talk> talks) throws IOException {
    Path file = folder.resolve("capture.pcap");
    return Talk.capture(talks.toArray(Talk[]::new)).writeTo(file).toString();
  }

  private static List<Talk> everyday() {
    Duration silence = Duration.ofSeconds(45);
    return List.of(
        new Talk(EVERYDAY + 1, 40_001).open(60).pause(silence).socketReset(CLIENT),
        new Talk(EVERYDAY + 2, 40_002).open(60).pause(silence).socketReset(BROKER),
        new Talk(EVERYDAY + 3, 40_003)
            .open(60)
            .pause(silence)
            .data(BROKER, AmqpBytes.heartbeat())
            .ttl(CLIENT, 63)
            .bareReset(CLIENT),
        new Talk(EVERYDAY + 4, 40_004)
            .open(60)
            .pause(silence)
            .client(AmqpBytes.close(200, "bye", 0, 0))
            .broker(AmqpBytes.closeOk())
            .fin(CLIENT)
            .socketReset(BROKER));
  }

  private static List<String> endings(Run run) {
    return run.flows().stream()
        .filter(flow -> flow.get("client").get("address").asText().startsWith(EVERYDAY))
        .map(flow -> flow.get("client") + " " + flow.get("ending").get("cause") + flow.get("amqp"))
        .toList();
  }

  /** The broker's kernel sends its SYN,ACK again, as nobody answers. */
  private static Talk answerOften(Talk talk) {
    for (int i = 0; i < 4; i++) {
      talk.pause(Duration.ofSeconds(1)).again(BROKER);
    }
    return talk;
  }

  private static Talk sayLongNames(Talk talk) {
    return talk.connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(longNames(talk))
        .broker(AmqpBytes.tune(60));
  }

  private static byte[] longNames(Talk talk) {
    String name = System.identityHashCode(talk) + "n".repeat(230);
    return AmqpBytes.startOk(
        AmqpBytes.bytes()
            .property("connection_name", "c" + name)
            .property("product", "p" + name)
            .property("version", "v" + name)
            .property("platform", "f" + name)
            .property("padding", "x".repeat(1_000))
            .array());
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length * 3 / 4);
  }
}
