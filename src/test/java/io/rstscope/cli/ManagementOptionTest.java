package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code watch --management} refuses before it captures or asks anything. */
class ManagementOptionTest {
  private static final String URL = "http://localhost:1";

  @TempDir private Path folder;

  private static Run watch(String url, Path password, Object... more) {
    Object[] all = new Object[more.length + 9];
    Object[] first = {
      "watch",
      "-i",
      "none",
      "--management",
      url,
      "--management-user",
      "shop",
      "--management-password-file",
      password
    };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Run.of(all);
  }

  private Path password(String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "Tr0ub4dor");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop:Tr0ub4dor@localhost:1",
        "http://Tr0ub4dor@localhost:1 x",
        "Tr0ub4dor"
      })
  void shouldNotRepeatAUrlThatMayHoldAPassword(String url) throws IOException {
    Run run = watch(url, password("rw-------"));

    assertEquals(ExitStatus.USAGE, run.status());
    assertTrue(run.err().startsWith("rstscope: --management "), run.err());
    assertFalse((run.out() + run.err()).contains("Tr0ub4dor"), run.err());
  }

  @Test
  void shouldRefuseAPasswordThatOthersMayRead() throws IOException {
    Path password = password("rw-r--r--");

    Run run = watch(URL, password);

    assertEquals(ExitStatus.INPUT, run.status());
    assertEquals(
        "rstscope: " + password + ": others may read it (mode 0644): chmod 600\n", run.err());
  }

  @Test
  void shouldSayThatAFileIsMissing() throws IOException {
    Path none = folder.resolve("none");

    Run password = watch(URL, none);
    Run ca = watch(URL, password("rw-------"), "--management-ca", none);
    Run text =
        watch(URL, folder.resolve("password"), "--management-ca", folder.resolve("password"));

    assertEquals(ExitStatus.INPUT, password.status());
    assertEquals("rstscope: " + none + ": no such file\n", password.err());
    assertEquals(ExitStatus.INPUT, ca.status());
    assertEquals("rstscope: " + none + ": no such file\n", ca.err());
    assertEquals(ExitStatus.INPUT, text.status());
    assertEquals(
        "rstscope: " + folder.resolve("password") + ": holds no certificates in PEM\n", text.err());
  }
}
