package io.rstscope.bench;

import io.rstscope.amqp.AmqpReader;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.net.Side;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read the AMQP of one segment. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class AmqpScanBenchmark {
  private static final int BODY = 100;
  private static final int MESSAGES = 8;

  private final AmqpReader reader = new AmqpReader(1 << 24);
  private final byte[] header = AmqpFrames.protocolHeader();
  private final byte[] startOk =
      AmqpFrames.startOk("Pika Python Client Library", "1.3.2", "Python 3.12.3");
  private final byte[] messages = messages();
  private final AmqpSnapshot open = read(null, AmqpFrames.openOk(), Side.BROKER);

  private static byte[] messages() {
    ByteBuffer out = ByteBuffer.allocate(1 << 12);
    for (int i = 0; i < MESSAGES; i++) {
      out.put(AmqpFrames.publish());
      AmqpFrames.putContentHead(out, BODY);
      out.position(out.position() + BODY);
      AmqpFrames.putFrameEnd(out);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private AmqpSnapshot read(AmqpSnapshot known, byte[] payload, Side from) {
    reader.read(
        known, AmqpReader.UNREAD, from, false, 0, payload, 0, payload.length, payload.length);
    return reader.known();
  }

  /** Eight messages in a segment of an open connection. */
  @Benchmark
  public AmqpSnapshot messages8() {
    return read(open, messages, Side.CLIENT);
  }

  /** Who the client says it is, as thousands said before. */
  @Benchmark
  public AmqpSnapshot handshake() {
    AmqpSnapshot known = read(null, header, Side.CLIENT);
    return read(known, startOk, Side.CLIENT);
  }
}
