package io.rstscope.pairing.proxy;

import io.rstscope.capture.PacketSource;
import io.rstscope.net.PortSet;
import io.rstscope.pairing.Span;
import io.rstscope.pairing.clock.Clocks;
import io.rstscope.pairing.clock.SharedPacket;
import io.rstscope.reset.FlowObservation;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The connections of which both captures have a leg.
 *
 * @param connections in the order in which they began here; empty when there are none
 * @param clocks set by what both legs carried; null when there are none
 */
public record ProxiedConnections(List<ProxiedConnection> connections, Clocks clocks) {
  private static final ProxiedConnections NONE = new ProxiedConnections(List.of(), null);

  /** A capture with its flows. */
  public record Side(List<FlowObservation> flows, Span span, PacketSource source) {}

  /**
   * Finds them: reads what the flows carried.
   *
   * @param here of this capture those that are reported
   * @param there of the other capture all
   * @param ports as in the first reading
   * @param stop asked for each packet
   */
  public static ProxiedConnections of(Side here, Side there, PortSet ports, BooleanSupplier stop) {
    List<Leg> legsHere = LegReader.read(here.flows, here.source, ports, stop);
    List<Leg> legsThere = LegReader.read(there.flows, there.source, ports, stop);
    List<LegPair> pairs = LegPairs.of(legsHere, legsThere);
    List<SharedPacket> shared =
        pairs.stream()
            .flatMap(pair -> pair.shared().stream())
            .sorted(Comparator.comparingLong(SharedPacket::frameHere))
            .toList();
    Clocks clocks = Clocks.of(shared);
    if (clocks.pieces().isEmpty()) {
      return NONE;
    }
    EndRule rule = new EndRule(clocks, here.span, there.span);
    return new ProxiedConnections(pairs.stream().map(rule::of).toList(), clocks);
  }
}
