package io.rstscope.pairing.clock;

/**
 * One of the two clocks was set.
 *
 * @param nanos when at the latest, by the clock here, since 1970
 * @param byNanos by how much the other clock is farther ahead afterwards, nanoseconds; the other
 *     one set ahead and this one set back look the same
 */
public record ClockStep(long nanos, long byNanos) {}
