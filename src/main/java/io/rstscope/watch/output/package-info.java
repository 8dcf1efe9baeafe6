/** What files of the agent are to be like, and what is not to be written to. */
package io.rstscope.watch.output;
