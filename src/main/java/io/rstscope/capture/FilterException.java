package io.rstscope.capture;

/** A filter expression that is wrong, or cannot be compiled here; the message is for its user. */
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean libraryMissing;

  private FilterException(String message, boolean libraryMissing) {
    super(message);
    this.libraryMissing = libraryMissing;
  }

  static FilterException wrong(String message) {
    return new FilterException(message, false);
  }

  static FilterException notLoaded(String message) {
    return new FilterException(message, true);
  }

  /** Whether the expression may be right, but libpcap or JNA cannot be loaded. */
  public boolean libraryMissing() {
    return libraryMissing;
  }
}
