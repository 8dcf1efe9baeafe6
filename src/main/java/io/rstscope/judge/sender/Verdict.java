package io.rstscope.judge.sender;

import java.util.List;

/**
 * Who sent a reset.
 *
 * @param confidence of the verdicts given with it, this share is right; 0.5 to 0.99
 * @param peerMayBeProxy whether the broker's TCP peer may itself be a proxy, for which this speaks
 * @param evidence for and against, strongest first
 */
public record Verdict(
    Sender sender, double confidence, boolean peerMayBeProxy, List<Evidence> evidence) {}
