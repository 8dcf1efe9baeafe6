package io.rstscope.report;

import io.rstscope.flow.Segment;
import io.rstscope.judge.cause.FlowVerdict;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The packets of a flow as a ladder between client and broker, with what is to be said of those
 * that decided the verdict.
 */
final class LadderText {
  private static final String INDENT = "    ";

  /** Frame, time, silence, TTL. */
  private static final String COLUMNS = "%7s %12s %9s %4s  ";

  private static final int RUNGS_AT = INDENT.length() + 37;

  /** Between the two posts. */
  private static final int RUNG = TextLines.WIDTH - RUNGS_AT - 2;

  /** Shorter ones are the everyday pace of a connection. */
  private static final long TELLING_SILENCE_NANOS = 1_000_000L;

  private static final String[] FLAGS = {"FIN", "SYN", "RST", "", "", "URG"};

  private final TextLines lines;

  LadderText(TextLines lines) {
    this.lines = lines;
  }

  void write(FlowVerdict verdict, FlowExcerpt excerpt) throws IOException {
    Map<Long, List<String>> comments = PacketComments.of(verdict);
    String head = COLUMNS.formatted("frame", "time", "silence", "TTL");
    String posts = "client" + " ".repeat(RUNG + 2 - "clientbroker".length()) + "broker";
    lines.line(INDENT + head + posts, Style.BOLD);
    long next = 1;
    for (ExcerptPacket packet : excerpt.packets()) {
      leftOut(packet.number() - next);
      next = packet.number() + 1;
      boolean reset = (packet.flags() & Segment.RST) != 0;
      lines.line(INDENT + packet(packet, verdict), reset ? Style.LOST : Style.PLAIN);
      for (String comment : comments.getOrDefault(packet.frame(), List.of())) {
        lines.paragraph(INDENT + " ".repeat(9), comment);
      }
    }
    leftOut(excerpt.total() + 1 - next);
  }

  private void leftOut(long packets) throws IOException {
    if (packets > 0) {
      lines.line(INDENT + " ".repeat(9) + "… " + Format.count(packets, "packet"), Style.PLAIN);
    }
  }

  private static String packet(ExcerptPacket packet, FlowVerdict verdict) {
    String silence =
        packet.gapNanos() < TELLING_SILENCE_NANOS ? "" : Format.duration(packet.gapNanos() / 1000);
    return COLUMNS.formatted(
            packet.frame(),
            time(packet.nanos() - verdict.flow().startedNanos()),
            silence,
            packet.ttl())
        + rung(packet);
  }

  private static String time(long sinceNanos) {
    return sinceNanos < 0 ? "clock back" : String.format(Locale.ROOT, "%.6f", sinceNanos / 1e9);
  }

  private static String rung(ExcerptPacket packet) {
    String label = label(packet);
    int room = RUNG - 6;
    if (label.length() > room) {
      label = label.substring(0, room - 1) + "…";
    }
    String rest = "-".repeat(RUNG - 5 - label.length());
    return packet.fromClient()
        ? "|- " + label + " " + rest + ">|"
        : "|<" + rest + " " + label + " -|";
  }

  /** What a reader looks for: flags that change something, then AMQP, then sizes. */
  private static String label(ExcerptPacket packet) {
    StringJoiner flags = new StringJoiner(",");
    for (int bit = 0; bit < FLAGS.length; bit++) {
      if (!FLAGS[bit].isEmpty() && (packet.flags() >> bit & 1) != 0) {
        flags.add(FLAGS[bit]);
      }
    }
    boolean reset = (packet.flags() & Segment.RST) != 0;
    boolean bare = flags.length() == 0 && packet.payloadLength() == 0;
    boolean acknowledges = (packet.flags() & Segment.ACK) != 0;
    if (acknowledges && (bare || (packet.flags() & (Segment.SYN | Segment.RST)) != 0)) {
      flags.add("ACK");
    }
    StringJoiner label = new StringJoiner(" ");
    if (flags.length() > 0) {
      label.add(flags.toString());
    }
    if (reset) {
      label.add("seq " + packet.sequence()).add("win " + packet.window());
    }
    if (packet.amqp() != null) {
      label.add(packet.amqp());
    }
    if (packet.payloadLength() > 0) {
      label.add("(" + packet.payloadLength() + " B)");
    }
    return label.toString();
  }
}
