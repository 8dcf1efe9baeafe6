package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where JNA has its library, as {@code doctor} says it. */
@Timeout(120)
class JnaFolderTest {
  @TempDir private Path folder;

  private Run doctor(String... options) throws Exception {
    return JavaProcess.finish(
        JavaProcess.program(List.of(options), "doctor").directory(folder.toFile()));
  }

  private List<String> made() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void shouldBeWhereAPackageHasPutIt() throws Exception {
    Files.createFile(folder.resolve("libjnidispatch.so"));

    Run run = doctor("-Djna.boot.library.path=/nowhere:" + folder, "-Duser.home=?");

    assertTrue(run.out().contains("JNA may use its library in " + folder + "\n"), run.out());
    assertEquals(List.of("libjnidispatch.so"), made());
  }

  @Test
  void shouldBeUnpackedWhereNoPackageHasIt() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));

    Run run = doctor("-Djna.boot.library.path=" + folder, "-Djna.tmpdir=" + own);

    assertTrue(run.out().contains("JNA may use its library in " + own + "\n"), run.out());
  }

  @Test
  void shouldBeUnpackedIntoTheCommonFolderForAUserWhomTheSystemDoesNotKnow() throws Exception {
    Path common = Files.createDirectory(folder.resolve("common"));

    Run run = doctor("-Duser.home=?", "-Djava.io.tmpdir=" + common);

    assertTrue(run.out().contains("JNA may use its library in " + common + "\n"), run.out());
    assertEquals(List.of("common"), made());
  }

  @Test
  void shouldNotBeWhereEverybodyMayPutAnother() throws Exception {
    Files.createFile(folder.resolve("libjnidispatch.so"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    Run run = doctor("-Djna.boot.library.path=" + folder);

    assertEquals(ExitStatus.NOT_PERMITTED, run.status());
    assertTrue(run.out().contains(folder + ", where JNA has its library, can be written by"));
  }
}
