package io.rstscope.capture.live;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that capture in our place, with a privilege that this process need not have. */
public enum CaptureProgram {
  /** That of Wireshark, which its packages let a group execute. Its counts come at its end. */
  DUMPCAP(
      Pattern.compile("received/dropped on interface .*: \\d+/(?<kernel>\\d+) .*"),
      Pattern.compile("ps_ifdrop:(?<interface>\\d+)")),
  /** The same way, where it has the capability, or the user. */
  TCPDUMP(
      Pattern.compile("(?<kernel>\\d+) packets? dropped by kernel"),
      Pattern.compile("(?<interface>\\d+) packets? dropped by interface"));

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  /** Where it may lie besides the PATH, which is not root's. */
  private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

  private final Pattern droppedByKernel;
  private final Pattern droppedByInterface;

  CaptureProgram(Pattern droppedByKernel, Pattern droppedByInterface) {
    this.droppedByKernel = droppedByKernel;
    this.droppedByInterface = droppedByInterface;
  }

  /** As it is called. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where it lies, whether this user may execute it or not; null when it is not installed. */
  public Path installed() {
    return paths().filter(Files::isRegularFile).findFirst().orElse(null);
  }

  /** The one that this user may execute, or null. */
  public Path executable() {
    return paths()
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .orElse(null);
  }

  private Stream<Path> paths() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), MORE_FOLDERS.stream())
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, command()));
  }

  /** The command line that writes the packets of an interface to standard output. */
  List<String> command(Path program, String name, LiveOptions options, String filter) {
    int ring = options.ringBytes();
    List<String> command = new ArrayList<>(List.of(program.toString(), "-i", name, "-p"));
    command.addAll(List.of("-s", String.valueOf(options.snapLength()), "-w", "-"));
    switch (this) {
      case DUMPCAP -> command.addAll(List.of("-P", "-B", atLeastOne(ring / MIB), "-f", filter));
      case TCPDUMP -> command.addAll(List.of("-U", "-n", "-B", atLeastOne(ring / KIB), filter));
    }
    return command;
  }

  private static String atLeastOne(int number) {
    return String.valueOf(Math.max(1, number));
  }

  /** What a line of its standard error adds to what it said was lost; the same when nothing. */
  LiveStatistics dropped(String line, LiveStatistics before) {
    return new LiveStatistics(
        number(droppedByKernel, "kernel", line, before.droppedByKernel()),
        number(droppedByInterface, "interface", line, before.droppedByInterface()));
  }

  private static long number(Pattern pattern, String group, String line, long otherwise) {
    Matcher found = pattern.matcher(line);
    return found.find() && found.group(group).length() < Long.SIZE / 4
        ? Long.parseLong(found.group(group))
        : otherwise;
  }
}
