package io.rstscope.capture.live;

/**
 * How an interface is captured.
 *
 * @param snapLength bytes kept of each packet, 64 to 262,144
 * @param ringBytes size of the kernel's ring, in bytes
 * @param filter what the kernel lets through
 */
public record LiveOptions(int snapLength, int ringBytes, KernelFilter filter) {}
