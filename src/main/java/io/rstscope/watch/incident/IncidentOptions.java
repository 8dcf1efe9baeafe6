package io.rstscope.watch.incident;

import java.util.List;

/**
 * What to run of incidents.
 *
 * @param command program and arguments, of which none comes from packets
 * @param apartNanos it is run once in that time at most
 */
public record IncidentOptions(List<String> command, long apartNanos) {}
