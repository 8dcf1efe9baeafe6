package io.rstscope.report.model;

import java.util.Map;

/**
 * What the capturing host's kernel counted of its resets while it was watched, in its network
 * namespace.
 *
 * @param counted by how much each counter rose; without those that the kernel does not have
 * @param captured resets with an address of that host that were captured and judged, each once
 */
public record HostTcp(Map<TcpCounter, Long> counted, long captured) {
  /**
   * How many of the captured resets no socket of this kernel sent, at least: a packet filter on the
   * host, a container behind its address, or somebody else with it. The kernel counts a reset
   * before it sends it.
   */
  public long notOfSockets() {
    Long sent = counted.get(TcpCounter.OUT_RSTS);
    return sent == null ? 0 : Math.max(0, captured - sent);
  }
}
