/**
 * Reads captures once more for the packets of those flows that the outputs show: the first reading
 * keeps none. Files only; what can be read once has no excerpts.
 */
package io.rstscope.excerpt;
