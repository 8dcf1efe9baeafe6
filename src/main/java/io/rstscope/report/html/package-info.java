/** The report as one page that needs nothing else. */
package io.rstscope.report.html;
