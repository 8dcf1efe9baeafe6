/** What the host says of itself: its addresses, and who listens on its ports. */
package io.rstscope.watch.host;
