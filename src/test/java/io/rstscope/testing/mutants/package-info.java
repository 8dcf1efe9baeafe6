/**
 * Captures made from others by chance, the same ones for the same seed: nobody's story, but legal.
 */
package io.rstscope.testing.mutants;
