package io.rstscope.connections;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;

/**
 * A password that lies alone in a file, which only its owner may read. It is in no field here, so
 * that no text of this object holds it.
 */
final class PasswordFile {
  private static final int MOST_BYTES = 1 << 10;
  private static final int PERMISSIONS = 07777;
  private static final int OTHERS = 0077;

  /**
   * systemd lets a service's user read a credential of root's by an ACL (exec-credential.c, {@code
   * write_credential}), whose mask shows as this.
   */
  private static final int READ_BY_GROUP = 0040;

  private final Path file;

  PasswordFile(Path file) {
    this.file = file;
  }

  /**
   * The value of an {@code Authorization} header (RFC 7617).
   *
   * @throws IOException when it cannot be read, or others may read it; the message names the file
   */
  String authorization(String user) throws IOException {
    byte[] pair = (user + ":" + read()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Its first line. */
  private String read() throws IOException {
    byte[] bytes;
    try {
      check();
      bytes = bytes();
    } catch (FileSystemException e) {
      throw new IOException(file + ": " + reason(e), e);
    }
    String password = new String(bytes, StandardCharsets.UTF_8).split("\\R", 2)[0];
    require(!password.isEmpty(), "its first line is empty, and should be the password");
    require(bytes.length <= MOST_BYTES, "is too long for a password");
    return password;
  }

  private byte[] bytes() throws IOException {
    try (InputStream in =
        Channels.newInputStream(
            Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return in.readNBytes(MOST_BYTES + 1);
    }
  }

  private void check() throws IOException {
    Map<String, Object> found =
        Files.readAttributes(file, "unix:isRegularFile,uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    int uid = (int) found.get("uid");
    int mode = (int) found.get("mode") & PERMISSIONS;
    boolean roots = uid == 0 && (int) found.get("gid") == 0;
    int open = mode & OTHERS & ~(roots ? READ_BY_GROUP : 0);
    require((boolean) found.get("isRegularFile"), "a password has to be in a regular file");
    require(uid == 0 || uid == new UnixSystem().getUid(), "belongs to another user: chown it");
    require(open == 0, "others may read it (mode %04o): chmod 600".formatted(mode));
  }

  private static String reason(FileSystemException failure) {
    return failure instanceof NoSuchFileException
        ? "no such file"
        : failure instanceof AccessDeniedException ? "permission denied" : failure.getReason();
  }

  private void require(boolean right, String mistake) throws IOException {
    if (!right) {
      throw new IOException(file + ": " + mistake);
    }
  }
}
