package io.rstscope.watch;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PcapngWriter;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.HostPort;
import io.rstscope.report.model.Notice;
import io.rstscope.report.words.Printable;
import io.rstscope.reset.ResetObservation;
import io.rstscope.watch.output.OwnFolder;
import io.rstscope.watch.output.OwnerOnly;
import io.rstscope.watch.output.Ownership;
import io.rstscope.watch.output.TimeInName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes the last packets of lost connections into a folder, a pcapng file each, with the verdicts
 * as comments of the packets. The oldest files leave when there are too many, or too large ones.
 *
 * <p>File names begin with the time at which the connection was lost, so that their order is that
 * of the time. Files of a run before count too; others are not touched. What is made is for its
 * owner only. Used by one thread.
 */
final class EvidenceFolder implements AutoCloseable {
  private static final String SUFFIX = ".rstscope.pcapng";
  private static final String UNFINISHED = ".tmp";

  private final WatchOptions.Evidence options;

  /** Bytes of each file by its name, oldest first. */
  private final NavigableMap<String, Long> sizes = new TreeMap<>();

  /** The file of each connection by its number, as a later verdict may move its end. */
  private final Map<Long, String> names = new HashMap<>();

  private long totalBytes;
  private OwnFolder own;

  /**
   * Makes the folder if need be.
   *
   * @throws IOException when it cannot be made, or not be written, is not {@linkplain Ownership
   *     ours}, or another process writes to it
   */
  EvidenceFolder(WatchOptions.Evidence options) throws IOException {
    this.options = options;
    make();
    Files.delete(Files.createTempFile(options.folder(), "rstscope", ".tmp"));
    try (Stream<Path> files = Files.list(options.folder())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        takeOver(file);
      }
    }
  }

  private void make() throws IOException {
    close();
    own = OwnFolder.open(options.folder());
  }

  /** Lets others write to the folder. */
  @Override
  public void close() throws IOException {
    if (own != null) {
      own.close();
    }
  }

  /** A run that was killed may have left a file unfinished. */
  private void takeOver(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(SUFFIX)) {
      add(file);
    } else if (name.endsWith(SUFFIX + UNFINISHED)) {
      Files.delete(file);
    }
  }

  /**
   * Writes the packets of a notice; those of one that it revises are replaced. A folder that was
   * removed is made again.
   *
   * @throws IOException when that fails; nothing is left of the file then
   */
  void write(Notice notice, List<EvidencePacket> packets) throws IOException {
    if (!Files.exists(options.folder())) {
      make();
      sizes.clear();
      names.clear();
      totalBytes = 0;
    }
    String name = name(notice.verdict());
    Path file = options.folder().resolve(name);
    Path unfinished = options.folder().resolve(file.getFileName() + UNFINISHED);
    try {
      try (OutputStream out = new BufferedOutputStream(create(unfinished))) {
        write(notice, packets, out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    String before = names.put(notice.number(), name);
    if (before != null && !before.equals(name)) {
      remove(before);
    }
    add(file);
    removeOldest();
  }

  /** New, so that nothing is followed or overwritten that somebody else has put there. */
  private static OutputStream create(Path file) throws IOException {
    Set<OpenOption> asNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return Channels.newOutputStream(Files.newByteChannel(file, asNew, OwnerOnly.file()));
  }

  private static void write(Notice notice, List<EvidencePacket> packets, OutputStream out)
      throws IOException {
    PcapngWriter writer = new PcapngWriter(out, "rstscope");
    Map<Integer, Integer> interfaces = new HashMap<>();
    CapturedPacket packet = new CapturedPacket();
    for (EvidencePacket each : packets) {
      Integer id = interfaces.get(each.linkType());
      if (id == null) {
        id = writer.addInterface(Printable.of(notice.source()), each.linkType(), 0);
        interfaces.put(each.linkType(), id);
      }
      packet.data = each.bytes();
      packet.capturedLength = each.bytes().length;
      packet.originalLength = each.originalLength();
      packet.timeNanos = each.timeNanos();
      writer.packet(id, packet, comment(notice, each.frame()));
    }
  }

  /** What is said of the reset with that number, or null. */
  private static String comment(Notice notice, long frame) {
    List<ResetObservation> resets = notice.verdict().flow().resets();
    for (int i = 0; i < resets.size(); i++) {
      if (resets.get(i).packet().frame() == frame) {
        Verdict verdict = notice.verdict().verdicts().get(i);
        return "rstscope: sent by %s (%.2f); %s, ended by %s: %s"
            .formatted(
                verdict.sender().word(),
                verdict.confidence(),
                notice.verdict().ending().cause().word(),
                notice.verdict().ending().endedBy().word(),
                Printable.of(notice.verdict().ending().says()));
      }
    }
    return null;
  }

  private static String name(FlowVerdict verdict) {
    HostPort client = verdict.flow().client();
    return TimeInName.of(verdict.endNanos() / 1_000_000)
        + "-"
        + client.address().replace(':', '_')
        + "-"
        + client.port()
        + SUFFIX;
  }

  private void add(Path file) throws IOException {
    long size = Files.size(file);
    Long before = sizes.put(file.getFileName().toString(), size);
    totalBytes += size - (before == null ? 0 : before);
  }

  private void removeOldest() throws IOException {
    while (sizes.size() > options.maxFiles()
        || sizes.size() > 1 && totalBytes > options.maxBytes()) {
      String oldest = sizes.firstKey();
      names.values().remove(oldest);
      remove(oldest);
    }
  }

  private void remove(String name) throws IOException {
    Long size = sizes.remove(name);
    totalBytes -= size == null ? 0 : size;
    Files.deleteIfExists(options.folder().resolve(name));
  }
}
