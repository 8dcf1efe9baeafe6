/** Why a connection ended, and who ended it. */
package io.rstscope.judge.cause;
