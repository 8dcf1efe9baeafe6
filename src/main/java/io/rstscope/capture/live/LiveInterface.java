package io.rstscope.capture.live;

import java.util.List;

/**
 * An interface that may be captured.
 *
 * @param name for {@code -i}
 * @param description of libpcap, or null
 * @param up whether it is up and running
 * @param loopback whether it never leaves the host
 * @param addresses without prefix lengths; IPv6 ones without zone
 * @param linkType what captures of it begin with, such as {@code EN10MB}; null when it is not
 *     known, since it takes the privilege to open the interface
 */
public record LiveInterface(
    String name,
    String description,
    boolean up,
    boolean loopback,
    List<String> addresses,
    String linkType) {}
