package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that {@code analyze --html} writes, from capture to file. */
class HtmlOutputTest {
  private static final Path FIREWALL = Run.CAPTURES.resolve("firewall-forgets-idle-flows.pcapng");
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir private Path folder;

  private JsonNode page(Path... captures) throws IOException {
    Path page = folder.resolve("report.html");
    Object[] arguments = new Object[captures.length + 3];
    arguments[0] = "analyze";
    arguments[1] = "--html";
    arguments[2] = page;
    System.arraycopy(captures, 0, arguments, 3, captures.length);
    Run run = Run.of(arguments);
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    Matcher data = DATA.matcher(Files.readString(page));
    assertTrue(data.find());
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void shouldSayWhatHappenedInOneSentence() throws IOException {
    assertEquals(
        "2 of 2 connections lost: idle timeout in a firewall, NAT or load balancer",
        page(Run.CAPTURES.resolve("firewall-reject-75-x4.client.pcap")).get("headline").asText());
  }

  @Test
  void shouldHoldThePacketsOfLostConnectionsUpToTheReset() throws IOException {
    JsonNode page = page(FIREWALL);

    assertEquals(2, page.get("ladders").size());
    JsonNode packets = page.get("ladders").get(0).get("packets");
    JsonNode reset = packets.get(packets.size() - 1);
    assertEquals(73, reset.get(1).asInt(), "frame");
    assertEquals(63, reset.get(5).asInt(), "TTL");
    assertEquals("RST", page.get("texts").get(reset.get(6).asInt()).asText());
  }

  @Test
  void shouldHoldTheWordsOfTheBrokersLog() throws IOException {
    Path samples = Path.of("src/test/resources/io/rstscope/brokerlog");

    JsonNode page =
        page(
            Path.of("--broker-log"),
            samples.resolve("client-abort.log"),
            samples.resolve("client-abort.broker.pcap"));

    JsonNode log = page.get("lostDetails").get(0).get("log");
    String says = page.get("texts").get(log.asInt()).asText();
    assertTrue(says.contains("client unexpectedly closed TCP connection"), says);
    assertTrue(page.get("captures").get(0).get("log").get(0).asText().startsWith("has 2 of 2"));
  }

  @Test
  void shouldCountAsTheReportInJsonDoes() throws IOException {
    JsonNode page = page(Run.CAPTURES);
    Run json = Run.of("analyze", "--format", "json", Run.CAPTURES);

    assertEquals(json.flows().size(), page.get("lostRows").size() + page.get("otherRows").size());
    assertEquals(json.resets().size(), page.get("totals").get("resets").asInt());
  }
}
