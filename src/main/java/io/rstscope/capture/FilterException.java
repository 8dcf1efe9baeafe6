package io.rstscope.capture;

/** A filter expression that is wrong, or cannot be compiled here; the message is for its user. */
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1L;

  FilterException(String message) {
    super(message);
  }
}
