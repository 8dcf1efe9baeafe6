package io.rstscope.watch.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.KernelRecord;
import io.rstscope.reset.witness.SocketError;
import io.rstscope.watch.host.LocalAddresses;
import io.rstscope.watch.kernel.TraceEvent.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * An instance of the kernel's tracing (Documentation/trace/ftrace.rst, "Instances") in which resets
 * and errors of sockets are recorded, read by a thread of its own; the rest may be called by any.
 */
public final class KernelTrace implements AutoCloseable {
  /** Between the packet and the event: active resets are traced after they are sent. */
  private static final long NEAR_NANOS = 100_000_000L;

  private static final int MOST_PAIRS = 1 << 15;
  private static final int MOST_OF_A_PAIR = 16;
  private static final int MOST_OF_A_LINE = 1 << 16;
  private static final int MOST_ERRORS = 1 << 12;

  /** Is told of errors of sockets. */
  public interface ErrorSink {
    /**
     * A program was told of an error.
     *
     * @param socket its own end
     * @param peer the other end
     * @param nanos when, ns since 1970
     */
    void error(HostPort socket, HostPort peer, long nanos);
  }

  private record Pair(HostPort source, HostPort destination) {}

  /** The newest so many, those with the latest event last. */
  private static final class Newest extends LinkedHashMap<Pair, Deque<TraceEvent>> {
    private static final long serialVersionUID = 1L;

    Newest() {
      super(1024, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Pair, Deque<TraceEvent>> eldest) {
      return size() > MOST_PAIRS;
    }
  }

  /** Closing it ends a read that waits, which closing the reader would wait for. */
  private final FileChannel pipe;

  private final boolean recordsAll;
  private final LocalAddresses local;
  private final LongSupplier wallLessTrace;
  private final Consumer<String> words;
  private final Map<Pair, Deque<TraceEvent>> events = new Newest();

  /** The newest errors, the last of them with the number {@link #errors}. */
  private final Deque<TraceEvent> newestErrors = new ArrayDeque<>();

  private volatile long errors;

  /** By the trace's clock; 0 when none were. */
  private long eventsLostAtNanos;

  /** Whether a captured reset was found in it: what never told anything proves nothing. */
  private boolean proven;

  private boolean ended;

  private KernelTrace(
      FileChannel pipe,
      boolean recordsAll,
      LocalAddresses local,
      LongSupplier wallLessTrace,
      Consumer<String> words) {
    this.pipe = pipe;
    this.recordsAll = recordsAll;
    this.local = local;
    this.wallLessTrace = wallLessTrace;
    this.words = words;
  }

  /**
   * Opens an instance, and begins to read it.
   *
   * @param instance its folder, in which {@code trace_clock} is {@code mono}
   * @param wallLessTrace gives the time since 1970 less the monotonic clock, nanoseconds
   * @param words is told when it ends, on its thread
   * @throws IOException when it cannot be read, or has another clock
   */
  public static KernelTrace open(Path instance, LongSupplier wallLessTrace, Consumer<String> words)
      throws IOException {
    String clocks = Files.readString(instance.resolve("trace_clock"), ISO_8859_1);
    if (!clocks.contains("[mono]")) {
      throw new IOException(
          instance + ": its trace_clock is " + clocks.strip() + ", and has to be mono");
    }
    KernelTrace trace =
        new KernelTrace(
            FileChannel.open(instance.resolve("trace_pipe")),
            saysWhy(instance),
            new LocalAddresses(),
            wallLessTrace,
            words);
    Thread reader = new Thread(trace::read, "kernel trace");
    reader.setDaemon(true);
    reader.start();
    return trace;
  }

  /**
   * Whether the kernel of that instance says why it sends a reset. Then it records all resets;
   * those before Linux 6.10 the ones of full sockets only.
   */
  public static boolean saysWhy(Path instance) {
    try {
      Path format = instance.resolve("events/tcp/tcp_send_reset/format");
      return Files.readString(format, ISO_8859_1).contains(" reason;");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether errors of sockets are recorded in that instance. */
  public static boolean recordsErrors(Path instance) {
    try {
      Path enable = instance.resolve("events/sock/inet_sk_error_report/enable");
      return Files.readString(enable, ISO_8859_1).startsWith("1");
    } catch (IOException e) {
      return false;
    }
  }

  /** For tests: a trace that is given its lines. */
  static KernelTrace ofLines(boolean recordsAll, LocalAddresses local, long wallLessTrace) {
    return new KernelTrace(null, recordsAll, local, () -> wallLessTrace, sentence -> {});
  }

  /** By hand: readers of the JDK wait for more than is there. */
  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(MOST_OF_A_LINE);
    try {
      while (pipe.read(buffer) >= 0) {
        takeLines(buffer);
      }
      end("it was removed");
    } catch (IOException e) {
      end(e.getMessage());
    }
  }

  /** Leaves the beginning of the next line; one that does not fit is passed over. */
  private void takeLines(ByteBuffer buffer) {
    buffer.flip();
    String text = ISO_8859_1.decode(buffer.duplicate()).toString();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      take(text.substring(start, end));
      start = end + 1;
    }
    boolean fits = start > 0 || buffer.limit() < buffer.capacity();
    buffer.position(fits ? start : buffer.limit()).compact();
  }

  private synchronized void end(String why) {
    if (!ended) {
      ended = true;
      words.accept("the kernel's trace ended: " + why);
    }
  }

  /** Takes a line in. */
  synchronized void take(String line) {
    TraceEvent event = TraceLine.parse(line);
    if (event != null) {
      Deque<TraceEvent> ofPair =
          events.computeIfAbsent(
              new Pair(event.source(), event.destination()), pair -> new ArrayDeque<>());
      if (ofPair.size() == MOST_OF_A_PAIR) {
        ofPair.removeFirst();
      }
      ofPair.addLast(event);
      if (event.kind() == Kind.ERROR) {
        takeError(event);
      }
    } else if (TraceLine.tellsOfLostEvents(line)) {
      eventsLostAtNanos = System.nanoTime();
    }
  }

  private void takeError(TraceEvent event) {
    if (newestErrors.size() == MOST_ERRORS) {
      newestErrors.removeFirst();
    }
    newestErrors.addLast(event);
    errors++;
  }

  /**
   * Tells of which connections errors were recorded.
   *
   * @param told how many errors were recorded when it was last asked, from 0
   * @param sink is given each
   * @return how many there were by now
   */
  public long errorsSince(long told, ErrorSink sink) {
    if (errors == told) {
      return told;
    }
    long toWall = wallLessTrace.getAsLong();
    synchronized (this) {
      newestErrors.stream()
          .skip(Math.max(0, newestErrors.size() - (errors - told)))
          .forEach(e -> sink.error(e.source(), e.destination(), e.nanos() + toWall));
      return errors;
    }
  }

  /** The first error of a socket of that flow, or null when none is known. */
  public synchronized SocketError errorOf(FlowObservation flow) {
    SocketError ofClient = errorOf(flow, Side.CLIENT);
    SocketError ofBroker = errorOf(flow, Side.BROKER);
    boolean isBrokers = ofClient == null || ofBroker != null && ofBroker.nanos() < ofClient.nanos();
    return isBrokers ? ofBroker : ofClient;
  }

  private SocketError errorOf(FlowObservation flow, Side side) {
    Pair pair = new Pair(flow.hostPort(side), flow.hostPort(side.other()));
    long toWall = wallLessTrace.getAsLong();
    for (TraceEvent event : events.getOrDefault(pair, new ArrayDeque<>())) {
      long nanos = event.nanos() + toWall;
      if (event.kind() == Kind.ERROR && nanos >= flow.startedNanos()) {
        return new SocketError(side, event.error().name(), event.error().meaning(), nanos);
      }
    }
    return null;
  }

  /** What the kernel recorded of the resets of that flow, by their frames. */
  public Map<Long, KernelRecord> of(FlowObservation flow) {
    Map<Long, KernelRecord> records = new HashMap<>();
    for (ResetObservation reset : flow.resets()) {
      KernelRecord record = of(flow, reset);
      if (record != null) {
        records.put(reset.packet().frame(), record);
      }
    }
    return records;
  }

  private synchronized KernelRecord of(FlowObservation flow, ResetObservation reset) {
    HostPort source = flow.hostPort(reset.from());
    HostPort destination = flow.hostPort(reset.from().other());
    Deque<TraceEvent> ofPair = events.get(new Pair(source, destination));
    long nanos = reset.packet().timeNanos() - wallLessTrace.getAsLong();
    TraceEvent sent = nearest(ofPair, Kind.SENT, nanos);
    if (sent != null) {
      proven = true;
      return new KernelRecord(KernelRecord.Kind.SENT, sent.reason());
    }
    if (isAbsenceProof(source, nanos)) {
      return new KernelRecord(KernelRecord.Kind.NOT_SENT, null);
    }
    return nearest(ofPair, Kind.TAKEN, nanos) == null
        ? null
        : new KernelRecord(KernelRecord.Kind.TAKEN, null);
  }

  private static TraceEvent nearest(Deque<TraceEvent> events, Kind kind, long nanos) {
    TraceEvent nearest = null;
    for (TraceEvent event : events == null ? List.<TraceEvent>of() : events) {
      long apart = Math.abs(event.nanos() - nanos);
      if (event.kind() == kind
          && apart <= NEAR_NANOS
          && (nearest == null || apart < Math.abs(nearest.nanos() - nanos))) {
        nearest = event;
      }
    }
    return nearest;
  }

  private boolean isAbsenceProof(HostPort source, long nanos) {
    return recordsAll
        && proven
        && !ended
        && (eventsLostAtNanos == 0 || nanos - eventsLostAtNanos > NEAR_NANOS)
        && local.contains(source.address());
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      ended = true;
    }
    pipe.close();
  }
}
