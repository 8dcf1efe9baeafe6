/** The report as NDJSON records, whose names are a contract. */
package io.rstscope.report.json;
