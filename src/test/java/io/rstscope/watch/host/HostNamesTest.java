package io.rstscope.watch.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.net.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNamesTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;
  private Path file;
  private HostNames names;
  private final List<String> words = new ArrayList<>();
  private long now;

  @BeforeEach
  void open() {
    file = folder.resolve("hosts");
    names = new HostNames(file, words::add);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
  }

  /** Each time a while after the time before. */
  private String of(String address) {
    now += 2 * SECOND;
    return names.of(new HostPort(address, 5672), now);
  }

  @Test
  void shouldBeTheFirstNameOfTheLineAndOfTheFile() throws IOException {
    write("# pods", "10.0.0.1\torders-7 orders", "10.0.0.1 other", "10.0.0.2 rabbitmq-0 # broker");

    assertEquals("orders-7", of("10.0.0.1"));
    assertEquals("rabbitmq-0", of("10.0.0.2"));
    assertNull(of("10.0.0.3"));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldKnowAnAddressHoweverItIsWritten() throws IOException {
    write("2001:DB8:0:0::0001 six", "::ffff:10.0.0.1 four");

    assertEquals("six", of("2001:db8::1"));
    assertEquals("four", of("10.0.0.1"));
  }

  @Test
  void shouldBeReadAgainWhenItHasChanged() throws IOException {
    write("10.0.0.1 first");
    assertEquals("first", of("10.0.0.1"));

    // as a ConfigMap is replaced: by another file of the same name
    Path next = Files.writeString(folder.resolve("next"), "10.0.0.1 other");
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);

    assertEquals("other", of("10.0.0.1"));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldSayOnceThatItIsNotThereAndUseItWhenItIs() throws IOException {
    assertNull(of("10.0.0.1"));
    assertNull(of("10.0.0.1"));
    assertEquals(List.of("--hosts: " + file + ": no such file"), words);

    write("10.0.0.1 later");
    assertEquals("later", of("10.0.0.1"));
  }

  @Test
  void shouldForgetWhatItHeldWhenItIsGone() throws IOException {
    write("10.0.0.1 first");
    assertEquals("first", of("10.0.0.1"));
    Files.delete(file);

    assertNull(of("10.0.0.1"));
  }

  @Test
  void shouldSkipWhatIsNoAddressWithAName() throws IOException {
    write(
        "broker.example 10.0.0.1",
        "10.0.0.1",
        "999.0.0.1 none",
        "10.0.0.2 " + "x".repeat(HostNames.LONGEST_NAME + 1),
        "\u0000\u0001",
        "10.0.0.3 good");

    assertNull(of("10.0.0.1"));
    assertNull(of("10.0.0.2"));
    assertEquals("good", of("10.0.0.3"));
  }

  @Test
  void shouldNotReadAFileThatIsTooLarge() throws IOException {
    write("10.0.0.1 first", "#".repeat(HostNames.MOST_BYTES));

    assertNull(of("10.0.0.1"));
    assertNull(of("10.0.0.1"));
    assertEquals(List.of("--hosts: " + file + ": is larger than 4 MiB and not used"), words);
  }

  @Test
  void shouldNotWaitForAFifo() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());

    assertNull(of("10.0.0.1"));
    assertEquals(List.of("--hosts: " + file + ": is not a file"), words);
  }
}
