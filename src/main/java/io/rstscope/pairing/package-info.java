/**
 * Two captures of the same time, taken at the two ends of a path: finds the packets that both hold,
 * sets their clocks by them, and says of each reset whether it crossed the path.
 *
 * <p>The capture that is reported is <em>here</em>, the other one is <em>there</em>. What is kept
 * is bounded by the flows with an ending, not by packets.
 */
package io.rstscope.pairing;
