/** Values of networks that all other packages name: sides, ends, ports, addresses, words. */
package io.rstscope.net;
