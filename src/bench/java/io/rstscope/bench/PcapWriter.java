package io.rstscope.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Writes a nanosecond pcap file, little endian, link type Ethernet, through one reused buffer.
 *
 * <p>A packet is built in place: {@link #begin}, put the frame into the buffer, {@link #end}. Used
 * by one thread.
 */
final class PcapWriter implements Closeable {
  /** Longest frame that may be put between {@link #begin} and {@link #end}, in bytes. */
  static final int LONGEST_FRAME = 2048;

  /** Bytes before each frame: seconds, nanoseconds, captured and original length. */
  static final int RECORD_HEADER = 16;

  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int LINK_TYPE_ETHERNET = 1;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private final OutputStream out;
  private final int snapLength;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
  private int record;
  private long packets;
  private long uncutBytes;

  /**
   * @param snapLength captured bytes of a frame at most, 1 or more
   */
  PcapWriter(OutputStream out, int snapLength) {
    this.out = out;
    this.snapLength = snapLength;
    putLittleEndian(MAGIC_NANOSECONDS);
    buffer.putShort(Short.reverseBytes((short) 2)).putShort(Short.reverseBytes((short) 4));
    putLittleEndian(0);
    putLittleEndian(0);
    putLittleEndian(snapLength);
    putLittleEndian(LINK_TYPE_ETHERNET);
    uncutBytes = buffer.position();
  }

  /**
   * Begins a packet.
   *
   * @param timeNanos since 1970-01-01 UTC
   * @return where to put its frame, at most {@link #LONGEST_FRAME} bytes, in network byte order
   */
  ByteBuffer begin(long timeNanos) throws IOException {
    if (buffer.remaining() < RECORD_HEADER + LONGEST_FRAME) {
      flush();
    }
    record = buffer.position();
    putLittleEndian((int) (timeNanos / NANOS_PER_SECOND));
    putLittleEndian((int) (timeNanos % NANOS_PER_SECOND));
    buffer.position(record + RECORD_HEADER);
    return buffer;
  }

  /** Ends the packet and cuts it to the snap length. */
  void end() {
    int frame = record + RECORD_HEADER;
    int length = buffer.position() - frame;
    int captured = Math.min(length, snapLength);
    buffer.putInt(record + 8, Integer.reverseBytes(captured));
    buffer.putInt(record + 12, Integer.reverseBytes(length));
    buffer.position(frame + captured);
    packets++;
    uncutBytes += RECORD_HEADER + length;
  }

  /** Packets ended so far. */
  long packets() {
    return packets;
  }

  /** What the file would measure so far, in bytes, if no packet had been cut. */
  long uncutBytes() {
    return uncutBytes;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }

  private void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private void putLittleEndian(int value) {
    buffer.putInt(Integer.reverseBytes(value));
  }
}
