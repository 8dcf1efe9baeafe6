/**
 * The live agent: the steps of {@code analyze} on packets that do not end.
 *
 * <pre>
 *  InterfaceWatcher, a thread for each interface       Agent, one thread
 *    LiveCapture -> LiveFlows -> ReviewSchedule  --FlowEvent-->  VerdictTracker -> Outputs
 * </pre>
 *
 * <p>The queue between them is bounded: an output that hangs never delays a capture.
 */
package io.rstscope.watch;
