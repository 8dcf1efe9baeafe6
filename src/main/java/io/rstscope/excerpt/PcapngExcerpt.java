package io.rstscope.excerpt;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.PcapngWriter;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.PortSet;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.words.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * A pcapng file with the packets of excerpts, in the order of their captures: their headers, and in
 * comments their original frame numbers and what they decided, so that Wireshark shows the verdict
 * in place.
 *
 * <p>Used by one thread.
 */
public final class PcapngExcerpt {
  private record Interface(int number, int linkType) {}

  private final PcapngWriter writer;
  private final PortSet ports;
  private final boolean withPayload;

  /**
   * Begins the file.
   *
   * @param out is neither closed nor flushed
   * @param tool name and version of this program
   * @param ports those that the captures were read for
   * @param withPayload whether to keep all that was captured of each packet: messages and passwords
   *     are in it. Else it ends with the TCP header
   * @throws IOException when the stream cannot be written
   */
  public PcapngExcerpt(OutputStream out, String tool, PortSet ports, boolean withPayload)
      throws IOException {
    writer =
        new PcapngWriter(
            out,
            tool,
            "Packets that decided why connections ended, chosen by "
                + tool
                + (withPayload ? "" : "; headers only")
                + ". The comments on packets say what they show.");
    this.ports = ports;
    this.withPayload = withPayload;
  }

  /**
   * Adds the packets of a capture.
   *
   * @param report has the excerpts that tell which
   * @param source the capture once more
   * @throws IOException when the file cannot be written, or the capture no longer be read
   */
  public void capture(CaptureReport report, PacketSource source) throws IOException {
    Map<Long, String> comments = comments(report);
    Map<Interface, Integer> interfaces = new HashMap<>();
    SegmentDecoder decoder = new SegmentDecoder(ports);
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    int written = 0;
    while (written < comments.size() && source.next(packet)) {
      String comment = comments.get(packet.frame);
      if (comment != null && decoder.decode(packet, segment)) {
        Interface from = new Interface(packet.interfaceId, packet.linkType);
        Integer number = interfaces.get(from);
        if (number == null) {
          number = describe(report, from);
          interfaces.put(from, number);
        }
        if (!withPayload) {
          packet.capturedLength = segment.payloadOffset - packet.offset;
        }
        writer.packet(number, packet, comment);
        written++;
      }
    }
  }

  private int describe(CaptureReport report, Interface from) throws IOException {
    String comment = "interface " + from.number + " of " + Printable.of(report.path());
    return writer.addInterface(Printable.of(report.name()), from.linkType, 0, comment);
  }

  private static Map<Long, String> comments(CaptureReport report) {
    Map<Long, String> comments = new HashMap<>();
    for (FlowVerdict flow : report.flows()) {
      if (report.excerpts().of(flow) != null) {
        comments.putAll(ExcerptComments.of(report, flow));
      }
    }
    return comments;
  }
}
