package io.rstscope.testing;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Where packets are captured: numbers and times them. A test moves its clock; each packet moves it
 * by {@link #GAP_NANOS} more.
 */
public final class Tap {
  /** Between two packets, unless told otherwise. */
  public static final long GAP_NANOS = 10_000;

  private final Consumer<CapturedPacket> reader;
  private long now = Talk.START;
  private long nanos;
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
    return new Tap(file::add);
  }

  /** Time passes, or with a negative value goes back. */
  public Tap pause(Duration time) {
    now += time.toNanos();
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

  /** When the next packet is captured, in nanoseconds since 1970-01-01 UTC. */
  public long now() {
    return now;
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
    see(ethernet, LinkType.ETHERNET);
  }

  void see(Packets sent, int linkType) {
    nanos = now;
    now += GAP_NANOS;
    frame++;
    CapturedPacket packet = new CapturedPacket();
    packet.data = sent.bytes();
    packet.capturedLength = Math.min(packet.data.length, snapLength);
    packet.originalLength = packet.data.length;
    packet.linkType = linkType;
    packet.timeNanos = nanos;
    packet.frame = frame;
    packet.interfaceId = interfaceId;
    packet.direction = direction;
    reader.accept(packet);
  }
}
