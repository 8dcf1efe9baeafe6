package io.rstscope.tshark;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;

/**
 * A TCP packet on the broker's port, as one of two programs sees it.
 *
 * @param frame its number in the capture, from 1
 * @param nanos its time, since 1970
 * @param mac source of the outermost frame, 48 bits, or -1
 * @param source address as text
 * @param ttl of the IP header next to TCP's
 * @param ipId of that header, -1 where there is none
 * @param flags the lower eight
 * @param timestamp TSval, 32 bits, or -1
 * @param payload bytes of it, or -1 when it is not known
 */
record TcpPacket(
    long frame,
    long nanos,
    long mac,
    String source,
    int sourcePort,
    String destination,
    int destinationPort,
    int ttl,
    int ipId,
    int flags,
    int sequence,
    int acknowledgement,
    int window,
    long timestamp,
    int payload) {

  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Whether the other one says the same, as far as it says something of the payload. */
  boolean agreesWith(TcpPacket other) {
    return with(timestamp, other.payload < 0 ? -1 : payload).equals(other);
  }

  /** Whether one of the two has timestamps, and they agree else. */
  boolean differsInTimestampsOnly(TcpPacket other) {
    return (timestamp < 0) != (other.timestamp < 0)
        && with(other.timestamp, payload).agreesWith(other);
  }

  private TcpPacket with(long otherTimestamp, int otherPayload) {
    return new TcpPacket(
        frame,
        nanos,
        mac,
        source,
        sourcePort,
        destination,
        destinationPort,
        ttl,
        ipId,
        flags,
        sequence,
        acknowledgement,
        window,
        otherTimestamp,
        otherPayload);
  }

  /** Both addresses and ports, whichever way it goes. */
  String tuple() {
    String from = source + " " + sourcePort;
    String to = destination + " " + destinationPort;
    return from.compareTo(to) < 0 ? from + " " + to : to + " " + from;
  }

  /** The sequence number after it (RFC 9293, section 3.4). */
  int nextSequence() {
    return sequence + Math.max(payload, 0) + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
  }

  /** What our report of it has to say. */
  String reported() {
    return said(nanos, source, sourcePort, destination, destinationPort, ttl, window, payload);
  }

  /** What it says. */
  static String reported(JsonNode flow, JsonNode reset) {
    boolean fromClient = reset.get("direction").asText().equals("client-to-broker");
    JsonNode source = flow.get(fromClient ? "client" : "broker");
    JsonNode destination = flow.get(fromClient ? "broker" : "client");
    JsonNode observed = reset.get("observed");
    Instant time = Instant.parse(reset.get("time").asText());
    return said(
        time.getEpochSecond() * 1_000_000_000L + time.getNano(),
        address(source.get("address").asText()),
        source.get("port").asInt(),
        address(destination.get("address").asText()),
        destination.get("port").asInt(),
        observed.get("ttl").asInt(),
        observed.get("window").asInt(),
        observed.get("payload_bytes").asInt());
  }

  private static String said(Object... values) {
    return List.of(values).toString();
  }

  /** An address in one form, whoever wrote it. */
  static String address(String text) {
    try {
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
