package io.rstscope.judge.cause;

import java.util.List;

/**
 * What one fact says of why a connection ended.
 *
 * @param fact which
 * @param pointsTo the cause for which it speaks among the two likeliest
 * @param weight how strongly, in natural log-odds between these two, more than 0
 * @param says a clause with the numbers, without full stop
 * @param frames the packets it rests on
 */
public record CauseEvidence(
    Fact fact, Cause pointsTo, double weight, String says, List<Long> frames) {}
