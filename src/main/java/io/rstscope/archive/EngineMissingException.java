package io.rstscope.archive;

import java.io.IOException;

/** The embedded engine is not installed, or does not start here: in words for the user. */
public final class EngineMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  EngineMissingException(String message, Throwable cause) {
    super(message, cause);
  }
}
