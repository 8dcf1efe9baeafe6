/** The report for a terminal or a file that people read. */
package io.rstscope.report.text;
