/** Which losses belong to one event, and what they have in common. */
package io.rstscope.judge.incident;
