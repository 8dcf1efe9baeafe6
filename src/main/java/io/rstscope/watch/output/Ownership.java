package io.rstscope.watch.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whose a file or a folder is: what belongs to others, or is a link that somebody else made, is not
 * written to, for it may lead anywhere, and be read or changed by them. Root's is as good as ours.
 * Where the system knows no owners nothing is refused.
 */
public final class Ownership {
  private static final int MOST_LINKS = 40;
  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0002;

  /** The bit of folders such as /tmp, in which nobody removes or renames what is not his. */
  private static final int STICKY = 01000;

  private static final int OURS = effectiveUser();

  private Ownership() {}

  /**
   * The file that a path leads to, by links of ours, which is to be opened without following
   * another; the path itself where nothing is there yet.
   *
   * @throws IOException when it, or a link on the way, is not ours, or others may write to it
   */
  public static Path require(Path path) throws IOException {
    Path at = path;
    for (int links = 0; links < MOST_LINKS; links++) {
      String why = problem(at);
      if (why != null) {
        throw new IOException(path + (at.equals(path) ? "" : " (" + at + ")") + ": " + why);
      }
      if (!Files.isSymbolicLink(at)) {
        return at;
      }
      Path next = at.resolveSibling(Files.readSymbolicLink(at));
      if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        // such as /dev/stdout, which leads to what has no name
        return path;
      }
      at = next;
    }
    throw new IOException(path + ": Too many levels of symbolic links");
  }

  /**
   * Why what lies there is not to be used, as a sentence without subject and full stop; null when
   * it may be, or nothing is there.
   */
  public static String problem(Path path) throws IOException {
    if (OURS < 0 || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    boolean link = Files.isSymbolicLink(path);
    if (owner != OURS && owner != ROOT) {
      return (link ? "is a link that belongs" : "belongs") + " to another user (uid " + owner + ")";
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    boolean open = (mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0;
    return (folder || file) && open ? "can be written by everybody (chmod o-w)" : null;
  }

  /** By proc(5); -1 where that is not known. */
  private static int effectiveUser() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return -1;
    }
    try {
      String status = Files.readString(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1);
      return status
          .lines()
          .filter(line -> line.startsWith("Uid:"))
          .map(line -> Integer.parseUnsignedInt(line.split("\\s+")[2]))
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }
}
