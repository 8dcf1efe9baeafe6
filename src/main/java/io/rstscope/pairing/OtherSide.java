package io.rstscope.pairing;

import io.rstscope.pairing.clock.ClockLine;
import io.rstscope.pairing.clock.ClockStep;
import io.rstscope.pairing.proxy.ProxiedConnection;
import io.rstscope.pairing.proxy.ProxiedConnections;
import io.rstscope.reset.witness.Crossing;
import java.util.List;
import java.util.Map;

/**
 * What a capture at the other end shows.
 *
 * @param capture its name, without folders
 * @param path as given on the command line
 * @param standing what both are to each other; {@link Standing#COMPARED} when it is of use
 * @param problem why it could not be read to its end, or null
 * @param resets RSTs in it, whether they are here, too, or not
 * @param clock how its clock runs, where it was set in the part with most packets; null unless
 *     compared
 * @param clockSteps when one of the clocks was set
 * @param fromClient packets of clients that it lacks, or null unless compared
 * @param fromBroker packets of brokers that it lacks, or null unless compared
 * @param lostToBroker packets lost between both on their way to brokers, or null unless compared
 * @param lostToClient packets lost the other way, or null unless compared
 * @param connections that were reset or lost and are in both
 * @param translations their clients that a NAT shows at another address or port
 * @param stopped resets that left there and did not arrive here
 * @param proxied connections that a proxy between both captures ended, of which each has a leg
 * @param crossings by the frames of resets here
 * @param frames which packets here are which there
 */
public record OtherSide(
    String capture,
    String path,
    Standing standing,
    String problem,
    long resets,
    ClockLine clock,
    List<ClockStep> clockSteps,
    Missing fromClient,
    Missing fromBroker,
    PathLoss lostToBroker,
    PathLoss lostToClient,
    int connections,
    List<Translation> translations,
    List<StoppedReset> stopped,
    List<ProxiedConnection> proxied,
    Map<Long, Crossing> crossings,
    FramePairs frames) {
  /** The same for a summary, when resets are judged and packets shown. */
  public OtherSide withoutPackets() {
    return new OtherSide(
        capture,
        path,
        standing,
        problem,
        resets,
        clock,
        clockSteps,
        fromClient,
        fromBroker,
        lostToBroker,
        lostToClient,
        connections,
        translations,
        stopped,
        proxied,
        Map.of(),
        FramePairs.NONE);
  }

  /** The same with a proxy between, of whose connections each capture has a leg. */
  public OtherSide behindProxy(ProxiedConnections legs) {
    return new OtherSide(
        capture,
        path,
        Standing.PROXY_BETWEEN,
        problem,
        resets,
        legs.clocks().line(),
        legs.clocks().steps(),
        null,
        null,
        null,
        null,
        legs.connections().size(),
        List.of(),
        List.of(),
        legs.connections(),
        Map.of(),
        FramePairs.NONE);
  }

  /** One that is of no use. */
  static OtherSide without(
      String capture, String path, Standing standing, String problem, long resets) {
    return new OtherSide(
        capture,
        path,
        standing,
        problem,
        resets,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        0,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        FramePairs.NONE);
  }
}
