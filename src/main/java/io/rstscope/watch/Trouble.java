package io.rstscope.watch;

/**
 * What may have hidden something from a verdict.
 *
 * @param dropped packets that were lost around that time
 * @param clockStepNanos by how much the clock was set during the connection, 0 if it was not
 */
record Trouble(long dropped, long clockStepNanos) {}
