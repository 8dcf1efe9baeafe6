/**
 * From captured packets to TCP segments: what lies around a segment is taken off, and one {@link
 * io.rstscope.decode.Segment} is refilled for each.
 *
 * <p>Packets are hostile: no length is trusted, no bytes make it fail, and none are read that were
 * not captured. Every packet is counted once, by how its decoding ended. Nothing is allocated per
 * packet.
 *
 * <p>Nothing is known here of the packets before: that is what {@code flow} follows. One thread
 * owns a {@link io.rstscope.decode.SegmentDecoder} with its segments; {@link
 * io.rstscope.decode.DecodeAhead} is that thread, and hands them to the one that follows flows.
 */
package io.rstscope.decode;
