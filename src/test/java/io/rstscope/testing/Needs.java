package io.rstscope.testing;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What tests need of the machine they run on. Where it is missing they are skipped and say why,
 * unless the environment's {@code RSTSCOPE_REQUIRE} names its group: then they fail.
 */
public enum Needs {
  TSHARK,
  LIBPCAP,
  GROFF,
  PROMTOOL,
  BROWSER,
  /** Privileges to capture, to make network namespaces and to mount. */
  LIVE,
  /** The programs that the lab plays with: captures/lab/README.md. */
  LAB,
  /** A kernel whose trace events can be read: not one of every container, or locked down. */
  KERNEL;

  private static final Set<Needs> REQUIRED =
      Stream.of(System.getenv().getOrDefault("RSTSCOPE_REQUIRE", "").split(" "))
          .filter(word -> !word.isEmpty())
          .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Goes on only if it is there.
   *
   * @param missing what is not, in words for who runs the tests
   */
  public void require(boolean isThere, String missing) {
    if (isThere) {
      return;
    }
    if (REQUIRED.contains(this)) {
      Assertions.fail("RSTSCOPE_REQUIRE names " + name() + ", but " + missing);
    }
    System.err.println("skipped: " + test() + ": " + missing);
    Assumptions.abort(missing);
  }

  private static String test() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .map(frame -> frame.getDeclaringClass().getSimpleName())
                    .filter(name -> name.endsWith("Test"))
                    .findFirst()
                    .orElse("a test"));
  }
}
