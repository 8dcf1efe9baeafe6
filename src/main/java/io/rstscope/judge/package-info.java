/**
 * Who sent each reset, and why each connection ended: {@link io.rstscope.judge.Attribution} judges
 * the observations of a capture together.
 *
 * <p>Knowledge flows one way: what is known of flow, capture and host ({@code context}), who sent
 * each reset ({@code sender}), which idle timers the paths have ({@code timer}), why each
 * connection ended ({@code cause}), then which losses belong together ({@code incident}) and what
 * to do about them ({@code advice}).
 */
package io.rstscope.judge;
