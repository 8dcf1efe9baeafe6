package io.rstscope.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rstscope.archive.Source.Kind;
import io.rstscope.capture.CaptureFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what there is to archive, in a folder and those below it. */
final class Sources {
  /** How a line of NDJSON begins. */
  private static final String RECORD = "{\"type\":\"";

  private final boolean series;
  private final Path store;
  private final Map<Path, List<Path>> captures = new TreeMap<>();
  private final List<Path> records = new ArrayList<>();

  private Sources(boolean series, Path store) {
    this.series = series;
    this.store = store;
  }

  /**
   * All captures and files of records, by name. What is neither, and is not named like a capture,
   * is left out; links to folders are not followed.
   *
   * @param series whether the captures of one folder are one capture
   * @param store is no input
   */
  static List<Source> in(Path folder, boolean series, Path store) throws IOException {
    Sources found = new Sources(series, store.toAbsolutePath().normalize());
    found.walk(folder.toAbsolutePath().normalize());
    return found.all();
  }

  private void walk(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            return at.equals(store) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Files.isRegularFile(file)) {
              sort(file);
            }
            return FileVisitResult.CONTINUE;
          }

          /** What cannot be looked into fails when it is read, if it is named like a capture. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (file.equals(folder)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void sort(Path file) {
    if (CaptureFiles.mayBeCapture(file)) {
      captures.computeIfAbsent(file.getParent(), key -> new ArrayList<>()).add(file);
    } else if (isOfRecords(file)) {
      records.add(file);
    }
  }

  private static boolean isOfRecords(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(RECORD.length()), UTF_8).equals(RECORD);
    } catch (IOException e) {
      return false;
    }
  }

  private List<Source> all() throws IOException {
    List<Source> all = new ArrayList<>();
    for (Map.Entry<Path, List<Path>> folder : captures.entrySet()) {
      List<Path> files = folder.getValue().stream().sorted().toList();
      if (series && files.size() > 1) {
        all.add(Source.of(folder.getKey().toString(), Kind.SERIES, files));
      } else {
        for (Path file : files) {
          all.add(Source.of(file.toString(), Kind.CAPTURE, List.of(file)));
        }
      }
    }
    for (Path file : records.stream().sorted().toList()) {
      all.add(Source.of(file.toString(), Kind.RECORDS, List.of(file)));
    }
    return all;
  }
}
