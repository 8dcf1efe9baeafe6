/** What a report tells, the same for all formats: captures, endings in groups, notices, sums. */
package io.rstscope.report.model;
