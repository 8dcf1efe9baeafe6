package io.rstscope.flow;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The record as the page on architecture draws it. */
class RecordDrawingTest {
  /** The first line of a box: its first word, and its name behind it. */
  private static final Pattern BOX =
      Pattern.compile("^ +(\\d+)(?:-\\d+)? +\\|.*\\|  ([A-Z_]+)$", Pattern.MULTILINE);

  private static final Map<String, Integer> WORDS =
      Map.ofEntries(
          entry("LOWER", Flow.LOWER),
          entry("UPPER", Flow.UPPER),
          entry("FIRST_TS_VALS", Flow.LONGS - 1),
          entry("LAST", Endpoint.LAST),
          entry("NEXT_AND_ACK", Endpoint.NEXT_AND_ACK),
          entry("PENDING", Endpoint.PENDING),
          entry("PENDING_END_AND_MARKS", Endpoint.PENDING_END_AND_MARKS),
          entry("LAST_PAYLOAD", Endpoint.LAST_PAYLOAD),
          entry("TS_VAL_AND_FRAME", Endpoint.TS_VAL_AND_FRAME),
          entry("RECENT", Endpoint.RECENT),
          entry("LOOK_AND_VOTES", Endpoint.LOOK_AND_VOTES),
          entry("IP_ID_AND_PACKETS", Endpoint.IP_ID_AND_PACKETS),
          entry("PENDING_FRAME_AND_SILENCE", Endpoint.PENDING_FRAME_AND_SILENCE),
          entry("RTT_AND_POSITION", Endpoint.RTT_AND_POSITION));

  @Test
  void shouldDrawEachWordWhereItIs() throws IOException {
    Map<String, Integer> drawn =
        BOX.matcher(page())
            .results()
            .collect(Collectors.toMap(box -> box.group(2), RecordDrawingTest::word));

    WORDS.forEach((name, word) -> assertEquals(word, drawn.get(name), name));
  }

  @Test
  void shouldSayHowLargeItIs() throws IOException {
    String text = page().replace('\n', ' ');

    assertTrue(text.contains("A flow is " + Flow.LONGS + " words of 64 bits"));
    assertTrue(text.contains("`Endpoint`s of " + Endpoint.WORDS + " words"));
  }

  private static int word(MatchResult box) {
    return Integer.parseInt(box.group(1));
  }

  private static String page() throws IOException {
    return Files.readString(Pages.SITE.resolve("architecture.md"));
  }
}
