/** The idle timers of the paths, as the connections show that did not survive their silences. */
package io.rstscope.judge.timer;
