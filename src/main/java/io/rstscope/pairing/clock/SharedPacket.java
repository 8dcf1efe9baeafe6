package io.rstscope.pairing.clock;

/**
 * A packet that both captures show once.
 *
 * @param fromClient its direction
 * @param nanosHere by the clock here, since 1970
 * @param nanosThere by the clock there
 * @param frameHere number in this capture, from 1
 * @param frameThere number in the other one
 */
public record SharedPacket(
    boolean fromClient, long nanosHere, long nanosThere, long frameHere, long frameThere) {}
