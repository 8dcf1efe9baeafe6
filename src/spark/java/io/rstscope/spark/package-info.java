/**
 * {@code rstscope archive} on a cluster: Spark analyses captures, one a task, and writes a store of
 * the same layout, wherever Hadoop's file systems reach. Compiled in the profile {@code spark}
 * only; knows {@code archive}, and nobody knows it.
 */
package io.rstscope.spark;
