package io.rstscope.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rstscope.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a password is read from. */
class PasswordFileTest {
  @TempDir private Path folder;

  private Path file(String content, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pä: ß", "pä: ß\n", "pä: ß\r\n", "pä: ß\nwhat follows is ignored\n"})
  void shouldBeItsFirstLine(String content) throws IOException {
    String header = new PasswordFile(file(content, "rw-------")).authorization("shop");

    byte[] pair = Base64.getDecoder().decode(header.substring("Basic ".length()));
    assertEquals("shop:pä: ß", new String(pair, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
  void shouldBeReadableByItsOwnerAlone(String permissions) throws IOException {
    assertEquals("Basic dTp4", new PasswordFile(file("x", permissions)).authorization("u"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-"})
  void shouldNotBeOpenToOthers(String permissions) throws IOException {
    Path file = file("x", permissions);
    int mode = (int) Files.getAttribute(file, "unix:mode") & 0777;

    assertRefused(file, "others may read it (mode %04o): chmod 600".formatted(mode));
  }

  /** An ACL for the service's user shows as the permissions of root's group. */
  @Test
  void shouldBeTakenAsSystemdGivesCredentials() throws IOException {
    Path file = file("x", "r--r-----");
    Needs.LIVE.require((int) Files.getAttribute(file, "unix:uid") == 0, "not root");

    assertEquals("Basic dTp4", new PasswordFile(file).authorization("u"));
    Files.setAttribute(file, "unix:gid", 12_345);
    assertRefused(file, "others may read it (mode 0440): chmod 600");
  }

  @Test
  void shouldBelongToUsOrRoot() throws IOException {
    Path file = file("x", "rw-------");
    Needs.LIVE.require((int) Files.getAttribute(file, "unix:uid") == 0, "not root");
    Files.setAttribute(file, "unix:uid", 12_345);

    assertRefused(file, "belongs to another user: chown it");
  }

  @Test
  void shouldBeNoLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file("x", "rw-------"));

    assertRefused(link, "a password has to be in a regular file");
    assertRefused(folder, "a password has to be in a regular file");
  }

  @Test
  @Timeout(20)
  void shouldWaitForNoFifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", "-m", "600", "" + fifo).start().waitFor());

    assertRefused(fifo, "a password has to be in a regular file");
  }

  @Test
  void shouldHoldAPassword() throws IOException {
    assertRefused(file("", "rw-------"), "its first line is empty, and should be the password");
    assertRefused(file("\nx", "rw-------"), "its first line is empty, and should be the password");
    assertRefused(file("x".repeat(1025), "rw-------"), "is too long for a password");
    assertRefused(folder.resolve("none"), "no such file");
  }

  private static void assertRefused(Path file, String why) {
    IOException failure =
        assertThrows(IOException.class, () -> new PasswordFile(file).authorization("u"));
    assertEquals(file + ": " + why, failure.getMessage());
  }
}
