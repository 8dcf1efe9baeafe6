/** What is known of a flow, of the capture and of the hosts in it, before anything is judged. */
package io.rstscope.judge.context;
