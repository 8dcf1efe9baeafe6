/** A day at a broker: many connections, of which each has a story of its own, and their truth. */
package io.rstscope.testing.day;
