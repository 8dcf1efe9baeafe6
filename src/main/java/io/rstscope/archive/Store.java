package io.rstscope.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of Parquet files, and the manifest that says which of them count. What a commit brings
 * is written to {@code .staging}, made durable, moved to its place, and then the new manifest takes
 * the place of the old one (rename(2)); a process that is killed before leaves files that nobody
 * reads, and that the next one takes away.
 */
public final class Store implements AutoCloseable {
  /** A table, and its folder: a row a connection that was reset or lost. */
  public static final String FLOWS = "flows";

  /** How far each capture has come. */
  public static final String CAPTURES = "captures";

  /** What could not be read, with the reason. */
  public static final String FAILURES = "failures";

  private static final List<String> TABLES = List.of(FLOWS, CAPTURES, FAILURES);

  /** More days than a fleet has in one batch: times that lie. What is beyond lies together. */
  public static final int MOST_DAYS = 4_000;

  /**
   * Connections that a broker loses on a day, in one batch, for a partition of its own; brokers
   * with fewer share one. A file costs 20 KB for its columns, and a reader some milliseconds.
   */
  public static final int LARGE_PARTITION = 10_000;

  /** The host of the partition that brokers share. */
  public static final String SHARED = "other";

  /** The file that says what is in it. */
  public static final String MANIFEST = "manifest.json";

  /** A folder for what is not in it yet. */
  public static final String STAGING = ".rstscope-staging";

  private final Path folder;
  private final StoreLock lock;
  private Manifest manifest;

  private Store(Path folder, Manifest manifest, StoreLock lock) {
    this.folder = folder;
    this.manifest = manifest;
    this.lock = lock;
  }

  /** Whether there is a store. */
  static boolean exists(Path folder) {
    return Files.isRegularFile(folder.resolve(MANIFEST));
  }

  /**
   * Opens a store to read it. It may be written meanwhile: what this one lists stays until it is
   * replaced.
   *
   * @throws IOException when there is none, or it is of a format that this version does not know
   */
  public static Store read(Path folder) throws IOException {
    if (!exists(folder)) {
      throw new IOException(folder + ": is no archive; 'rstscope archive DIR -o STORE' makes one");
    }
    return new Store(folder.toAbsolutePath(), manifest(folder), null);
  }

  /**
   * Opens a store to write to it, and makes it if need be.
   *
   * @throws IOException when another process writes to it, or it holds something else
   */
  public static Store write(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (!exists(folder) && holdsSomethingElse(folder)) {
      throw new IOException(folder + ": is neither empty nor an archive");
    }
    StoreLock lock = StoreLock.take(folder);
    try {
      Manifest manifest = exists(folder) ? manifest(folder) : Manifest.EMPTY;
      Store store = new Store(folder.toAbsolutePath(), manifest, lock);
      store.sweep();
      Files.createDirectories(store.staging());
      return store;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * What a first run that was killed leaves is ours; a folder of that name with captures is not.
   */
  private static boolean holdsSomethingElse(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        boolean ours = TABLES.contains(name) && regularFiles(file).stream().allMatch(Store::isData);
        if (!name.startsWith(".") && !ours) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isData(Path file) {
    return file.toString().endsWith(".parquet");
  }

  private static Manifest manifest(Path folder) throws IOException {
    try {
      return Manifest.parse(Files.readString(folder.resolve(MANIFEST)));
    } catch (IOException e) {
      throw new IOException(folder.resolve(MANIFEST) + ": " + e.getMessage(), e);
    }
  }

  /** What is in it. */
  public Manifest manifest() {
    return manifest;
  }

  /** Where that file lies. */
  public Path path(DataFile file) {
    return folder.resolve(file.path());
  }

  /** The files of a table, where they lie. */
  public List<Path> files(String table) {
    return manifest.of(table).stream().map(this::path).toList();
  }

  /** A folder for what is not in it yet. */
  Path staging() {
    return folder.resolve(STAGING);
  }

  /**
   * Makes what lies in a folder a part of the store.
   *
   * @param staged holds files as they are to lie in the store, below the names of tables
   * @param replaced which of the store's files they take the place of
   */
  void commit(Path staged, Set<DataFile> replaced) throws IOException {
    Set<DataFile> files = new HashSet<>(manifest.files());
    files.removeAll(replaced);
    files.addAll(move(staged));
    List<DataFile> sorted = files.stream().sorted(Comparator.comparing(DataFile::path)).toList();
    Manifest next = new Manifest(Manifest.FORMAT, manifest.commit() + 1, sorted);
    write(next);
    manifest = next;
    for (DataFile file : replaced) {
      Files.deleteIfExists(path(file));
    }
    delete(staged);
  }

  /**
   * Moves files to their places. First all are flushed, then all moved, then their folders flushed:
   * a file system that keeps a journal writes it a few times then, and not for each file.
   */
  private List<DataFile> move(Path staged) throws IOException {
    List<Path> files = regularFiles(staged);
    List<DataFile> moved = new ArrayList<>();
    Set<Path> folders = new LinkedHashSet<>();
    for (Path file : files) {
      sync(file);
      moved.add(
          new DataFile(staged.relativize(file).toString().replace('\\', '/'), Files.size(file)));
    }
    for (int i = 0; i < files.size(); i++) {
      Path target = path(moved.get(i));
      Files.createDirectories(target.getParent());
      Files.move(files.get(i), target, StandardCopyOption.ATOMIC_MOVE);
      for (Path at = target.getParent(); at.startsWith(folder); at = at.getParent()) {
        folders.add(at);
      }
    }
    for (Path each : folders) {
      sync(each);
    }
    return moved;
  }

  private void write(Manifest next) throws IOException {
    Path temporary = staging().resolve(MANIFEST);
    ByteBuffer bytes = ByteBuffer.wrap(next.json().getBytes(UTF_8));
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; what cannot be flushed was written at least
      if (!Files.isDirectory(path)) {
        throw e;
      }
    }
  }

  /** Takes away what a process left that was killed, and nothing that cannot be its. */
  private void sweep() throws IOException {
    delete(staging());
    Set<String> known = new HashSet<>();
    manifest.files().forEach(file -> known.add(file.path()));
    for (String table : TABLES) {
      for (Path file : regularFiles(folder.resolve(table))) {
        if (isData(file)
            && !known.contains(folder.relativize(file).toString().replace('\\', '/'))) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  /** Takes away what is not in it, and lets others write. */
  @Override
  public void close() throws IOException {
    if (lock != null) {
      try (lock) {
        delete(staging());
      }
    }
  }
}
