/**
 * What an archive says of a whole fleet: where connections are lost, timers, incidents, changes.
 */
package io.rstscope.fleet;
