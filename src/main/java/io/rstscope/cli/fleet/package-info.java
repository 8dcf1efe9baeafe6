/** The commands for many captures: the schema of their records, the archive, the fleet's page. */
package io.rstscope.cli.fleet;
