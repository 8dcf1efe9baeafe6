package io.rstscope.amqp;

/**
 * What a proxy wrote before the client's first byte (the PROXY protocol of HAProxy).
 *
 * @param address the address of the client behind the proxy, as text, or null when the proxy speaks
 *     for itself or does not know
 * @param port the client's port, 0 to 65,535, or -1 when it is not said
 * @param version 1 or 2
 */
public record ProxyHeader(String address, int port, int version) {}
