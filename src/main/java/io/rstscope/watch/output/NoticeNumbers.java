package io.rstscope.watch.output;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of connections in a file of notices, in which each stands for one. */
public final class NoticeNumbers {
  /** A notice takes some KiB, and a revision is of one of the last hundred losses. */
  private static final int TAIL = 1 << 20;

  /** Within a text of a capture its quotes would be escaped. */
  private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d{1,18})[,}]");

  private NoticeNumbers() {}

  /**
   * The highest number at the end of a file, so that a run that appends goes on after it; 0 when
   * there is none, or no file.
   */
  public static long highest(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return 0;
    }
    byte[] tail;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      tail = new byte[(int) Math.min(TAIL, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
    }
    Matcher numbers = NUMBER.matcher(new String(tail, StandardCharsets.ISO_8859_1));
    long highest = 0;
    while (numbers.find()) {
      highest = Math.max(highest, Long.parseLong(numbers.group(1)));
    }
    return highest;
  }
}
