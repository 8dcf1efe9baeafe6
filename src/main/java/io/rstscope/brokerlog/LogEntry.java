package io.rstscope.brokerlog;

/**
 * One entry of the log, its lines joined.
 *
 * @param nanos when it was written, by the broker's clock, ns since 1970; -1 when it does not say
 * @param pid process that wrote it, such as {@code <0.822.0>}, or null
 * @param debug whether its level is debug
 * @param message lines separated by {@code \n}
 */
record LogEntry(long nanos, String pid, boolean debug, String message) {}
