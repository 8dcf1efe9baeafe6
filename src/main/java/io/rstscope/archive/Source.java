package io.rstscope.archive;

import java.io.IOException;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What is archived as one: a capture, the files of a rotated one, or a file of records.
 *
 * @param name its full path or URI; of a series that of its folder
 * @param kind what it holds
 * @param files one or more, in the order of their names
 * @param bytes of all files
 * @param modifiedMillis when the last of them was changed, since 1970
 */
public record Source(
    String name, Kind kind, List<? extends StoredFile> files, long bytes, long modifiedMillis)
    implements Serializable {
  /** What files hold. */
  public enum Kind {
    CAPTURE,
    SERIES,
    /** NDJSON of {@code analyze} or {@code watch}. */
    RECORDS
  }

  private interface Asking {
    StoredFile.Version of(StoredFile file) throws IOException;
  }

  static Source of(String name, Kind kind, List<? extends StoredFile> files) throws IOException {
    return of(name, kind, files, StoredFile::found);
  }

  private static Source of(String name, Kind kind, List<? extends StoredFile> files, Asking asking)
      throws IOException {
    long bytes = 0;
    long modified = 0;
    for (StoredFile file : files) {
      StoredFile.Version version = asking.of(file);
      bytes += version.bytes();
      modified = Math.max(modified, version.modifiedMillis());
    }
    return new Source(name, kind, files, bytes, modified);
  }

  /** As it is now: of another size or time when somebody writes to it. */
  Source now() throws IOException {
    return of(name, kind, files, StoredFile::version);
  }

  boolean isAsBefore(long bytesThen, long modifiedThen) {
    return bytes == bytesThen && modifiedMillis == modifiedThen;
  }

  /** The same files, read by other means. */
  public Source of(List<? extends StoredFile> same) {
    return new Source(name, kind, same, bytes, modifiedMillis);
  }

  /** In hexadecimal digits; of a series that of those of its files. */
  public String sha256() throws IOException {
    List<byte[]> each = new ArrayList<>();
    for (StoredFile file : files) {
      each.add(file.sha256());
    }
    if (kind != Kind.SERIES) {
      return HexFormat.of().formatHex(each.get(0));
    }
    MessageDigest all = StoredFile.digest();
    each.forEach(all::update);
    return HexFormat.of().formatHex(all.digest());
  }
}
