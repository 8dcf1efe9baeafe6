/**
 * A fleet's archive: the records of many captures in Parquet, by day and broker. An embedded engine
 * reads and writes the files, by {@code java.sql} alone; it comes with the package rstscope-fleet.
 *
 * <p>A store is whole at any moment: what {@link io.rstscope.archive.Manifest} lists is in it, and
 * nothing else; a commit replaces that one file.
 */
package io.rstscope.archive;
