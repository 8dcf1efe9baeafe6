package io.rstscope.engine;

import io.rstscope.judge.context.Vantage;
import io.rstscope.net.PortSet;
import io.rstscope.reset.FlowObservation;
import java.util.function.Predicate;

/**
 * What to look for in a capture, and how.
 *
 * @param ports of the brokers
 * @param memory how much may be kept
 * @param allFlows whether flows that were neither reset nor lost are judged too
 * @param named whether the user asks for that connection: it has room before others
 * @param vantage where the capture was taken, or null to infer it from the packets
 * @param accounts what the broker itself says of the flows
 */
public record AnalysisOptions(
    PortSet ports,
    MemoryPlan memory,
    boolean allFlows,
    Predicate<FlowObservation> named,
    Vantage vantage,
    BrokerAccounts accounts) {
  /** RabbitMQ's port without TLS, the memory of this process, flows that were reset or lost. */
  public static AnalysisOptions defaults() {
    return new AnalysisOptions(
        PortSet.parse("5672"),
        MemoryPlan.ofThisProcess(),
        false,
        flow -> false,
        null,
        BrokerAccounts.NONE);
  }

  /** The same for other ports. */
  public AnalysisOptions withPorts(PortSet other) {
    return new AnalysisOptions(other, memory, allFlows, named, vantage, accounts);
  }

  /** The same for a capture that was taken there; null to infer it. */
  public AnalysisOptions takenAt(Vantage place) {
    return new AnalysisOptions(ports, memory, allFlows, named, place, accounts);
  }

  /** The same for all flows. */
  public AnalysisOptions withAllFlows() {
    return new AnalysisOptions(ports, memory, true, named, vantage, accounts);
  }
}
