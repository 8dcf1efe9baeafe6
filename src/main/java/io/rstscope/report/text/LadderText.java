package io.rstscope.report.text;

import io.rstscope.decode.Segment;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Side;
import io.rstscope.pairing.FramePairs;
import io.rstscope.report.model.ExcerptPacket;
import io.rstscope.report.model.FlowExcerpt;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.OtherFrames;
import io.rstscope.report.words.PacketComments;
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

  /** Frame, that in the capture at the other end, time, idle time, TTL. */
  private static final String COLUMNS = "%7s%s %12s %12s %4s  ";

  private static final int RUNGS_AT = INDENT.length() + 40;

  private static final String OTHER_COLUMN = " %7s";

  private static final int OTHER_WIDTH = 8;

  /** Shorter ones are the everyday pace of a connection. */
  private static final long TELLING_NANOS = 1_000_000L;

  private static final String[] FLAGS = {"FIN", "SYN", "RST", "", "", "URG"};

  private final TextLines lines;
  private final OtherFrames others;

  /** Between the two posts. */
  private final int rung;

  LadderText(TextLines lines, OtherFrames others) {
    this.lines = lines;
    this.others = others;
    rung = TextLines.WIDTH - RUNGS_AT - 2 - (others.isEmpty() ? 0 : OTHER_WIDTH);
  }

  void write(FlowVerdict verdict, FlowExcerpt excerpt) throws IOException {
    Map<Long, List<String>> comments = PacketComments.of(verdict);
    String head = COLUMNS.formatted("frame", other("there"), "time", "idle", "TTL");
    String posts = "client" + " ".repeat(rung + 2 - "clientbroker".length()) + "broker";
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

  private String packet(ExcerptPacket packet, FlowVerdict verdict) {
    String idle =
        packet.gapNanos() < TELLING_NANOS ? "" : Format.duration(packet.gapNanos() / 1000);
    return COLUMNS.formatted(
            packet.frame(),
            other(otherFrame(packet.frame())),
            time(packet.nanos() - verdict.flow().startedNanos()),
            idle,
            packet.ttl())
        + rung(packet);
  }

  private String other(String frame) {
    return others.isEmpty() ? "" : OTHER_COLUMN.formatted(frame);
  }

  private String otherFrame(long frame) {
    long there = others.of(frame);
    return there > 0 ? Long.toString(there) : there == FramePairs.NOT_THERE ? "-" : "";
  }

  private static String time(long sinceNanos) {
    return sinceNanos < 0 ? "clock back" : String.format(Locale.ROOT, "%.6f", sinceNanos / 1e9);
  }

  private String rung(ExcerptPacket packet) {
    String label = label(packet);
    int room = rung - 6;
    if (label.length() > room) {
      label = label.substring(0, room - 1) + "…";
    }
    String rest = "-".repeat(rung - 5 - label.length());
    return packet.from() == Side.CLIENT
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
