/**
 * From observation to verdict: clues turn what was measured about a reset into evidence, the
 * attributor weighs the evidence, and the sequence of events gives the cause.
 *
 * <p>Everything here is a function of the observations: no state, no clock.
 */
package io.rstscope.attribution;
