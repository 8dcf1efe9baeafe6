/**
 * One immutable report model, and one file for each format it is written in.
 *
 * <p>The names and words that others read are documented in {@link io.rstscope.report.Vocabulary}.
 */
package io.rstscope.report;
