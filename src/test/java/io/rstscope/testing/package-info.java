/** Packets and captures made by hand, for the tests of all packages. */
package io.rstscope.testing;
