package io.rstscope.testing;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where packets are captured: numbers and times them. A test moves its clock; each packet moves it
 * by {@link #GAP_NANOS} more.
 */
public final class Tap {
  /** When the first packet is captured. */
  public static final long START_NANOS = 1_700_000_000_000_000_000L;

  /** Between two packets, unless told otherwise. */
  public static final long GAP_NANOS = 1_000;

  private final Consumer<CapturedPacket> reader;
  private long nanos = START_NANOS - GAP_NANOS;
  private long frame;
  private int interfaceId;
  private int direction = CapturedPacket.DIRECTION_UNKNOWN;
  private int snapLength = Integer.MAX_VALUE;

  /**
   * @param reader is given each packet; the argument is not reused
   */
  public Tap(Consumer<CapturedPacket> reader) {
    this.reader = reader;
  }

  /** One that records all packets in that file. */
  public static Tap into(PcapFile file) {
    return new Tap(packet -> file.add(packet.timeNanos, packet.data, packet.originalLength));
  }

  /** Time passes, or with a negative value goes back. */
  public Tap pass(long count, TimeUnit unit) {
    nanos += unit.toNanos(count);
    return this;
  }

  /** The interface of the packets that follow. */
  public Tap on(int interfaceId) {
    this.interfaceId = interfaceId;
    return this;
  }

  /** Whether the packets that follow were received or sent; one of {@link CapturedPacket}'s. */
  public Tap direction(int direction) {
    this.direction = direction;
    return this;
  }

  /** Of the packets that follow only so many bytes are captured. */
  public Tap snapLength(int bytes) {
    snapLength = bytes;
    return this;
  }

  /** When the last packet was captured. */
  public long nanos() {
    return nanos;
  }

  /** Number of the last packet. */
  public long frame() {
    return frame;
  }

  /** An Ethernet frame passes. */
  public void see(Packets ethernet) {
    nanos += GAP_NANOS;
    frame++;
    CapturedPacket packet = new CapturedPacket();
    packet.data = ethernet.bytes();
    packet.capturedLength = Math.min(packet.data.length, snapLength);
    packet.originalLength = packet.data.length;
    packet.linkType = LinkType.ETHERNET;
    packet.timeNanos = nanos;
    packet.frame = frame;
    packet.interfaceId = interfaceId;
    packet.direction = direction;
    reader.accept(packet);
  }
}
