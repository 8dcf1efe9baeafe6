package io.rstscope.brokerlog;

import java.io.IOException;

/** A log that holds more about connections than fits into memory; the message is for its user. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
