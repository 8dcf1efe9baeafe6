/** The report as a table for spreadsheets. */
package io.rstscope.report.csv;
