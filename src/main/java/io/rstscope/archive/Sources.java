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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What there is to archive among files. */
public final class Sources {
  /** How a line of NDJSON begins. */
  private static final String RECORD = "{\"type\":\"";

  private static final Comparator<StoredFile> BY_NAME = Comparator.comparing(StoredFile::name);

  private final boolean series;
  private final Map<String, List<StoredFile>> captures = new TreeMap<>();
  private final List<StoredFile> records = new ArrayList<>();

  /**
   * None yet.
   *
   * @param series whether the captures of one folder are one capture
   */
  public Sources(boolean series) {
    this.series = series;
  }

  /**
   * Those in a folder of this machine and the folders below it; links to folders are not followed.
   *
   * @param store is no input
   */
  static List<Source> in(Path folder, boolean series, Path store) throws IOException {
    Sources found = new Sources(series);
    found.walk(folder.toAbsolutePath().normalize(), store.toAbsolutePath().normalize());
    return found.all();
  }

  private void walk(Path folder, Path store) throws IOException {
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
              add(StoredFile.of(file));
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

  /** Looks what it holds. What is no capture, nor named like one, nor records, is left out. */
  public void add(StoredFile file) {
    if (CaptureFiles.mayBeCapture(file.baseName(), file)) {
      captures.computeIfAbsent(file.folder(), key -> new ArrayList<>()).add(file);
    } else if (isOfRecords(file)) {
      records.add(file);
    }
  }

  private static boolean isOfRecords(StoredFile file) {
    try (InputStream in = file.open()) {
      return new String(in.readNBytes(RECORD.length()), UTF_8).equals(RECORD);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * All captures and files of records, by name.
   *
   * @throws IOException when one of them is there no longer
   */
  public List<Source> all() throws IOException {
    List<Source> all = new ArrayList<>();
    for (Map.Entry<String, List<StoredFile>> folder : captures.entrySet()) {
      List<StoredFile> files = folder.getValue().stream().sorted(BY_NAME).toList();
      if (series && files.size() > 1) {
        all.add(Source.of(folder.getKey(), Kind.SERIES, files));
      } else {
        for (StoredFile file : files) {
          all.add(Source.of(file.name(), Kind.CAPTURE, List.of(file)));
        }
      }
    }
    for (StoredFile file : records) {
      all.add(Source.of(file.name(), Kind.RECORDS, List.of(file)));
    }
    all.sort(Comparator.comparing(Source::name));
    return all;
  }
}
