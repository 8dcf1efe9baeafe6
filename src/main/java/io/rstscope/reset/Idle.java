package io.rstscope.reset;

/**
 * Silences before a reset, in nanoseconds; -1 where nothing came before.
 *
 * @param sameDirection since the last packet of the claimed sender
 * @param opposite since the last packet of the other side
 * @param payload since the last payload of either side
 * @param beforeTrigger of the whole flow before the oldest packet the reset may answer: what an idle timer saw
 */
public record Idle(long sameDirection, long opposite, long payload, long beforeTrigger) {}
