package io.rstscope.reset;

/**
 * What all connections of a capture show together, also those that were neither reset nor lost and
 * are not handed over.
 *
 * @param silences the longest that connections survived
 * @param lives what the hosts lived through
 * @param open those of which no end was seen
 */
public record Bystanders(SurvivedSilences silences, HostLives lives, OpenConnections open) {}
