package io.rstscope.watch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticeNumbersTest {
  @TempDir private Path folder;

  private long highest(String content) throws IOException {
    return NoticeNumbers.highest(Files.writeString(folder.resolve("notices.ndjson"), content));
  }

  @Test
  void shouldGoOnAfterTheHighest() throws IOException {
    String line = "{\"type\":\"flow\",\"number\":%d,\"revision\":0}\n";
    String revised = "{\"type\":\"flow\",\"number\":8,\"revision\":1}\n";
    String summary = "{\"type\":\"summary\"}\n";
    assertEquals(9, highest(line.formatted(8) + line.formatted(9) + revised + summary));
  }

  @Test
  void shouldFindItAtTheEndOfALargeFile() throws IOException {
    assertEquals(7, highest("x".repeat(3_000_000) + "\n{\"number\":7,\"revision\":0}\n"));
  }

  @Test
  void shouldNotBelieveWhatACaptureSays() throws IOException {
    assertEquals(1, highest("{\"vhost\":\"\\\"number\\\":99,\",\"number\":1,\"revision\":0}\n"));
  }

  @Test
  void shouldBeginWithOneWhereThereIsNone() throws IOException {
    assertEquals(0, highest(""));
    assertEquals(0, NoticeNumbers.highest(folder.resolve("missing")));
  }
}
