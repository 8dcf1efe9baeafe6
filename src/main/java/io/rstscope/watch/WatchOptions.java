package io.rstscope.watch;

import io.rstscope.engine.BrokerAccounts;
import io.rstscope.net.PortSet;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.watch.incident.IncidentOptions;
import io.rstscope.watch.record.Recorder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the agent is to do.
 *
 * @param feeds interfaces and captures that are still being written, at least one
 * @param ports of the broker
 * @param snapLength bytes of each packet that are kept as evidence at most
 * @param maxFlows flows held at once, on each
 * @param limits what is kept of them on each
 * @param maxOpenCases flows of all interfaces that were judged and may be judged again
 * @param withHarmless whether harmless endings are told of too
 * @param json file that takes notices as NDJSON, or null
 * @param jsonLimits when it is put aside
 * @param evidence what to keep of lost connections, or null
 * @param recorder writes all packets of the only feed, or null; opened when the agent runs
 * @param onIncident what to run of incidents, or null
 * @param hosts file of names, or null
 * @param accounts what the broker itself says of its connections; asked on the judging thread
 * @param management how the API is that the accounts are from, asked from any thread; or null
 * @param kernel the trace instance in which the kernel records resets, or null
 * @param metrics where to serve metrics, or null
 * @param version of the program, for the metrics
 * @param forNanos when to end, nanoseconds after the start; {@link Long#MAX_VALUE} for never
 * @param maxLosses after how many lost connections to end; {@link Long#MAX_VALUE} for never
 * @param afterLossNanos how long after the first lost connection to end, 1 or more; {@link
 *     Long#MAX_VALUE} for never
 */
public record WatchOptions(
    List<Feed> feeds,
    PortSet ports,
    int snapLength,
    int maxFlows,
    ObserverLimits limits,
    int maxOpenCases,
    boolean withHarmless,
    Path json,
    FileLimits jsonLimits,
    Evidence evidence,
    Recorder recorder,
    IncidentOptions onIncident,
    Path hosts,
    BrokerAccounts accounts,
    Supplier<ManagementStatus> management,
    Path kernel,
    InetSocketAddress metrics,
    String version,
    long forNanos,
    long maxLosses,
    long afterLossNanos) {
  /**
   * What is kept of lost connections.
   *
   * @param folder where to
   * @param payload whether payload is kept too, as far as it was captured
   * @param maxFiles after so many the oldest go, 1 or more
   * @param maxBytes beyond so much in all the oldest go
   */
  public record Evidence(Path folder, boolean payload, int maxFiles, long maxBytes) {
    /**
     * Bytes of memory that each flow takes for it.
     *
     * @param snapLength bytes that are captured of a packet
     */
    public long bytesPerFlow(int snapLength) {
      return LastPackets.bytesPerFlow(payload, snapLength);
    }
  }
}
