/** Groups of options, and how their values are read: nothing here opens a file or speaks. */
package io.rstscope.cli.options;
