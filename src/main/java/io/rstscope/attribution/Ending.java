package io.rstscope.attribution;

import java.util.List;

/**
 * Who ended a connection, and why.
 *
 * @param confidence as in {@link Verdict}
 * @param benign whether nothing was lost by it
 * @param idleNanos the silence of the flow before it ended, or -1
 * @param says a sentence that explains it, without full stop
 * @param advice what to do, sentences without full stop; empty for what is harmless
 */
public record Ending(
    Sender endedBy,
    Cause cause,
    double confidence,
    boolean benign,
    long idleNanos,
    String says,
    List<String> advice) {}
