/** What others than the packets of a capture say of its resets. */
package io.rstscope.reset.witness;
