/** Who sent a reset: clues, their weights, and the verdict they give together. */
package io.rstscope.judge.sender;
