package io.rstscope.watch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
  private static final int SOMEBODY = 12_345;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    file = Files.createFile(folder.resolve("notices.ndjson"));
  }

  private static void giveAway(Path path) {
    boolean given;
    try {
      Files.setAttribute(path, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
      given = true;
    } catch (IOException e) {
      given = false;
    }
    Needs.LIVE.require(given, "only root can give files away");
  }

  private static void assertRefused(String why, Path path) {
    IOException refused = assertThrows(IOException.class, () -> Ownership.require(path));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void shouldTakeWhatIsOurs() throws IOException {
    assertNull(Ownership.problem(file));
    assertEquals(file, Ownership.require(file));
  }

  @Test
  void shouldTakeWhatIsNotThereYet() throws IOException {
    Path missing = folder.resolve("missing");
    assertEquals(missing, Ownership.require(missing));
  }

  @Test
  void shouldRefuseWhatBelongsToAnother() {
    giveAway(file);
    assertRefused(file + ": belongs to another user (uid 12345)", file);
  }

  @Test
  void shouldRefuseALinkThatSomebodyElseMade() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    giveAway(link);
    assertRefused("is a link that belongs to another user", link);
  }

  @Test
  void shouldFollowALinkOfOurs() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("notices.ndjson"));
    assertEquals(file, Ownership.require(link));
  }

  @Test
  void shouldRefuseALinkOfOursToALinkOfAnother() throws IOException {
    Path theirs = Files.createSymbolicLink(folder.resolve("theirs"), file);
    Path ours = Files.createSymbolicLink(folder.resolve("ours"), theirs);
    giveAway(theirs);
    assertRefused("is a link that belongs to another user", ours);
  }

  @Test
  void shouldRefuseWhatEverybodyMayWriteTo() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertRefused("can be written by everybody (chmod o-w)", file);
  }

  @Test
  void shouldTakeAFolderInWhichNobodyTouchesOthersFiles() throws IOException {
    Files.setAttribute(folder, "unix:mode", 01777);
    assertNull(Ownership.problem(folder));
    Files.setAttribute(folder, "unix:mode", 0777);
    assertEquals("can be written by everybody (chmod o-w)", Ownership.problem(folder));
  }

  @Test
  void shouldTakeDevicesThatAreForEverybody() throws IOException {
    assertEquals(Path.of("/dev/null"), Ownership.require(Path.of("/dev/null")));
  }

  @Test
  void shouldNotFollowLinksForEver() throws IOException {
    Path one = folder.resolve("one");
    Path other = Files.createSymbolicLink(folder.resolve("other"), one);
    Files.createSymbolicLink(one, other);
    assertRefused("Too many levels of symbolic links", one);
  }
}
