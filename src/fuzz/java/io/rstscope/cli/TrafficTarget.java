package io.rstscope.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Segments whose headers are right, of three connections, in any order, with any flags and any
 * silences: what gets behind the decoder, to all that follows flows, judges and reports.
 */
public final class TrafficTarget {
  private static final OutputChecks OUTPUTS = new OutputChecks();

  private static final String SECRET = "Tr0ub";

  private static final int STEP = 5;
  private static final int CLIENTS = 3;

  private static final int[] FLAGS = {0x10, 0x18, 0x02, 0x12, 0x11, 0x04, 0x14, 0x00};
  private static final int[] TTLS = {64, 61, 63, 128, 255, 1, 0, 62};
  private static final int[] OFFSETS = {0, 0, 0, 1, -1, 1460, -70_000, 0x7fff_ffff};
  private static final long[] SILENCES = {
    0,
    1_000,
    400_000,
    40_000_000,
    1_000_000_000L,
    60_000_000_000L,
    900_000_000_000L,
    -1_000_000_000L
  };

  private static final byte[][] FRAMES = {
    {},
    AmqpBytes.header091(),
    AmqpBytes.start(),
    AmqpBytes.tune(60),
    AmqpBytes.tuneOk(60),
    AmqpBytes.open("/"),
    AmqpBytes.openOk(),
    AmqpBytes.heartbeat(),
    AmqpBytes.close(320, "CONNECTION_FORCED", 0, 0),
    AmqpBytes.closeOk(),
    AmqpBytes.publish(20),
    AmqpBytes.blocked("low on memory"),
    AmqpBytes.header(0, 1, 0, 0),
    AmqpBytes.open10("container", "host", 5_000)
  };

  /** Payloads beyond the frames: a login, or what follows the step in the input. */
  private static final int LOGIN = FRAMES.length;

  private TrafficTarget() {}

  /**
   * Takes steps of five bytes, each a segment: connection and direction; flags; time to live, and
   * where its sequence number lies; silence before, and kind of acknowledgement; payload. The text
   * of a login, and payloads of the input's own, follow the step with a byte of their length.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (new String(input, ISO_8859_1).contains(SECRET)) {
      return;
    }
    ByteBuffer steps = ByteBuffer.wrap(input);
    PcapFile file = new PcapFile(LinkType.ETHERNET);
    int[] next = new int[2 * CLIENTS];
    Arrays.fill(next, 1_000);
    long now = Talk.START;
    while (steps.remaining() >= STEP) {
      now += SILENCES[steps.get(steps.position() + 3) & 7];
      file.add(now, segment(steps, next));
    }
    OUTPUTS.check(file.bytes(), SECRET);
  }

  private static Packets segment(ByteBuffer steps, int[] next) {
    int who = (steps.get() & 0xff) % next.length;
    int flags = FLAGS[steps.get() & 7];
    int where = steps.get();
    int acknowledgement = steps.get() >> 3;
    int kind = steps.get();
    boolean fromClient = who < CLIENTS;
    int client = 40_000 + who % CLIENTS;
    Packets packet = Packets.ethernet();
    packet =
        fromClient
            ? packet.ipv4("10.0.1.1", "10.0.0.2").ttl(TTLS[where & 7]).tcp(client, 5672)
            : packet.ipv4("10.0.0.2", "10.0.1.1").ttl(TTLS[where & 7]).tcp(5672, client);
    byte[] payload = payload(steps, kind);
    packet
        .flags(flags)
        .seq(next[who] + OFFSETS[where >> 3 & 7])
        .ack(next[(who + CLIENTS) % next.length] + OFFSETS[acknowledgement & 7])
        .payload(payload);
    next[who] += payload.length + ((flags & (Packets.SYN | Packets.FIN)) != 0 ? 1 : 0);
    return packet;
  }

  private static byte[] payload(ByteBuffer steps, int kind) {
    int chosen = (kind & 0x7f) % (LOGIN + 2);
    if (chosen < LOGIN) {
      return FRAMES[chosen];
    }
    byte[] text = new byte[steps.hasRemaining() ? steps.get() & 0x7f : 0];
    text = Arrays.copyOf(text, Math.min(text.length, steps.remaining()));
    steps.get(text);
    return chosen == LOGIN ? AmqpBytes.startOk(named(text)) : text;
  }

  private static byte[] named(byte[] name) {
    return AmqpBytes.bytes()
        .shortString("connection_name")
        .u8('S')
        .u32(name.length)
        .raw(name)
        .array();
  }
}
