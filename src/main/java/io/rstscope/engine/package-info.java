/**
 * One capture through all steps, from packets to verdicts, within a share of the memory that is
 * kept: what commands and other programs call.
 */
package io.rstscope.engine;
