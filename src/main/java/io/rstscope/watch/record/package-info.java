/** A ring of capture files, without passwords and messages. */
package io.rstscope.watch.record;
