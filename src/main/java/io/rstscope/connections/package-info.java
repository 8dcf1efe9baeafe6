/**
 * The broker's list of its connections, joined with what the packets show.
 *
 * <p>The list is text from elsewhere: nothing in it makes the program fail, and of each connection
 * only what is named here is kept, cut to reasonable lengths.
 */
package io.rstscope.connections;
