package io.rstscope.watch.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why something could not be written, in words. */
public final class WriteFailure {
  private WriteFailure() {}

  /** What went wrong; the JDK gives a path alone where the reason is in the exception's type. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return failure.getMessage() + ": No such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return failure.getMessage() + ": Permission denied";
    }
    return failure.getMessage();
  }
}
