package io.rstscope.capture;

import io.rstscope.net.FramePlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several files that are one capture, rotated by {@code tcpdump -C/-W/-G} or {@code dumpcap -b},
 * read one after another.
 *
 * <p>They are put in order by the time of their first packet, as names lie when they are used
 * again; files of the same time stay in the order given. Frames are counted through the whole
 * series; {@link #locate} tells the file and the number in it. A file that cannot be read, or not
 * to its end, does not stop the others.
 */
public final class SeriesSource implements PacketSource {
  private record Part(String name, long firstTime) {}

  private record Start(String name, long framesBefore) {}

  /** Opens one of the files; may be asked for it twice. */
  public interface Opener {
    /**
     * @throws CaptureException when it cannot be opened, or is no capture that we know
     */
    PacketSource open(String name) throws CaptureException;
  }

  private final Opener opener;
  private final Consumer<CaptureException> problems;
  private final Iterator<Part> parts;
  private final List<Start> starts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private PacketSource current;
  private Blocks blocks = Blocks.ONE;
  private String name = "";
  private long framesBefore;
  private long lastFrame;
  private long bytesBefore;

  private SeriesSource(List<Part> parts, Opener opener, Consumer<CaptureException> problems) {
    this.opener = opener;
    this.parts = parts.iterator();
    this.problems = problems;
  }

  /**
   * Looks at the first packet of each file.
   *
   * @param names files, not standard input or FIFOs, which cannot be read twice
   * @param problems is told, by the thread that calls, why a file cannot be read or not further
   */
  public static SeriesSource open(List<String> names, Consumer<CaptureException> problems) {
    return open(names, SeriesSource::openFile, problems);
  }

  /** The same of files that lie anywhere. */
  public static SeriesSource open(
      List<String> names, Opener opener, Consumer<CaptureException> problems) {
    List<Part> parts = new ArrayList<>();
    CapturedPacket first = new CapturedPacket();
    for (String name : names) {
      try (PacketSource source = opener.open(name)) {
        if (source.next(first)) {
          parts.add(new Part(name, first.timeNanos));
        }
      } catch (CaptureException e) {
        problems.accept(e);
      }
    }
    parts.sort(Comparator.comparingLong(Part::firstTime));
    return new SeriesSource(parts, opener, problems);
  }

  /** Where a packet of this frame number, which has been delivered, was found. */
  public FramePlace locate(long frame) {
    Start start = starts.get(0);
    for (Start candidate : starts) {
      if (candidate.framesBefore < frame) {
        start = candidate;
      }
    }
    return new FramePlace(start.name, frame - start.framesBefore);
  }

  @Override
  public boolean next(CapturedPacket packet) {
    while (current != null || openNext()) {
      try {
        if (current.next(packet)) {
          lastFrame = framesBefore + packet.frame;
          packet.frame = lastFrame;
          return true;
        }
      } catch (CaptureException e) {
        problems.accept(e);
      }
      closeCurrent();
    }
    return false;
  }

  @Override
  public void readInto(Blocks next) throws CaptureException {
    blocks = next;
    if (current != null) {
      current.readInto(next);
    }
  }

  /** Never: these are files. */
  @Override
  public boolean mayWait() {
    return false;
  }

  /** The file being read, or the last one. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public long bytesRead() {
    return bytesBefore + (current == null ? 0 : current.bytesRead());
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void close() {
    if (current != null) {
      closeCurrent();
    }
  }

  private static PacketSource openFile(String name) throws CaptureException {
    if (!CaptureFiles.isReadableTwice(name)) {
      throw new CaptureException(
          name, CaptureException.NO_OFFSET, "cannot be put in order: it can be read only once");
    }
    return CaptureFiles.open(name);
  }

  private boolean openNext() {
    while (parts.hasNext()) {
      name = parts.next().name;
      try {
        PacketSource opened = opener.open(name);
        opened.readInto(blocks);
        current = opened;
        framesBefore = lastFrame;
        starts.add(new Start(name, framesBefore));
        return true;
      } catch (CaptureException e) {
        problems.accept(e);
      }
    }
    return false;
  }

  private void closeCurrent() {
    bytesBefore += current.bytesRead();
    for (String warning : current.warnings()) {
      warnings.add(name + ": " + warning);
    }
    current.close();
    current = null;
  }
}
