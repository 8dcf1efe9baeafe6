package io.rstscope.watch;

import static java.nio.file.Files.getPosixFilePermissions;
import static java.nio.file.Files.setPosixFilePermissions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  private static final FileLimits LIMITS = new FileLimits(100, Duration.ofHours(1).toNanos(), 2);
  private static final String LINE = "x".repeat(59) + "\n";

  private final SetClocks clocks = new SetClocks();
  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("notices.ndjson");
  }

  private RotatingFile open() throws IOException {
    return new RotatingFile(path, LIMITS, clocks);
  }

  private static void write(RotatingFile file, String line) throws IOException {
    file.write(line);
    file.flush();
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void shouldHaveInTheFileWhatWasFlushed() throws IOException {
    try (RotatingFile file = open()) {
      file.write("{}\n");
      assertEquals("", Files.readString(path));
      file.flush();
      assertEquals("{}\n", Files.readString(path));
    }
  }

  @Test
  void shouldNotShareTheFileWithAnotherAgent() throws IOException {
    try (RotatingFile file = open()) {
      write(file, LINE);
      IOException refused = assertThrows(IOException.class, this::open);
      assertTrue(refused.getMessage().endsWith("another rstscope writes to it"));
    }
    open().close();
  }

  @Test
  void shouldWriteToTheFileThatALinkOfOursLeadsTo() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    Files.createSymbolicLink(path, other);
    try (RotatingFile file = open()) {
      write(file, "{}\n");
    }
    assertEquals("{}\n", Files.readString(other));
  }

  @Test
  void shouldPutTheFileAsideBeforeItIsTooLarge() throws IOException {
    try (RotatingFile file = open()) {
      write(file, LINE);
      write(file, LINE);
    }
    assertEquals(2, all().size());
    assertEquals(LINE, Files.readString(all().get(0)));
    assertEquals(LINE, Files.readString(all().get(1)));
  }

  @Test
  void shouldPutAnOldFileAside() throws IOException {
    try (RotatingFile file = open()) {
      write(file, "old\n");
      clocks.pass(Duration.ofMinutes(61));
      write(file, "new\n");
    }
    assertEquals("new\n", Files.readString(path));
    assertEquals(2, all().size());
  }

  @Test
  void shouldKeepOnlyTheNewest() throws IOException {
    try (RotatingFile file = open()) {
      for (int i = 0; i < 6; i++) {
        write(file, i + LINE);
      }
    }
    List<Path> left = all();
    assertEquals(3, left.size());
    assertEquals("5" + LINE, Files.readString(path));
    assertEquals("3" + LINE, Files.readString(left.get(1)));
    assertEquals("4" + LINE, Files.readString(left.get(2)));
  }

  @Test
  void shouldLeaveFilesOfOthersAlone() throws IOException {
    Files.writeString(folder.resolve("notices.ndjson.gz"), "theirs");
    try (RotatingFile file = open()) {
      for (int i = 0; i < 6; i++) {
        write(file, LINE);
      }
    }
    assertTrue(Files.exists(folder.resolve("notices.ndjson.gz")));
  }

  @Test
  void shouldGoOnInAFileThatIsThere() throws IOException {
    Files.writeString(path, "before\n");
    try (RotatingFile file = open()) {
      write(file, "after\n");
    }
    assertEquals("before\nafter\n", Files.readString(path));
  }

  @Test
  void shouldEndALineThatAKilledProcessLeftTorn() throws IOException {
    Files.writeString(path, "{}\n{\"type\":\"fl");
    try (RotatingFile file = open()) {
      write(file, "{}\n");
    }
    assertEquals(List.of("{}", "{\"type\":\"fl", "{}"), Files.readAllLines(path));
  }

  @Test
  void shouldBeginANewFileWhenTheOldOneWasMovedAway() throws IOException {
    try (RotatingFile file = open()) {
      write(file, "one\n");
      Files.move(path, folder.resolve("moved"));
      write(file, "two\n");
      file.reopen();
      write(file, "three\n");
    }
    assertEquals("one\ntwo\n", Files.readString(folder.resolve("moved")));
    assertEquals("three\n", Files.readString(path));
  }

  @Test
  void shouldWriteAgainWhenItCouldNotBeOpenedAnewForAWhile() throws IOException {
    Path below = Files.createDirectory(folder.resolve("below"));
    path = below.resolve("notices.ndjson");
    try (RotatingFile file = open()) {
      Files.move(below, folder.resolve("away"));
      assertThrows(IOException.class, file::reopen);
      assertThrows(IOException.class, () -> write(file, "lost\n"));

      Files.createDirectory(below);
      write(file, "written\n");
    }
    assertEquals("written\n", Files.readString(path));
  }

  @Test
  void shouldMakeFilesThatOnlyTheirOwnerMayRead() throws IOException {
    try (RotatingFile file = open()) {
      write(file, LINE);
      write(file, LINE);
    }
    assertEquals(2, all().size());
    for (Path each : all()) {
      assertEquals("rw-------", PosixFilePermissions.toString(getPosixFilePermissions(each)));
    }
  }

  @Test
  void shouldKeepThePermissionsOfAFileThatIsThere() throws IOException {
    Files.createFile(path);
    setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    try (RotatingFile file = open()) {
      write(file, LINE);
    }
    assertEquals("rw-r-----", PosixFilePermissions.toString(getPosixFilePermissions(path)));
  }

  @Test
  void shouldSayThatTheFolderIsNotThere() {
    path = folder.resolve("nowhere").resolve("notices.ndjson");
    assertThrows(IOException.class, this::open);
    assertFalse(Files.exists(path));
  }
}
