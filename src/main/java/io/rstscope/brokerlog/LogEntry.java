package io.rstscope.brokerlog;

/**
 * One entry of the log, its lines joined.
 *
 * @param nanos when it was written, by the broker's clock, ns since 1970
 * @param message lines separated by {@code \n}
 */
record LogEntry(long nanos, String message) {}
