/** Compares what we see in captures with what Wireshark does, where it is installed. */
package io.rstscope.tshark;
