package io.rstscope.watch;

import io.rstscope.capture.live.LiveOptions;
import io.rstscope.flow.PortSet;
import io.rstscope.reset.ObserverLimits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * What the agent is to do.
 *
 * @param interfaces their names, at least one
 * @param ports of the broker
 * @param live how each is captured
 * @param maxFlows flows held at once, on each
 * @param limits what is kept of them on each
 * @param maxOpenCases flows of all interfaces that were judged and may be judged again
 * @param withHarmless whether harmless endings are told of too
 * @param json file that takes notices as NDJSON, or null
 * @param jsonLimits when it is put aside
 * @param evidence what to keep of lost connections, or null
 * @param metrics where to serve metrics, or null
 * @param version of the program, for the metrics
 * @param forNanos when to end, nanoseconds after the start; {@link Long#MAX_VALUE} for never
 * @param maxLosses after how many lost connections to end; {@link Long#MAX_VALUE} for never
 */
public record WatchOptions(
    List<String> interfaces,
    PortSet ports,
    LiveOptions live,
    int maxFlows,
    ObserverLimits limits,
    int maxOpenCases,
    boolean withHarmless,
    Path json,
    FileLimits jsonLimits,
    Evidence evidence,
    InetSocketAddress metrics,
    String version,
    long forNanos,
    long maxLosses) {
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
