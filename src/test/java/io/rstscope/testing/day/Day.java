package io.rstscope.testing.day;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rstscope.testing.Recorded;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Connections of one broker for some hours, which end for several reasons side by side, as a
 * capture next to the broker sees them. The same plan and seed give the same bytes.
 *
 * <p>Clients die at moments of chance, uniform to the millisecond, so after silences of all lengths
 * up to minutes. A proxy closes what was silent for 300.0 s, 30 ms more or less; others behind it
 * die. A firewall forgets what was silent for 350 s, and answers the broker's next packet with a
 * bare reset in the client's name and its own TTL. Beside them connections close in order, live on
 * with heartbeats of 60 s, and a health checker asks whether the port is open. One connection in
 * four is of a second listener, which closes without a reset ({@code linger} switched off).
 */
public final class Day {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROXY = "10.1.0.80";
  private static final String CHECKER = "10.1.0.81";
  private static final int FIRST_PORT = 20_000;
  private static final Duration SHORT = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofMinutes(3);

  private static final long SECOND = 1_000_000_000L;

  private static final int ONE_IN = 4;

  private final SplittableRandom random;
  private final long length;
  private final List<Story> stories = new ArrayList<>();

  /** Plans the day. */
  public Day(Plan plan, long seed) {
    random = new SplittableRandom(seed);
    length = plan.length().toNanos();
    times(plan.killed(), this::killed);
    times(plan.killedBehindProxy(), this::killedBehindProxy);
    times(plan.cut(), this::cut);
    times(plan.forgotten(), this::forgotten);
    times(plan.closed(), this::closed);
    times(plan.living(), this::living);
    checks(plan.checkEvery().toNanos());
  }

  private interface Told {
    void tell(int number);
  }

  private static void times(int count, Told story) {
    for (int number = 0; number < count; number++) {
      story.tell(number);
    }
  }

  // ---- what happens

  private void killed(int number) {
    long death = moment();
    Story story = direct("10.1." + (1 + number % 4), number).at(birth(death)).open(number % 2 == 0);
    if (number % 2 == 0) {
      story.beatUntil(death);
    } else {
      story.talkUntil(death, number % 3 == 0 ? SHORT : LONG, Duration.ofHours(1));
    }
    story.kill(death);
  }

  private void killedBehindProxy(int number) {
    long death = moment();
    Duration mean = number % 2 == 0 ? SHORT : LONG;
    proxied()
        .at(birth(death))
        .open(false)
        .talkUntil(death, mean, almost(Story.PROXY_TIMER))
        .kill(death);
  }

  private void cut(int number) {
    long silent = before(Story.PROXY_TIMER);
    Story story = proxied().at(birth(silent)).open(false);
    story.talkUntil(silent, number % 2 == 0 ? SHORT : LONG, almost(Story.PROXY_TIMER)).cut();
  }

  private void forgotten(int number) {
    long silent = before(Duration.ofMinutes(16));
    Story story = direct("10.2.0", number).at(birth(silent)).open(false);
    story.talkUntil(silent, LONG, almost(Story.FIREWALL_TIMER)).forget();
  }

  private void closed(int number) {
    long end = moment();
    Story story = direct("10.3.0", number).at(birth(end)).open(false);
    story.talkUntil(end, SHORT, Duration.ofMinutes(10)).close(end);
  }

  private void living(int number) {
    direct("10.4.0", number).at(random.nextLong(SECOND * 60)).open(true).beatUntil(length);
  }

  private void checks(long every) {
    for (long time = random.nextLong(every); time < length; time += every) {
      int port = FIRST_PORT + stories.size();
      tell(CHECKER, port, false, true).at(time + random.nextLong(SECOND / 500)).check();
    }
  }

  private Story direct(String network, int number) {
    int port = FIRST_PORT + stories.size();
    return tell(network + "." + (1 + number % 200), port, false, hasLinger());
  }

  private Story proxied() {
    return tell(PROXY, FIRST_PORT + stories.size(), true, hasLinger());
  }

  private boolean hasLinger() {
    return random.nextInt(ONE_IN) > 0;
  }

  private Story tell(String client, int port, boolean isProxy, boolean hasLinger) {
    Story story = new Story(client, port, isProxy, hasLinger, random.split());
    stories.add(story);
    return story;
  }

  /** Uniform to the millisecond. */
  private long moment() {
    return random.nextLong(60, length / SECOND - 1) * SECOND
        + random.nextLong(1_000) * (SECOND / 1_000);
  }

  /** From when on a connection that ends before the day does may be silent for so long. */
  private long before(Duration silence) {
    return random.nextLong(60 * SECOND, length - silence.toNanos() - 2 * SECOND);
  }

  private long birth(long end) {
    return Math.max(0, end - random.nextLong(30 * SECOND, 7_200 * SECOND));
  }

  /** A silence that a timer just bears. */
  private static Duration almost(Duration timer) {
    return timer.minusSeconds(2);
  }

  // ---- capture and truth

  /** Writes the capture, and its truth beside it. */
  public void writeTo(Path capture) throws IOException {
    Talk.capture(stories.stream().map(story -> story.talk).toArray(Talk[]::new)).writeTo(capture);
    Map<List<Byte>, Recorded> resets = new HashMap<>();
    for (Recorded packet : Recorded.read(capture)) {
      if (packet.isReset()) {
        resets.put(packet.connection(), packet);
      }
    }
    List<String> lines = new ArrayList<>();
    for (Story story : stories) {
      if (story.ending() != Ending.LIVING) {
        Recorded reset = resets.get(Recorded.connection(story.client, story.port));
        lines.add(truth(capture.getFileName().toString(), story, reset));
      }
    }
    Files.write(Path.of(capture + ".truth.jsonl"), lines);
  }

  private static String truth(String capture, Story story, Recorded reset)
      throws JsonProcessingException {
    Ending ending = story.ending();
    ObjectNode truth = JSON.createObjectNode();
    truth.put("capture", capture).put("vantage", "broker").put("interface", "eth");
    ObjectNode flow = truth.putObject("flow");
    flow.put("client", story.client).put("client_port", story.port);
    flow.put("server", story.broker).put("server_port", Talk.BROKER_PORT);
    truth.put("ip_version", 4).put("client_is_proxy_or_nat", story.isProxy);
    truth.put("server_is_proxy", false).putNull("client_software");
    truth.put("root_cause", ending.rootCause).putNull("root_note");
    truth.put("heartbeat_negotiated", story.heartbeat());
    truth.put("amqp_state_end", state(ending));
    truth.put("amqp_close_by", ending == Ending.CLOSED ? "client" : null);
    ObjectNode fins = truth.putObject("fins");
    fins.put("client", ending.isByFin()).put("server", ending.isByFin() && !story.hasLinger);
    truth.put("ambiguous", false);
    var resets = truth.putArray("rsts");
    if (reset != null) {
      put(resets.addObject(), ending, reset);
    }
    return JSON.writeValueAsString(truth);
  }

  private static void put(ObjectNode truth, Ending ending, Recorded reset) {
    truth.put("frame", reset.frame());
    truth.put("ts", BigDecimal.valueOf(reset.nanos(), 9).toPlainString());
    truth.put("direction", reset.fromClient() ? "client_to_broker" : "broker_to_client");
    truth.put("originator", ending.originator).put("cause", ending.cause);
    truth.putNull("kernel_reason").put("best_verdict", ending.originator);
    truth.putArray("accepted_verdicts").add(ending.originator);
    truth.put("evidence_misleading", false).put("ambiguous", false).putNull("ambiguous_why");
    truth.put("cause_ambiguous", ending.isCauseOpen()).putNull("cause_ambiguous_why");
    truth.putNull("idle_before_s").put("amqp_state", state(ending)).put("role", ending.role);
  }

  private static String state(Ending ending) {
    return switch (ending) {
      case CHECKED -> "syn";
      case CLOSED -> "closed";
      default -> "open";
    };
  }
}
