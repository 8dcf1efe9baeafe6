package io.rstscope.reset;

/**
 * The packet that a reset answers, or may answer.
 *
 * @param frame frame of the latest packet it may answer
 * @param delayNanos from that packet to the reset
 * @param oldestFrame frame of the oldest packet it may answer
 * @param oldestDelayNanos from that packet to the reset: the bound to hold against a round trip,
 *     because an answer to an older packet must not be taken for a fast one
 * @param exact whether it is one of these; else an older one that was under way with them
 */
public record Trigger(
    long frame, long delayNanos, long oldestFrame, long oldestDelayNanos, boolean exact) {}
