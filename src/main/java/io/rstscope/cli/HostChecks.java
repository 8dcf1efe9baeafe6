package io.rstscope.cli;

import io.rstscope.capture.live.CaptureProgram;
import io.rstscope.capture.live.Interfaces;
import io.rstscope.capture.live.LiveException;
import io.rstscope.capture.live.LiveException.Reason;
import io.rstscope.capture.live.LiveInterface;
import io.rstscope.capture.live.SystemClock;
import io.rstscope.cli.options.LimitOptions;
import io.rstscope.cli.options.Quantities;
import io.rstscope.watch.kernel.KernelTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What watching needs of the host, checked in the order in which it would fail. */
final class HostChecks {
  /** How bad a finding is. */
  enum Grade {
    GOOD("ok"),
    DOUBTFUL("note"),
    BAD("BAD");

    private final String word;

    Grade(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * The result of a check.
   *
   * @param advice what to do, or null
   */
  record Finding(Grade grade, String says, String advice) {}

  private static final long RING = new Quantities.Bytes().convert(LimitOptions.USUAL_RING);

  /** {@code CAP_NET_RAW} of linux/capability.h. */
  private static final int CAP_NET_RAW = 13;

  private final List<Finding> findings = new ArrayList<>();
  private final String wanted;

  /**
   * @param wanted interface to check, or null for the first that is up
   */
  HostChecks(String wanted) {
    this.wanted = wanted;
  }

  List<Finding> all() {
    temporaryFolder();
    if (library()) {
      boolean permitted = privilege();
      String name = interfaceToCheck();
      if (name == null) {
        add(
            Grade.DOUBTFUL,
            "no interface is up with an address but loopback: none was checked",
            "name one: rstscope doctor -i IF");
      } else {
        if (permitted) {
          ring(name);
        }
        offload(name);
      }
      clock();
    }
    kernelTrace();
    return findings;
  }

  private void add(Grade grade, String says, String advice) {
    findings.add(new Finding(grade, says, advice));
  }

  /** Where JNA has its library, or unpacks it into, and maps it executable. */
  private void temporaryFolder() {
    boolean unpacked = Jna.library() == null;
    String folder = unpacked ? Jna.folder() : Jna.library();
    String advice = "put -Djna.tmpdir=/a/folder/that/is/neither into RSTSCOPE_OPTS";
    if (unpacked && !Files.isWritable(Path.of(folder))) {
      add(Grade.BAD, folder + " cannot be written: JNA unpacks its library there", advice);
    } else if (isNoExec(folder)) {
      add(Grade.BAD, folder + " is mounted noexec: JNA's library cannot be used there", advice);
    } else if (Jna.problem() != null) {
      add(Grade.BAD, Jna.problem(), advice);
    } else {
      add(Grade.GOOD, "JNA may use its library in " + folder, null);
    }
  }

  private static boolean isNoExec(String folder) {
    String longest = "";
    boolean noExec = false;
    try {
      Path real = Path.of(folder).toRealPath();
      for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
        String[] fields = line.split(" ");
        if (real.startsWith(fields[1]) && fields[1].length() >= longest.length()) {
          longest = fields[1];
          noExec = List.of(fields[3].split(",")).contains("noexec");
        }
      }
    } catch (IOException e) {
      return false;
    }
    return noExec;
  }

  /** Where rstscope-kernel puts it. */
  private void kernelTrace() {
    Path trace = Path.of("/run/rstscope/kernel");
    if (!Files.isReadable(trace.resolve("trace_pipe"))) {
      add(
          Grade.DOUBTFUL,
          "the kernel does not record the RSTs that it sends, or not for this user",
          "as root: rstscope-kernel start; then watch with --kernel " + trace);
    } else if (!KernelTrace.saysWhy(trace)) {
      add(
          Grade.DOUBTFUL,
          "before Linux 6.10 the kernel records RSTs of open sockets only: none proves nothing",
          null);
    } else {
      add(Grade.GOOD, "the kernel records its RSTs in " + trace, null);
    }
    if (Files.isReadable(trace.resolve("trace_pipe")) && !KernelTrace.recordsErrors(trace)) {
      add(
          Grade.DOUBTFUL,
          "the kernel does not record there when it gives connections up (before Linux 5.14 never)",
          "as root: rstscope-kernel stop; rstscope-kernel start");
    }
  }

  private boolean library() {
    try {
      add(Grade.GOOD, Interfaces.libraryVersion(), null);
      return true;
    } catch (LiveException e) {
      add(Grade.BAD, e.getMessage(), null);
      return false;
    }
  }

  /** Whether nothing speaks against it. */
  private boolean privilege() {
    try {
      String effective =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("CapEff:"))
              .map(line -> line.substring("CapEff:".length()).strip())
              .findFirst()
              .orElse("0");
      if ((Long.parseUnsignedLong(effective, 16) >>> CAP_NET_RAW & 1) == 0) {
        String advice = CannotCapture.howToGetPrivilege("watch -i IF");
        boolean another = CaptureProgram.DUMPCAP.executable() != null;
        add(
            another ? Grade.DOUBTFUL : Grade.BAD,
            "this process lacks CAP_NET_RAW" + (another ? ": dumpcap will be tried" : ""),
            advice + "\n" + CannotCapture.OR_ANOTHER_PROGRAM);
        return false;
      }
      add(Grade.GOOD, "this process has CAP_NET_RAW", null);
    } catch (IOException e) {
      add(Grade.DOUBTFUL, "whether this process may capture is unknown until it tries", null);
    }
    return true;
  }

  private String interfaceToCheck() {
    if (wanted != null) {
      return wanted;
    }
    try {
      return Interfaces.list().stream()
          .filter(each -> each.up() && !each.loopback() && !each.addresses().isEmpty())
          .map(LiveInterface::name)
          .findFirst()
          .orElse(null);
    } catch (LiveException e) {
      return null;
    }
  }

  private void ring(String name) {
    try {
      Interfaces.probe(name, (int) RING);
      add(Grade.GOOD, name + " can be captured with a ring of " + LimitOptions.USUAL_RING, null);
    } catch (LiveException e) {
      String advice =
          e.reason() == Reason.FAILED ? "with little memory, try watch --ring 4M" : null;
      add(Grade.BAD, e.getMessage(), advice);
    }
  }

  private void offload(String name) {
    List<String> on =
        run("ethtool", "-k", name).stream()
            .map(String::strip)
            .filter(line -> line.matches("(tcp-segmentation|generic-receive)-offload: on.*"))
            .map(line -> line.substring(0, line.indexOf(':')))
            .toList();
    if (!on.isEmpty()) {
      add(
          Grade.DOUBTFUL,
          name
              + " has "
              + String.join(" and ", on)
              + ": captured segments may be larger than those on the wire",
          "no change needed: RSTs are never merged, and lengths are read as captured");
    }
  }

  private void clock() {
    Boolean synchronised = SystemClock.isSynchronised();
    if (synchronised == null) {
      add(Grade.DOUBTFUL, "whether the clock is synchronised is unknown", null);
    } else if (synchronised) {
      add(Grade.GOOD, "the clock is synchronised", null);
    } else {
      add(
          Grade.DOUBTFUL,
          "the clock is not synchronised: times will not match those of the broker's log elsewhere",
          "run chrony or systemd-timesyncd");
    }
  }

  /** The lines a command writes; none when there is no such command. */
  private static List<String> run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0
          ? output.lines().toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
