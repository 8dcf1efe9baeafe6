package io.rstscope.bench;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.net.PortSet;
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

/** What decoding alone costs: packets that lie in the cache, half of them with payload. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class DecodeBenchmark {
  /** As many as the traffic keeps valid. */
  private static final int PACKETS = 64;

  /** The broker's port; the packets are on 5672, so that with another one all are passed over. */
  @Param({"5672", "443"})
  public String port;

  private final CapturedPacket[] packets = new CapturedPacket[PACKETS];
  private final SegmentBatch batch = new SegmentBatch();
  private SegmentDecoder decoder;

  /** Writes the packets. */
  @Setup
  public void write() {
    decoder = new SegmentDecoder(PortSet.parse(port));
    OpenConnections traffic = new OpenConnections(PACKETS);
    for (int i = 0; i < PACKETS; i++) {
      packets[i] = new CapturedPacket();
      traffic.next(packets[i]);
    }
  }

  /** Decodes each. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long decode() {
    batch.clear();
    for (CapturedPacket packet : packets) {
      decoder.decode(packet, batch);
    }
    return decoder.segments();
  }
}
