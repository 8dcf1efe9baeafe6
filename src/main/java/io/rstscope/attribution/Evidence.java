package io.rstscope.attribution;

import java.util.List;

/**
 * What one clue says about one reset.
 *
 * @param clue which clue
 * @param pointsTo whom it points to: the claimed sender or {@link Sender#MIDDLEBOX}; {@link
 *     Sender#UNDETERMINED} when it only explains
 * @param weight how strongly, in natural log-odds, 0 or more
 * @param imitable whether somebody else can produce what was seen
 * @param says a sentence with the numbers, without full stop
 * @param frames the packets it rests on
 */
public record Evidence(
    ClueKind clue,
    Sender pointsTo,
    double weight,
    boolean imitable,
    String says,
    List<Long> frames) {}
