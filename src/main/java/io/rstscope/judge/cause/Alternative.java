package io.rstscope.judge.cause;

/**
 * Another cause that an end may have.
 *
 * @param probability 0 to 1
 */
public record Alternative(Cause cause, double probability) {}
