/**
 * Capturing from interfaces, through pcap4j: listing them, opening them, statistics.
 *
 * <p>All of it loads pcap4j, JNA and libpcap, which takes about 0.3 s; nothing else of ours does,
 * but a filter on files.
 */
package io.rstscope.capture.live;
