package io.rstscope.watch;

/**
 * A packet kept as evidence.
 *
 * @param frame its number since the interface was opened first
 * @param timeNanos nanoseconds since 1970
 * @param linkType one of {@link io.rstscope.capture.LinkType}'s numbers
 * @param originalLength bytes on the wire
 * @param bytes what is kept of it
 */
record EvidencePacket(long frame, long timeNanos, int linkType, int originalLength, byte[] bytes) {}
