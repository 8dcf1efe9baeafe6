package io.rstscope.watch;

import io.rstscope.reset.FlowObservation;
import java.util.List;

/**
 * A flow that was reset or lost, as it looks at a moment; handed from the thread that captures to
 * the one that judges.
 *
 * @param source the interface
 * @param flow tells flows of that interface apart, whatever their addresses; from 1
 * @param observation what was measured
 * @param last whether the flow has left the table: nothing more will be seen of it
 * @param packets its last packets, empty when no evidence is kept
 * @param trouble what may have hidden something
 */
record Sighting(
    String source,
    long flow,
    FlowObservation observation,
    boolean last,
    List<EvidencePacket> packets,
    Trouble trouble) {
  private static final Trouble NO_TROUBLE = new Trouble(0, 0);

  Sighting(
      String source,
      long flow,
      FlowObservation observation,
      boolean last,
      List<EvidencePacket> packets) {
    this(source, flow, observation, last, packets, NO_TROUBLE);
  }

  Sighting with(Trouble known) {
    return new Sighting(source, flow, observation, last, packets, known);
  }
}
