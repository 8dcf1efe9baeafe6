package io.rstscope.pairing;

import io.rstscope.net.HostPort;

/**
 * A client that a NAT shows at another address or port.
 *
 * @param here as this capture has it
 * @param there as the other capture has it
 */
public record Translation(HostPort here, HostPort there) {}
