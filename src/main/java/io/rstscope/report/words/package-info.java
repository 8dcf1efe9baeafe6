/** The words of the reports: sentences, units and labels that all formats share. */
package io.rstscope.report.words;
