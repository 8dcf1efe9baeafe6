package io.rstscope.capture.live;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** What the kernel says of the clock that stamps packets. */
public final class SystemClock {
  /** {@code TIME_ERROR} of adjtimex(2): not synchronised. */
  private static final int TIME_ERROR = 5;

  /** More than {@code struct timex} takes on any system. */
  private static final int TIMEX_BYTES = 512;

  /** The C library. */
  interface CLibrary extends Library {
    int adjtimex(Memory timex);
  }

  private SystemClock() {}

  /**
   * Whether something keeps the clock right (NTP, PTP, the hypervisor).
   *
   * @return null where that is not known: not on Linux, or JNA cannot be loaded
   */
  public static Boolean isSynchronised() {
    if (!Platform.isLinux()) {
      return null;
    }
    try {
      Memory timex = new Memory(TIMEX_BYTES);
      timex.clear();
      int state = Native.load(Platform.C_LIBRARY_NAME, CLibrary.class).adjtimex(timex);
      return state < 0 ? null : state != TIME_ERROR;
    } catch (LinkageError e) {
      return null;
    }
  }
}
