package io.rstscope.bench;

import io.rstscope.judge.Attribution;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.net.Side;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObserver;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Copies;
import io.rstscope.testing.Talk;
import java.util.List;
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

/** What it costs to judge connections that a crash of the broker reset at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class AttributionBenchmark {
  /** Connections of the incident, with a reset each. */
  @Param({"1", "10000"})
  public int flows;

  private final Bystanders survived =
      new ResetObserver(false, ObserverLimits.within(1 << 20), flow -> {}).bystanders();

  private List<FlowObservation> observations;
  private Recording recording;

  /** Makes the observations. */
  @Setup
  public void observe() {
    FlowObservation one = Analysis.of(new Talk().open(60).socketReset(Side.BROKER)).flow();
    observations = Copies.of(one, flows);
    recording = Recording.of(null, observations, 0, 0);
  }

  /** Judges all of them together. */
  @Benchmark
  public CaptureVerdict judge() {
    return Attribution.judge(observations, recording, survived);
  }
}
