/** The command line: commands, exit statuses, and the wiring of all parts. */
package io.rstscope.cli;
