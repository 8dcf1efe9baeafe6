package io.rstscope.judge.advice;

import java.util.List;

/**
 * A line of the table of remedies.
 *
 * @param when in which circumstance it is given
 * @param toDo what to do, a sentence without full stop and with words to be filled in; empty when
 *     there are only checks
 * @param checks names of commands that confirm it
 */
record Remedy(When when, String toDo, List<String> checks) {}
