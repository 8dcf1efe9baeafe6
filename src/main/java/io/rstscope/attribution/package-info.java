/**
 * From observation to verdict: clues turn what was measured about a reset into evidence, the
 * attributor weighs the evidence, and the sequence of events gives the cause. Then all flows
 * together: which losses are one incident, which idle timer a path has, and what to do about it.
 *
 * <p>Everything here is a function of the observations: no state, no clock.
 */
package io.rstscope.attribution;
