package io.rstscope.watch;

import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.witness.KernelRecord;
import java.util.List;
import java.util.Map;

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
 * @param kernel what the kernel recorded of its resets, by their frames
 */
record FlowEvent(
    String source,
    long flow,
    FlowObservation observation,
    boolean last,
    List<EvidencePacket> packets,
    Trouble trouble,
    Map<Long, KernelRecord> kernel) {
  FlowEvent(
      String source,
      long flow,
      FlowObservation observation,
      boolean last,
      List<EvidencePacket> packets) {
    this(source, flow, observation, last, packets, Trouble.NONE, Map.of());
  }

  FlowEvent with(FlowObservation completed) {
    return new FlowEvent(source, flow, completed, last, packets, trouble, kernel);
  }

  /** The same with what else is known. */
  FlowEvent with(Trouble known, Map<Long, KernelRecord> records) {
    return new FlowEvent(source, flow, observation, last, packets, known, records);
  }
}
