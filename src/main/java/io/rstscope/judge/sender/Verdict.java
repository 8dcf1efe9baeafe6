package io.rstscope.judge.sender;

import java.util.List;

/**
 * Who sent a reset.
 *
 * @param confidence of the verdicts given with it, this share is right; 0.5 to 0.99
 * @param claimed how probable it is that the claimed sender sent it, 0 to 1; where {@code sender}
 *     is open this still leans to one side
 * @param peerMayBeProxy whether the broker's TCP peer may itself be a proxy, for which this speaks
 * @param evidence for and against, strongest first
 */
public record Verdict(
    Sender sender,
    double confidence,
    double claimed,
    boolean peerMayBeProxy,
    List<Evidence> evidence) {}
