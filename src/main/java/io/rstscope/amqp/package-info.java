/**
 * What an AMQP connection says of itself: how far its handshake came, which heartbeat was agreed,
 * who the client is, who closed it and why. AMQP 0-9-1 and 1.0.
 *
 * <p>Only frames of the connection itself are read; messages are stepped over by their lengths. The
 * credentials that a client sends (start-ok and secure-ok responses, update-secret, SASL init and
 * response) are never decoded, stored or copied. Payloads are hostile: no length is trusted, no
 * content throws, and what is kept of a connection is bounded. This package knows only {@code
 * wire}; one thread uses it at a time.
 */
package io.rstscope.amqp;
