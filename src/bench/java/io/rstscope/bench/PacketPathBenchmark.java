package io.rstscope.bench;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.flow.FlowTracker;
import io.rstscope.net.PortSet;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObserver;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one packet costs on its way from the buffer to its flow, and what it allocates (with {@code
 * -prof gc}): messages of connections that are open, each answered by an ACK.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class PacketPathBenchmark {
  private static final int PACKETS = 8192;

  /** As many as lie in a block. */
  private static final int AT_ONCE = 512;

  /** Connections that the packets belong to, in turn. */
  @Param({"200", "20000"})
  public int flows;

  private OpenConnections traffic;
  private SegmentDecoder decoder;
  private FlowTracker tracker;
  private final CapturedPacket packet = new CapturedPacket();
  private final SegmentBatch batch = new SegmentBatch();

  /** Opens all connections. */
  @Setup
  public void open() {
    PortSet ports = PortSet.parse("5672");
    decoder = new SegmentDecoder(ports);
    tracker =
        new FlowTracker(
            ports, 1_000_000, new ResetObserver(false, ObserverLimits.within(1 << 28), flow -> {}));
    traffic = new OpenConnections(flows);
    for (int i = 0; i < 2 * flows; i += PACKETS) {
      follow();
    }
  }

  /** Writes the packets only, to be subtracted from the others. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long write() {
    for (int i = 0; i < PACKETS; i++) {
      traffic.next(packet);
    }
    return packet.timeNanos;
  }

  /** Writes and decodes. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long decode() {
    for (int i = 0; i < PACKETS; i++) {
      traffic.next(packet);
      if (i % AT_ONCE == 0) {
        batch.clear();
      }
      decoder.decode(packet, batch);
    }
    return decoder.segments();
  }

  /** Writes, decodes and follows the flow and its AMQP. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long follow() {
    for (int i = 0; i < PACKETS; i++) {
      traffic.next(packet);
      decoder.decode(packet, batch);
      if (batch.size() == AT_ONCE) {
        handOver();
      }
    }
    handOver();
    return tracker.flows();
  }

  private void handOver() {
    tracker.accept(batch);
    batch.clear();
  }
}
