package io.rstscope.pairing;

import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;

/**
 * A reset that left the other end and never arrived at this one.
 *
 * @param flow as this capture has it
 * @param from whose source address it has
 * @param frameThere number of the packet in the other capture
 * @param nanos when it left, by the clock here, since 1970
 */
public record StoppedReset(FlowObservation flow, Side from, long frameThere, long nanos) {}
