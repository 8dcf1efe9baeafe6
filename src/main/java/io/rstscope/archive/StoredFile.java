package io.rstscope.archive;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.PacketSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A file to archive, wherever it lies. */
public interface StoredFile extends CaptureFiles.Content {
  /**
   * How large it is, and when it was changed last.
   *
   * @param modifiedMillis since 1970
   */
  record Version(long bytes, long modifiedMillis) implements Serializable {}

  /** Its full path, or its URI. */
  String name();

  /** As it is now. */
  Version version() throws IOException;

  /** As it was when it was found, which may be known without asking. */
  default Version found() throws IOException {
    return version();
  }

  /**
   * Opens it as a capture.
   *
   * @throws CaptureException when it cannot be opened, or is no capture that we know
   */
  PacketSource capture() throws CaptureException;

  /** The folder that it lies in. */
  default String folder() {
    return name().substring(0, name().lastIndexOf('/'));
  }

  /** Its name in that folder. */
  default String baseName() {
    return name().substring(name().lastIndexOf('/') + 1);
  }

  /** Of its content. */
  default byte[] sha256() throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 17];
    try (InputStream in = open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return digest.digest();
  }

  /** A new one, of SHA-256. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** One of this machine. */
  static StoredFile of(Path path) {
    return new LocalFile(path);
  }
}
