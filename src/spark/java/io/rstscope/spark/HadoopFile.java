package io.rstscope.spark;

import io.rstscope.archive.StoredFile;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.PacketSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A file of any file system that Hadoop reaches.
 *
 * @param uri where it lies
 * @param found as it was listed: an object store is not asked for each
 * @param settings of these file systems
 */
record HadoopFile(String uri, Version found, Broadcast<SerializableConfiguration> settings)
    implements StoredFile, Serializable {
  private static final String LOCAL = "file";

  /** As {@code rstscope archive} calls it, if it is one of this machine. */
  @Override
  public String name() {
    return name(path());
  }

  static String name(Path path) {
    return LOCAL.equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }

  @Override
  public Version version() throws IOException {
    FileStatus status = fileSystem().getFileStatus(path());
    return new Version(status.getLen(), status.getModificationTime());
  }

  @Override
  public InputStream open() throws IOException {
    return fileSystem().open(path());
  }

  @Override
  public PacketSource capture() throws CaptureException {
    return capture(this);
  }

  static PacketSource capture(StoredFile file) throws CaptureException {
    InputStream stream;
    try {
      stream = file.open();
    } catch (IOException e) {
      throw new CaptureException(
          file.name(), CaptureException.NO_OFFSET, "cannot be read: " + e.getMessage());
    }
    return CaptureFiles.readRemote(file.name(), stream);
  }

  private FileSystem fileSystem() throws IOException {
    return path().getFileSystem(settings.value().value());
  }

  private Path path() {
    return new Path(uri);
  }
}
