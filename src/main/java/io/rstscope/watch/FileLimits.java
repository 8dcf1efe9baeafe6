package io.rstscope.watch;

/**
 * When a file is put aside for a new one.
 *
 * @param bytes before it would be larger
 * @param nanos when it is open for longer
 * @param files put aside that are kept; the oldest go
 */
public record FileLimits(long bytes, long nanos, int files) {}
