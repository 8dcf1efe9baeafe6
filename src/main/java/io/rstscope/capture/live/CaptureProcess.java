package io.rstscope.capture.live;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.rstscope.capture.Blocks;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.live.LiveException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The packets of an interface as another program captures them, which writes them into a pipe: this
 * process needs no privilege, and no native library. The program ends with this process: it is
 * terminated, or finds that nobody reads what it writes.
 *
 * <p>Used by one thread.
 */
public final class CaptureProcess implements LiveSource {
  /** A sixteenth of what a pipe holds (pipe(7)). */
  private static final int ENOUGH = 1 << 12;

  private static final long END_MILLIS = 2_000;

  /** Of the calls that ask for counts, which come each second, one in so many asks the program. */
  private static final int CALLS_A_QUESTION = 10;

  /** On Linux, but for MIPS and SPARC (signal(7)). */
  private static final int SIGUSR1 = 10;

  /** The C library. */
  interface CLibrary extends Library {
    int kill(int process, int signal);
  }

  /** What it says when all is well. */
  private static final Pattern USUAL =
      Pattern.compile(
          "Running as user .*|Capturing on .*|File: .*|Packets captured: .*|.*listening on .*"
              + "|.*(captured|received by filter|dropped by (kernel|interface)|verbose output).*"
              + "|Packets received/dropped on interface .*|Packets: .*");

  private final String name;
  private final CaptureProgram program;
  private final Process process;
  private final Consumer<String> words;
  private final Thread listener = new Thread(this::listen);
  private final PacketSource packets;
  private volatile LiveStatistics statistics = LiveStatistics.NONE;
  private volatile String lastWords;
  private volatile boolean capturing;
  private volatile boolean closed;
  private int asked;

  private CaptureProcess(
      String name,
      CaptureProgram program,
      Process process,
      boolean filtered,
      Consumer<String> words)
      throws LiveException {
    this.name = name;
    this.program = program;
    this.process = process;
    this.words = words;
    listener.setName("errors of " + program.command());
    listener.setDaemon(true);
    listener.start();
    try {
      packets = CaptureFiles.read(name, new PacedStream(process.getInputStream(), ENOUGH));
    } catch (CaptureException e) {
      awaitLastWords();
      end();
      String why = lastWords == null ? e.reason() : lastWords;
      throw new LiveException(reason(why, filtered), name + ": " + program.command() + ": " + why);
    }
    capturing = true;
  }

  /**
   * Starts the program, and waits until it captures.
   *
   * @param words is told what it says on standard error, besides what is usual
   * @throws LiveException when it does not capture, in its own words
   */
  public static CaptureProcess open(
      CaptureProgram program, String name, LiveOptions options, Consumer<String> words)
      throws LiveException {
    Path executable = program.executable();
    if (executable == null) {
      throw cannotExecute(program, name);
    }
    try {
      return start(program, executable, name, options, options.filter().withVlans(), words);
    } catch (LiveException e) {
      if (e.reason() != Reason.WRONG_FILTER) {
        throw e;
      }
      return start(program, executable, name, options, options.filter().withoutVlans(), words);
    }
  }

  private static LiveException cannotExecute(CaptureProgram program, String name) {
    Path installed = program.installed();
    return installed == null
        ? new LiveException(Reason.FAILED, name + ": " + program.command() + " is not installed")
        : new LiveException(
            Reason.NOT_PERMITTED, name + ": this user may not execute " + installed);
  }

  private static CaptureProcess start(
      CaptureProgram program,
      Path executable,
      String name,
      LiveOptions options,
      String filter,
      Consumer<String> words)
      throws LiveException {
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(program.command(executable, name, options, filter));
      // what it says is read by us
      builder.environment().put("LC_ALL", "C");
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new LiveException(Reason.NOT_PERMITTED, name + ": " + e.getMessage());
    }
    boolean filtered = options.filter().further() != null;
    return new CaptureProcess(name, program, process, filtered, words);
  }

  /** Of filters it has many words; else it is told what is wrong at the system. */
  private static Reason reason(String why, boolean filtered) {
    String lower = why.toLowerCase(Locale.ROOT);
    if (lower.contains("permi")) {
      return Reason.NOT_PERMITTED;
    }
    if (lower.contains("no such device") || lower.contains("no device named")) {
      return Reason.NO_SUCH_INTERFACE;
    }
    return filtered || lower.contains("vlan") ? Reason.WRONG_FILTER : Reason.FAILED;
  }

  private void listen() {
    try (BufferedReader errors =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        statistics = program.dropped(line, statistics);
        String said = line.strip().replaceFirst("^" + program.command() + ": ", "");
        if (!said.isEmpty() && !USUAL.matcher(said).matches()) {
          say(said);
        }
      }
    } catch (IOException e) {
      // it is gone
    }
  }

  /** Until it captures, the first that it says is why it does not. */
  private void say(String said) {
    if (capturing || lastWords == null) {
      lastWords = said;
    }
    if (capturing) {
      words.accept(name + ": " + program.command() + ": " + said);
    }
  }

  /**
   * Moves to the next packet.
   *
   * @return false once it is closed
   * @throws CaptureException when the program has ended otherwise
   */
  @Override
  public boolean next(CapturedPacket packet) throws CaptureException {
    try {
      if (packets.next(packet)) {
        return true;
      }
    } catch (CaptureException e) {
      if (process.isAlive()) {
        throw e;
      }
    }
    if (!closed) {
      end();
      throw new CaptureException(
          name,
          CaptureException.NO_OFFSET,
          "%s ended with status %d%s"
              .formatted(
                  program.command(),
                  process.exitValue(),
                  lastWords == null ? "" : ": " + lastWords));
    }
    return false;
  }

  @Override
  public void readInto(Blocks blocks) throws CaptureException {
    packets.readInto(blocks);
  }

  @Override
  public boolean nextIsAtHand() {
    return packets.nextIsAtHand();
  }

  @Override
  public boolean await(long millis) throws CaptureException {
    return packets.await(millis);
  }

  /** What the program has told of losses: tcpdump when asked, dumpcap at its end only. */
  @Override
  public LiveStatistics statistics() {
    if (program == CaptureProgram.TCPDUMP && ++asked % CALLS_A_QUESTION == 0) {
      askForCounts();
    }
    return statistics;
  }

  /** tcpdump(1): with SIGUSR1 it prints packet counts. The JDK can only terminate a process. */
  private void askForCounts() {
    try {
      if (Platform.isLinux()) {
        Native.load(Platform.C_LIBRARY_NAME, CLibrary.class).kill((int) process.pid(), SIGUSR1);
      }
    } catch (LinkageError e) {
      // then it tells them at its end
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long bytesRead() {
    return packets.bytesRead();
  }

  /** Ends the program, and waits for its last words. */
  @Override
  public void close() {
    closed = true;
    end();
    packets.close();
  }

  /** Of one that ended by itself; to terminate it closes what it said, read or not. */
  private void awaitLastWords() {
    try {
      listener.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      listener.join(END_MILLIS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
