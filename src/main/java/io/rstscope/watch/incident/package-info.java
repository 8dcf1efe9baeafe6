/** Runs the user's program once for each event in which connections are lost. */
package io.rstscope.watch.incident;
