package io.rstscope.testing.day;

import java.time.Duration;

/**
 * How much happens.
 *
 * @param killed clients that die at a moment of chance, half of them with heartbeats
 * @param killedBehindProxy clients that die behind the proxy, which passes their end on
 * @param cut connections that the proxy's timer ends
 * @param forgotten connections that the firewall forgets
 * @param closed connections that close in an orderly way
 * @param living connections with heartbeats that live on
 * @param checkEvery how often the health checker looks whether the port is open
 */
public record Plan(
    Duration length,
    int killed,
    int killedBehindProxy,
    int cut,
    int forgotten,
    int closed,
    int living,
    Duration checkEvery) {
  /** Six hours, 890 endings beside the checks. */
  public static final Plan SIX_HOURS =
      new Plan(Duration.ofHours(6), 240, 120, 180, 150, 200, 40, Duration.ofSeconds(5));

  /** The same with nothing in it that ends by a timer. */
  public Plan withoutTimers() {
    return new Plan(length, killed, killedBehindProxy, 0, 0, closed, living, checkEvery);
  }
}
