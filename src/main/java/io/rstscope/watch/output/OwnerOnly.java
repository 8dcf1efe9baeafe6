package io.rstscope.watch.output;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Permissions of what the agent makes: addresses, names and packets of other people are for its
 * owner, whatever the umask. Where the file system knows no such permissions nothing is asked for.
 */
public final class OwnerOnly {
  private OwnerOnly() {}

  /** Those of a file, for when it is made. */
  public static FileAttribute<?>[] file() {
    return attributes("rw-------");
  }

  /** Those of a folder, for when it is made. */
  public static FileAttribute<?>[] folder() {
    return attributes("rwx------");
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
