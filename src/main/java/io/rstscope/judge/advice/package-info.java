/** What to do about a loss, and which commands confirm it. */
package io.rstscope.judge.advice;
