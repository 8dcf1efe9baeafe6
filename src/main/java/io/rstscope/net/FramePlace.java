package io.rstscope.net;

/**
 * Where a packet lies in a capture of several files.
 *
 * @param file name of the file, as given
 * @param frame its number there, from 1
 */
public record FramePlace(String file, long frame) {}
