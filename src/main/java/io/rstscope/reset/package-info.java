/**
 * What was measured: one immutable {@link io.rstscope.reset.ResetObservation} for each reset, with
 * what its flow looked like before and what followed it, in a {@link
 * io.rstscope.reset.FlowObservation} for each flow that was reset or lost.
 *
 * <p>Observations are facts of the capture; who and why is the business of judgement.
 */
package io.rstscope.reset;
