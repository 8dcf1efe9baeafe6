package io.rstscope.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.cli.JavaProcess;
import io.rstscope.cli.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Tests that cannot run are skipped aloud, and fail where they must not be skipped. */
class NeedsTest {
  private static final int SKIPPED = 10;
  private static final int FAILED = 11;

  /** A test of which the lab is missing. */
  public static void main(String[] arguments) {
    try {
      Needs.LAB.require(false, "haproxy is not installed");
    } catch (TestAbortedException e) {
      System.exit(SKIPPED);
    } catch (AssertionError e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static Run run(String required) throws Exception {
    ProcessBuilder process = JavaProcess.running(NeedsTest.class, List.of());
    process.environment().put("RSTSCOPE_REQUIRE", required);
    return JavaProcess.finish(process);
  }

  @Test
  void shouldSayWhyATestIsSkipped() throws Exception {
    Run run = run("tshark live");

    assertEquals(SKIPPED, run.status(), run.err());
    assertEquals("skipped: NeedsTest: haproxy is not installed\n", run.err());
  }

  @Test
  void shouldFailWhereItMustNotBeSkipped() throws Exception {
    Run run = run("tshark lab");

    assertEquals(FAILED, run.status());
    assertEquals("RSTSCOPE_REQUIRE names LAB, but haproxy is not installed\n", run.err());
  }

  @Test
  void shouldNotTakeAGroupThatIsNone() throws Exception {
    Run run = run("wireshark");

    assertTrue(run.status() != SKIPPED && run.status() != FAILED, run.err());
  }
}
