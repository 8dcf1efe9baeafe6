package io.rstscope.judge.advice;

import java.util.List;

/**
 * Which heartbeat would have kept the silent connections of a capture alive.
 *
 * @param seconds the heartbeat to set, s; frames are sent every half of it. Where a timer is too
 *     short for any, it is the one to set when the timer was raised, as the sentence says
 * @param prevented lost connections that would still be there: an idle timer ended them, and their
 *     heartbeats were off or longer than the timer
 * @param lost all lost connections of the capture
 * @param proven whether silences as long as between two frames are known to survive, or the timer
 *     is known
 * @param clients whose heartbeats these are, those with the most connections first, the first few
 * @param says all this in a sentence, without full stop
 */
public record HeartbeatAdvice(
    int seconds,
    int prevented,
    int lost,
    boolean proven,
    List<UnprotectedClient> clients,
    String says) {}
