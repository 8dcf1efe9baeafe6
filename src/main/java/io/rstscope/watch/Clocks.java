package io.rstscope.watch;

/** The two clocks of the agent; a test has its own. */
interface Clocks {
  /** Nanoseconds since some moment; never set. */
  long steadyNanos();

  /** Nanoseconds since 1970 by the clock that stamps packets; may be set at any time. */
  long wallNanos();

  /** Those of the system. */
  Clocks SYSTEM =
      new Clocks() {
        @Override
        public long steadyNanos() {
          return System.nanoTime();
        }

        @Override
        public long wallNanos() {
          return System.currentTimeMillis() * 1_000_000;
        }
      };
}
