package io.rstscope.watch.record;

import io.rstscope.capture.live.KernelFilter;

/** What to run on a host without RstScope, to record the same with what is there. */
public final class TcpdumpLine {
  private static final String ANY = "any";
  private static final long MILLION = 1_000_000;

  private TcpdumpLine() {}

  /**
   * A line for a shell. Root's files stay root's ({@code -Z}): tcpdump becomes another user before
   * it opens the second file, which that user may not make. The files' names end as its AppArmor
   * profile wants them.
   *
   * @param ports as {@link KernelFilter} has them
   * @param ringBytes size of the kernel's ring
   */
  public static String of(RecordOptions options, String ports, int ringBytes) {
    KernelFilter filter = new KernelFilter(ports, null);
    // "vlan" is an error on a capture of all interfaces
    boolean any = options.name().equals(ANY);
    return "mkdir -p -m 700 %s && tcpdump -i %s -s %d -B %d -U -C %d -W %d -Z root -w %s '%s'"
        .formatted(
            quoted(options.folder().toString()),
            quoted(options.name()),
            options.snapLength(),
            ringBytes / 1024,
            Math.max(1, options.fileBytes() / MILLION),
            options.files(),
            quoted(options.folder().resolve("rstscope.pcap").toString()),
            any ? filter.withoutVlans() : filter.withVlans());
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
