package io.rstscope.spark;

import io.rstscope.archive.StoredFile;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.PacketSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A file whose content is hashed as it is read, so that it comes through the network once: again
 * only when nobody read it to its end. A failure to read it is kept: the capture is not judged by
 * what came before.
 */
final class HashedFile implements StoredFile {
  private final StoredFile file;
  private volatile byte[] sha256;
  private volatile IOException failure;

  HashedFile(StoredFile file) {
    this.file = file;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public Version version() throws IOException {
    return file.version();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new Hashing(file.open());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public PacketSource capture() throws CaptureException {
    return HadoopFile.capture(this);
  }

  @Override
  public byte[] sha256() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return sha256 == null ? StoredFile.super.sha256() : sha256;
  }

  /** A plain one: a timeout is said by an exception that is taken for an interruption. */
  private IOException failed(IOException cause) {
    String message = cause.getMessage();
    failure = new IOException(message == null ? cause.getClass().getSimpleName() : message, cause);
    return failure;
  }

  private final class Hashing extends FilterInputStream {
    private final MessageDigest digest = StoredFile.digest();

    private Hashing(InputStream content) {
      super(content);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = in.read(target, offset, length);
        if (read >= 0) {
          digest.update(target, offset, read);
        } else if (sha256 == null) {
          sha256 = digest.digest();
        }
        return read;
      } catch (IOException e) {
        throw failed(e);
      }
    }

    /** Bytes that are skipped would not be hashed. */
    @Override
    public long skip(long bytes) throws IOException {
      byte[] skipped = new byte[(int) Math.min(Math.max(bytes, 0), 1 << 13)];
      return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
