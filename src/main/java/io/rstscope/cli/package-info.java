/** The command line: options, exit statuses, and the wiring of all parts. */
package io.rstscope.cli;
