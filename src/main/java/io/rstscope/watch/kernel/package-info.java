/**
 * The kernel of the capturing host as a witness: its trace events tell which resets it sent, why,
 * and which ones its sockets took.
 */
package io.rstscope.watch.kernel;
