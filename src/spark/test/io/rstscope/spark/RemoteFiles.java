package io.rstscope.spark;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** An object store: files of this machine, those called so after a while without an answer. */
public final class RemoteFiles extends RawLocalFileSystem {
  static final int BYTES_BEFORE = 1_000;

  static volatile boolean answers;

  @Override
  public URI getUri() {
    return URI.create("remote:///");
  }

  @Override
  public String getScheme() {
    return "remote";
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FSDataInputStream opened = super.open(path, bufferSize);
    return answers || !path.getName().startsWith("timeout")
        ? opened
        : new FSDataInputStream(new Stalling(opened));
  }

  /** That of a local file has permissions, which are asked for by its scheme. */
  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    File file = pathToFile(path);
    if (!file.exists()) {
      throw new FileNotFoundException(path.toString());
    }
    return new FileStatus(
        file.length(), file.isDirectory(), 1, 1 << 20, file.lastModified(), makeQualified(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    String[] names = pathToFile(path).list();
    FileStatus[] all = new FileStatus[names.length];
    for (int i = 0; i < names.length; i++) {
      all[i] = getFileStatus(new Path(path, names[i]));
    }
    return all;
  }

  private static final class Stalling extends FSInputStream {
    private final InputStream content;
    private int read;

    private Stalling(InputStream content) {
      this.content = content;
    }

    @Override
    public int read() throws IOException {
      if (read == BYTES_BEFORE) {
        throw new SocketTimeoutException("Read timed out");
      }
      read++;
      return content.read();
    }

    /** What came before the timeout is given first, as a socket does. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int fitting = Math.min(length, BYTES_BEFORE - read);
      if (fitting == 0) {
        throw new SocketTimeoutException("Read timed out");
      }
      int got = content.read(target, offset, fitting);
      read += Math.max(0, got);
      return got;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }

    @Override
    public void seek(long position) {
      throw new UnsupportedOperationException("nobody seeks");
    }

    @Override
    public long getPos() {
      return read;
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }
  }
}
