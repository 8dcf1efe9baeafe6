package io.rstscope.decode;

import io.rstscope.net.PortSet;
import io.rstscope.wire.MptcpOption;
import io.rstscope.wire.TcpHeader;
import io.rstscope.wire.TcpOptions;

/** Decodes the TCP header, its options and where the payload lies, if a port is of interest. */
final class TransportLayer {
  private TransportLayer() {}

  static int tcp(Cursor cursor, Segment segment, PortSet ports) {
    if (!cursor.has(TcpHeader.PORTS_LENGTH)) {
      return cursor.missing(TcpHeader.MINIMUM_LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    int sourcePort = TcpHeader.sourcePort(data, header);
    int destinationPort = TcpHeader.destinationPort(data, header);
    if (!ports.contains(sourcePort) && !ports.contains(destinationPort)) {
      return NextHeader.OTHER;
    }
    // the next fragment may hold the rest of a header: that must not hide a reset (RFC 1858)
    int wholeLength = segment.fragment ? Integer.MAX_VALUE : cursor.wireLength();
    if (!cursor.has(TcpHeader.WINDOW_END) || wholeLength < TcpHeader.MINIMUM_LENGTH) {
      return cursor.missing(TcpHeader.MINIMUM_LENGTH);
    }
    int headerLength = TcpHeader.headerLength(data, header);
    if (headerLength < TcpHeader.MINIMUM_LENGTH || headerLength > wholeLength) {
      return NextHeader.MALFORMED;
    }
    segment.sourcePort = sourcePort;
    segment.destinationPort = destinationPort;
    segment.sequence = TcpHeader.sequence(data, header);
    segment.acknowledgement = TcpHeader.acknowledgement(data, header);
    segment.flags = TcpHeader.flags(data, header);
    segment.window = TcpHeader.window(data, header);
    options(data, header + TcpHeader.MINIMUM_LENGTH, header + headerLength, cursor, segment);
    cursor.skip(headerLength);
    payload(cursor, segment);
    return NextHeader.SEGMENT;
  }

  private static void options(byte[] data, int options, int end, Cursor cursor, Segment segment) {
    if (end <= cursor.capturedEnd && TcpOptions.areTimestampsOnly(data, options, end - options)) {
      timestamps(data, TcpOptions.paddedTimestamps(options), segment);
      return;
    }
    segment.timestamps = false;
    segment.tsVal = 0;
    int option = TcpOptions.seek(data, options, end, cursor.capturedEnd);
    while (option >= 0) {
      if (TcpOptions.kind(data, option) == TcpOptions.TIMESTAMPS) {
        timestamps(data, option, segment);
      } else if (segment.has(Segment.RST) && segment.mptcpReset == MptcpOption.NONE) {
        segment.mptcpReset = MptcpOption.reset(data, option);
      }
      option =
          TcpOptions.seek(data, option + TcpOptions.length(data, option), end, cursor.capturedEnd);
    }
    segment.optionsCut = !segment.timestamps && end > cursor.capturedEnd;
  }

  private static void timestamps(byte[] data, int option, Segment segment) {
    segment.timestamps = true;
    segment.tsVal = TcpOptions.timestampValue(data, option);
  }

  private static void payload(Cursor cursor, Segment segment) {
    segment.data = cursor.data;
    segment.payloadOffset = Math.min(cursor.offset, cursor.capturedEnd);
    segment.payloadCaptured = cursor.capturedEnd - segment.payloadOffset;
    segment.payloadLength = Math.max(cursor.wireLength(), 0);
  }
}
