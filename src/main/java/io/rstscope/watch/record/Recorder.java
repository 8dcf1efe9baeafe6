package io.rstscope.watch.record;

import io.rstscope.amqp.PayloadReads;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PcapngWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes packets into a ring of pcapng files. Of payload it keeps what an analysis reads, the
 * frames' heads and what connections say of themselves, and overwrites all else by zeros: passwords
 * and messages are among it, whatever protocol it is, wherever packets begin. An analysis of the
 * files comes to the same.
 *
 * <p>Packets are {@linkplain #expect expected}, then followed by the analysis, which {@linkplain
 * #read shows} what it reads of them, then written by {@link #settle}; nothing is allocated for
 * one. Owned by the thread of the flows, but for the counts when it has ended.
 */
public final class Recorder implements PayloadReads {
  private static final int AT_ONCE = 512;

  /** What an interface of a packet is, as long as a file: its number and its link type. */
  private record Interface(int id, int linkType) {}

  private final RecordOptions options;
  private final FileRing ring;
  private final Map<Interface, Integer> interfaces = new HashMap<>();

  private CapturedPacket[] expected = new CapturedPacket[AT_ONCE];
  private int[] payloads = new int[AT_ONCE];
  private int packets;

  /** Where what was read begins and ends, in the order of the packets. */
  private int[] reads = new int[2 * AT_ONCE];

  private int readsEnd;

  /** What is written of a packet. */
  private final CapturedPacket kept = new CapturedPacket();

  private PcapngWriter writer;

  /** Which packets {@link #lastNumber} is the interface of. */
  private int lastId;

  private int lastLinkType;
  private int lastNumber;
  private long lastNanos;
  private long received;
  private long droppedByKernel;
  private long droppedByInterface;
  private long leftOut;

  /** Packets missing before the next one. */
  private long missing;

  /**
   * @param words is told, a sentence at a time, when files cannot be written, and can again
   */
  public Recorder(RecordOptions options, Consumer<String> words) {
    this.options = options;
    ring = new FileRing(options, words);
    kept.data = new byte[options.snapLength()];
    for (int i = 0; i < AT_ONCE; i++) {
      expected[i] = new CapturedPacket();
    }
  }

  /**
   * Opens the folder; files are made when there are packets.
   *
   * @throws IOException when it cannot be made or written, is not ours, or is written to by another
   *     process
   */
  public void open() throws IOException {
    ring.open();
  }

  /**
   * This packet was decoded to a segment, which will be followed in the order of these calls; its
   * bytes must stay valid until {@link #settle}.
   *
   * @param payloadOffset where its payload begins in the packet's array
   */
  public void expect(CapturedPacket packet, int payloadOffset) {
    if (options.payload()) {
      write(packet);
      return;
    }
    if (packets == expected.length) {
      grow();
    }
    payloads[packets] = payloadOffset;
    copy(packet, expected[packets++]);
  }

  private void grow() {
    expected = Arrays.copyOf(expected, 2 * packets);
    payloads = Arrays.copyOf(payloads, 2 * packets);
    for (int i = packets; i < expected.length; i++) {
      expected[i] = new CapturedPacket();
    }
  }

  private static void copy(CapturedPacket from, CapturedPacket to) {
    to.data = from.data;
    to.offset = from.offset;
    to.capturedLength = from.capturedLength;
    copyHead(from, to);
  }

  private static void copyHead(CapturedPacket from, CapturedPacket to) {
    to.originalLength = from.originalLength;
    to.timeNanos = from.timeNanos;
    to.linkType = from.linkType;
    to.interfaceId = from.interfaceId;
    to.direction = from.direction;
    to.dropped = from.dropped;
  }

  /** This packet is no segment of the ports: what of it is payload is not known. */
  public void other(CapturedPacket packet) {
    if (options.payload()) {
      write(packet);
    } else {
      leftOut++;
      missing += packet.dropped;
    }
  }

  @Override
  public void read(byte[] data, int from, int to) {
    if (from == to || options.payload()) {
      return;
    }
    if (readsEnd == reads.length) {
      reads = Arrays.copyOf(reads, 2 * readsEnd);
    }
    reads[readsEnd] = from;
    reads[readsEnd + 1] = to;
    readsEnd += 2;
  }

  /** All packets expected have been followed. */
  public void settle() {
    int next = 0;
    for (int i = 0; i < packets; i++) {
      CapturedPacket packet = expected[i];
      int end = packet.offset + packet.capturedLength;
      strip(packet, Math.min(payloads[i], end));
      while (next < readsEnd && reads[next] >= payloads[i] && reads[next + 1] <= end) {
        int from = reads[next];
        System.arraycopy(
            packet.data, from, kept.data, from - packet.offset, reads[next + 1] - from);
        next += 2;
      }
      write(kept);
    }
    packets = 0;
    readsEnd = 0;
  }

  /** Headers, and zeros in place of payload. */
  private void strip(CapturedPacket packet, int payload) {
    int length = packet.capturedLength;
    if (kept.data.length < length) {
      kept.data = new byte[length];
    }
    copyHead(packet, kept);
    kept.capturedLength = length;
    System.arraycopy(packet.data, packet.offset, kept.data, 0, payload - packet.offset);
    Arrays.fill(kept.data, payload - packet.offset, length, (byte) 0);
  }

  private void write(CapturedPacket packet) {
    try {
      if (!ring.hasRoom(packet.timeNanos)) {
        end();
        begin(packet);
      }
      writer.packet(interfaceOf(packet), packet, packet.dropped + missing);
    } catch (IOException e) {
      // what waits is in memory
      throw new UncheckedIOException(e);
    }
    missing = 0;
    received++;
    lastNanos = packet.timeNanos;
    ring.packetTaken();
    if (ring.isFull()) {
      flush();
    }
  }

  private void begin(CapturedPacket first) throws IOException {
    ring.begin(first.timeNanos);
    interfaces.clear();
    writer =
        new PcapngWriter(
            ring.out(),
            "rstscope",
            options.payload()
                ? null
                : "rstscope record: payload that RstScope does not read is zero;"
                    + " TCP checksums are those of the packets as captured");
    lastNumber = add(first);
  }

  private int interfaceOf(CapturedPacket packet) throws IOException {
    if (packet.interfaceId != lastId || packet.linkType != lastLinkType) {
      Integer known = interfaces.get(new Interface(packet.interfaceId, packet.linkType));
      lastNumber = known == null ? add(packet) : known;
      lastId = packet.interfaceId;
      lastLinkType = packet.linkType;
    }
    return lastNumber;
  }

  private int add(CapturedPacket packet) throws IOException {
    int number = writer.addInterface(options.name(), packet.linkType, options.snapLength());
    interfaces.put(new Interface(packet.interfaceId, packet.linkType), number);
    lastId = packet.interfaceId;
    lastLinkType = packet.linkType;
    return number;
  }

  /** The system lost so many packets since the last call. */
  public void dropped(long byKernel, long byInterface) {
    droppedByKernel += byKernel;
    droppedByInterface += byInterface;
    missing += byKernel + byInterface;
  }

  /** Brings to the disk what was written: the file is whole up to there. */
  public void flush() {
    missing += ring.flush();
  }

  /** Ends the file that is being written, if any: its last block says what was lost. */
  private void end() throws IOException {
    if (ring.isBegun()) {
      writer.statistics(0, lastNanos, received, droppedByInterface, droppedByKernel);
      missing += ring.end();
    }
  }

  /** Ends the last file, and lets go of the folder. */
  public void close() {
    try {
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ring.letGo();
    }
  }

  /** Packets in files, of those that have left the ring, too. */
  public long written() {
    return ring.packets();
  }

  /** Packets that could not be written. */
  public long givenUp() {
    return ring.givenUp();
  }

  /** Packets that were not written as they are no segments of the ports. */
  public long leftOut() {
    return leftOut;
  }

  /** Whether packets of that time, ns since 1970, have not left the ring yet. */
  public boolean reachesBackTo(long nanos) {
    return ring.reachesBackTo(nanos);
  }

  /** Files of the ring that are there. */
  public int files() {
    return ring.files();
  }
}
