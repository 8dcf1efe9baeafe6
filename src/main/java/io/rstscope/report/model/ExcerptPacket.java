package io.rstscope.report.model;

import io.rstscope.net.Side;

/**
 * One packet of a flow, as a ladder diagram shows it: headers, and what its AMQP frames are called.
 *
 * @param number its place among the packets of its flow, from 1: where a number is missing between
 *     two packets of an excerpt, packets were left out
 * @param frame its number in the capture, from 1, as in the reset that refers to it
 * @param nanos when it was captured, ns since 1970
 * @param gapNanos since the packet of the flow before it, of either direction, left out or not; 0
 *     for the first, and where the clock went backwards
 * @param from the side it claims to come from
 * @param ttl TTL or hop limit, 0 to 255
 * @param flags of TCP, as the constants of {@link io.rstscope.decode.Segment}
 * @param sequence sequence number, relative to that of the side's first packet as Wireshark counts:
 *     0 for a SYN, 1 for the first byte; modulo 2^32
 * @param window as in the header, not scaled, 0 to 65,535
 * @param payloadLength bytes of TCP payload on the wire
 * @param amqp what the AMQP frames are called that begin in it, such as {@code basic.publish} or
 *     {@code connection.close 320}, never what they hold; null when none does, or it cannot be told
 */
public record ExcerptPacket(
    long number,
    long frame,
    long nanos,
    long gapNanos,
    Side from,
    int ttl,
    int flags,
    long sequence,
    int window,
    int payloadLength,
    String amqp) {}
