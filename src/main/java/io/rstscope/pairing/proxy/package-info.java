/**
 * Two captures on the two sides of a proxy that ends TCP: no packet is in both, but what the one
 * leg carries the other one does a moment later. Joins the legs of one connection, sets the clocks
 * by what they carry, and says which leg ended first.
 */
package io.rstscope.pairing.proxy;
