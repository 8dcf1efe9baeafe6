/** Silences of recorded connections, made as long as they are in real networks. */
package io.rstscope.testing.waits;
