package io.rstscope.reset;

/**
 * What all connections of a capture show together, also those that were neither reset nor lost and
 * are not handed over.
 *
 * @param silences the longest that connections survived
 * @param lives what the hosts lived through
 */
public record Bystanders(SurvivedSilences silences, HostLives lives) {}
