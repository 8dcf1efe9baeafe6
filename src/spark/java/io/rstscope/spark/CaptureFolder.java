package io.rstscope.spark;

import io.rstscope.archive.Source;
import io.rstscope.archive.Sources;
import io.rstscope.archive.StoredFile;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Finds what there is to archive below a folder, or a prefix of an object store. */
final class CaptureFolder {
  private CaptureFolder() {}

  /**
   * Its captures and files of records. One that is not named like a capture is opened to see what
   * it is.
   *
   * @param series whether the captures of one folder are one capture
   * @param store is no input
   */
  static List<Source> sources(
      String uri, boolean series, Path store, Broadcast<SerializableConfiguration> settings)
      throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(settings.value().value());
    Path folder = files.makeQualified(path);
    if (!files.getFileStatus(folder).isDirectory()) {
      throw new IOException(uri + ": is no folder");
    }
    Sources sources = new Sources(series);
    add(folder, files, store, settings, sources);
    return sources.all();
  }

  /** Folder by folder: asked for all at once, Hadoop starts a process for each local file. */
  private static void add(
      Path folder,
      FileSystem files,
      Path store,
      Broadcast<SerializableConfiguration> settings,
      Sources sources)
      throws IOException {
    RemoteIterator<FileStatus> each = files.listStatusIterator(folder);
    while (each.hasNext()) {
      FileStatus file = each.next();
      if (file.isFile()) {
        sources.add(
            new HadoopFile(
                file.getPath().toString(),
                new StoredFile.Version(file.getLen(), file.getModificationTime()),
                settings));
      } else if (file.isDirectory() && !file.getPath().equals(store)) {
        add(file.getPath(), files, store, settings, sources);
      }
    }
  }
}
