package io.rstscope.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rstscope.archive.DataFile;
import io.rstscope.archive.Manifest;
import io.rstscope.archive.Store;
import io.rstscope.archive.StoreLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A {@link Store} wherever Hadoop's file systems reach. A commit moves files to their places, and
 * then puts the new manifest in the place of the old one: in one step on this machine; else the old
 * one is removed first, and whoever finds none takes the new one from beside it.
 */
final class HadoopStore implements AutoCloseable {
  private static final String NEXT = "." + Store.MANIFEST;

  private final FileSystem files;
  private final boolean local;
  private final Path folder;
  private final Path staging;
  private final StoreLock lock;
  private final Manifest manifest;

  private HadoopStore(FileSystem files, Path folder, StoreLock lock) throws IOException {
    this.files = files;
    this.local = isLocal(files);
    this.folder = folder;
    this.lock = lock;
    this.staging = new Path(folder, Store.STAGING + "/" + UUID.randomUUID());
    this.manifest = read();
    if (manifest.commit() == 0 && files.exists(folder) && holdsSomethingElse()) {
      throw new IOException(folder + ": is neither empty nor an archive");
    }
  }

  /**
   * Opens a store to write to it, and makes it if need be.
   *
   * @throws IOException when it is of a newer version, holds something else, or, on this machine,
   *     another process writes to it
   */
  static HadoopStore write(String uri, Configuration settings) throws IOException {
    Path folder = new Path(uri);
    FileSystem found = folder.getFileSystem(settings);
    // checksums beside its files would outlive what rstscope archive replaces
    FileSystem files = found instanceof LocalFileSystem summed ? summed.getRaw() : found;
    Path qualified = files.makeQualified(folder);
    files.mkdirs(qualified);
    StoreLock lock =
        isLocal(files) ? StoreLock.take(java.nio.file.Path.of(qualified.toUri().getPath())) : null;
    try {
      return new HadoopStore(files, qualified, lock);
    } catch (IOException e) {
      if (lock != null) {
        lock.close();
      }
      throw e;
    }
  }

  private static boolean isLocal(FileSystem files) {
    return "file".equals(files.getUri().getScheme());
  }

  private Manifest read() throws IOException {
    for (String name : List.of(Store.MANIFEST, NEXT)) {
      Path path = new Path(folder, name);
      if (files.exists(path)) {
        try (InputStream in = files.open(path)) {
          return Manifest.parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
          throw new IOException(path + ": " + e.getMessage(), e);
        }
      }
    }
    return Manifest.EMPTY;
  }

  private boolean holdsSomethingElse() throws IOException {
    Set<String> ours = Set.of(Store.FLOWS, Store.CAPTURES, Store.FAILURES);
    for (var status : files.listStatus(folder)) {
      String name = status.getPath().getName();
      if (!name.startsWith(".") && !ours.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** What was in it when it was opened. */
  Manifest manifest() {
    return manifest;
  }

  Path folder() {
    return folder;
  }

  /** A folder for what is not in it yet, of this run alone. */
  Path staging() {
    return staging;
  }

  /** Where that file lies. */
  String path(DataFile file) {
    return new Path(folder, file.path()).toString();
  }

  /**
   * Makes what lies in a folder a part of the store.
   *
   * @param staged holds Parquet files below the names of tables
   * @param replaced which of the store's files they take the place of
   * @throws IOException also when another one has committed since this was opened
   */
  void commit(Path staged, Set<DataFile> replaced) throws IOException {
    Set<DataFile> all = new HashSet<>(manifest.files());
    all.removeAll(replaced);
    all.addAll(move(staged));
    if (read().commit() != manifest.commit()) {
      throw new IOException(
          folder + ": another run has written to it meanwhile; run this one anew");
    }
    write(
        new Manifest(
            Manifest.FORMAT,
            manifest.commit() + 1,
            all.stream().sorted(Comparator.comparing(DataFile::path)).toList()));
    for (DataFile file : replaced) {
      files.delete(new Path(folder, file.path()), false);
    }
  }

  /** Two runs that commit at once, where nothing keeps them from it, give names of their own. */
  private List<DataFile> move(Path staged) throws IOException {
    List<DataFile> moved = new ArrayList<>();
    String root = files.makeQualified(staged).toString() + "/";
    for (RemoteIterator<LocatedFileStatus> each = files.listFiles(staged, true); each.hasNext(); ) {
      LocatedFileStatus file = each.next();
      if (!file.getPath().getName().endsWith(".parquet")) {
        continue;
      }
      String table = file.getPath().getParent().toString().substring(root.length());
      String place =
          "%s/%d-%.8s-%d.parquet"
              .formatted(table, manifest.commit() + 1, staging.getName(), moved.size());
      rename(file.getPath(), new Path(folder, place));
      moved.add(new DataFile(place, file.getLen()));
    }
    return moved;
  }

  private void write(Manifest next) throws IOException {
    Path beside = new Path(folder, NEXT);
    try (OutputStream out = files.create(beside, true)) {
      out.write(next.json().getBytes(UTF_8));
    }
    rename(beside, new Path(folder, Store.MANIFEST));
  }

  /** Also over what lies there: the old manifest, or what a killed run left. */
  private void rename(Path from, Path to) throws IOException {
    files.mkdirs(to.getParent());
    if (!local) {
      files.delete(to, false);
    }
    if (!files.rename(from, to)) {
      throw new IOException(to + ": cannot be written");
    }
  }

  /** Takes away what is not in it, and lets others write. */
  @Override
  public void close() throws IOException {
    try {
      files.delete(staging, true);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
