package io.rstscope.flow;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find the flow of a segment, one after the other and far from each other. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class FlowLookupBenchmark {
  /** Prime to the numbers of flows, so that all have their turn, neighbours never after another. */
  private static final int STRIDE = 7_919;

  private static final int CLIENTS = 0x0a00_0000;
  private static final int STRANGERS = 0x2000_0000;

  /** Flows in the table. */
  @Param({"1000", "20000", "1000000"})
  public int flows;

  private final FlowTable table = new FlowTable();
  private final Flow view = table.newView();
  private final Segment segment = new Segment();
  private final SegmentBatch batch = new SegmentBatch();
  private int turn;

  /** Fills the table. */
  @Setup
  public void fill() {
    for (int i = 0; i < flows; i++) {
      comeFrom(CLIENTS + i);
      table.add(batch, 0, view);
    }
  }

  private void comeFrom(int address) {
    segment.ipVersion = 4;
    segment.sourceLow = address;
    segment.destinationLow = 0xac10_0001L;
    segment.sourcePort = 40_000;
    segment.destinationPort = 5672;
    batch.clear();
    batch.add(segment);
  }

  private int next() {
    turn = (turn + STRIDE) % flows;
    return turn;
  }

  /** The flow is there. */
  @Benchmark
  public int hit() {
    comeFrom(CLIENTS + next());
    return table.find(batch, 0);
  }

  /** It is not. */
  @Benchmark
  public int miss() {
    comeFrom(STRANGERS + next());
    return table.find(batch, 0);
  }
}
