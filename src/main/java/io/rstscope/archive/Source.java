package io.rstscope.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What is archived as one: a capture, the files of a rotated one, or a file of records.
 *
 * @param name its full path; of a series that of its folder
 * @param kind what it holds
 * @param files one or more, in the order of their names
 * @param bytes of all files
 * @param modifiedMillis when the last of them was changed, since 1970
 */
record Source(String name, Kind kind, List<Path> files, long bytes, long modifiedMillis) {
  private static final int BUFFER = 1 << 17;

  /** What files hold. */
  enum Kind {
    CAPTURE,
    SERIES,
    /** NDJSON of {@code analyze} or {@code watch}. */
    RECORDS
  }

  static Source of(String name, Kind kind, List<Path> files) throws IOException {
    long bytes = 0;
    long modified = 0;
    for (Path file : files) {
      bytes += Files.size(file);
      modified = Math.max(modified, Files.getLastModifiedTime(file).toMillis());
    }
    return new Source(name, kind, files, bytes, modified);
  }

  /** As it is now: of another size or time when somebody writes to it. */
  Source now() throws IOException {
    return of(name, kind, files);
  }

  boolean isAsBefore(long bytesThen, long modifiedThen) {
    return bytes == bytesThen && modifiedMillis == modifiedThen;
  }

  /** In hexadecimal digits; of a series that of those of its files. */
  String sha256() throws IOException {
    List<byte[]> each = new ArrayList<>();
    for (Path file : files) {
      each.add(sha256(file));
    }
    if (kind != Kind.SERIES) {
      return HexFormat.of().formatHex(each.get(0));
    }
    MessageDigest all = digest();
    each.forEach(all::update);
    return HexFormat.of().formatHex(all.digest());
  }

  private static byte[] sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return digest.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
