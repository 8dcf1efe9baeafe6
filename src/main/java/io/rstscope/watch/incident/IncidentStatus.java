package io.rstscope.watch.incident;

/**
 * What became of events.
 *
 * @param calls how often the program was started, or was to be
 * @param failures those of them that did not end with status 0
 * @param missed events for which it was not called, as it had been just before
 */
public record IncidentStatus(long calls, long failures, long missed) {}
