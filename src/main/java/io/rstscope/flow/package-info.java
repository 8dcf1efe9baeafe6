/**
 * From segments to flows: the flow table, and what each flow's two endpoints looked like so far.
 *
 * <p>Nothing is allocated per packet or per flow but the pages of the store. One thread owns a
 * tracker with its table; time is that of the packets.
 */
package io.rstscope.flow;
