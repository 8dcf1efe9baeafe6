package io.rstscope.capture;

import java.io.IOException;

/**
 * A capture that cannot be read, or not further: which one, where, and why, in words for its user.
 */
public final class CaptureException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The offset where it has no meaning, such as a file that cannot be opened. */
  public static final long NO_OFFSET = -1;

  private final long offset;
  private final String reason;

  /**
   * @param source file name as given
   * @param offset bytes from the start of the (decompressed) capture to what could not be read, or
   *     {@link #NO_OFFSET}
   * @param reason a sentence without full stop, such as {@code "cut short inside a packet of 96
   *     bytes"}
   */
  public CaptureException(String source, long offset, String reason) {
    super(source + ": " + detail(offset, reason));
    this.offset = offset;
    this.reason = reason;
  }

  private static String detail(long offset, String reason) {
    return offset == NO_OFFSET ? reason : "at byte " + offset + ": " + reason;
  }

  /** Where and why: the message without the file. */
  public String detail() {
    return detail(offset, reason);
  }

  /** Bytes from the start of the (decompressed) capture, or {@link #NO_OFFSET}. */
  public long offset() {
    return offset;
  }

  /** Why, without file and offset. */
  public String reason() {
    return reason;
  }
}
