package io.rstscope.watch;

/**
 * How the broker's management API is.
 *
 * @param connections of its last answers
 * @param ageSeconds of the last complete answer; NaN before the first
 * @param failures requests that brought no complete answer
 */
public record ManagementStatus(long connections, double ageSeconds, long failures) {}
