package io.rstscope.attribution;

import io.rstscope.reset.FlowObservation;
import java.util.List;

/**
 * What is concluded about a flow.
 *
 * @param verdicts one for each reset of the flow, in its order
 */
public record FlowVerdict(FlowObservation flow, List<Verdict> verdicts, Ending ending) {}
