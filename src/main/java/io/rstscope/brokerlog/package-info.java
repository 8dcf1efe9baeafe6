/**
 * What RabbitMQ's log says of connections that ended, joined with what the packets show.
 *
 * <p>The log is text from elsewhere: nothing in it makes reading fail, and what it holds is cut to
 * reasonable lengths.
 */
package io.rstscope.brokerlog;
