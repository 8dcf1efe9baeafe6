/**
 * Protocol headers, one file a protocol: a drawing of the header, offsets, and accessors over
 * {@code byte[]} and an offset.
 *
 * <p>Nothing here allocates, keeps state or throws for what a packet says; callers check once that
 * the header lies within the captured bytes, and accessors never fail after that. This package
 * knows nothing else of ours.
 */
package io.rstscope.wire;
