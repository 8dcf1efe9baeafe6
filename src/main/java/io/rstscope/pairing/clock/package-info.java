/**
 * How two clocks run beside each other, found from packets that both have timed: offset, skew,
 * their bounds, and where one of them was set.
 */
package io.rstscope.pairing.clock;
