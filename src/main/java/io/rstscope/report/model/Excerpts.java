package io.rstscope.report.model;

import io.rstscope.judge.cause.FlowVerdict;
import java.util.IdentityHashMap;

/** The packets of flows, read for the outputs that show them. */
public final class Excerpts {
  /** No output asked for packets. */
  public static final Excerpts NONE = new Excerpts(new IdentityHashMap<>(), 0, null);

  private final IdentityHashMap<FlowVerdict, FlowExcerpt> byFlow;
  private final long flowsLeftOut;
  private final String missing;

  /**
   * @param byFlow is copied
   * @param flowsLeftOut flows that matter whose packets were not read, since there are too many
   * @param missing why packets are missing, a clause, or null when none are
   */
  public Excerpts(
      IdentityHashMap<FlowVerdict, FlowExcerpt> byFlow, long flowsLeftOut, String missing) {
    this.byFlow = new IdentityHashMap<>(byFlow);
    this.flowsLeftOut = flowsLeftOut;
    this.missing = missing;
  }

  /** Without packets, for a reason given in a clause. */
  public static Excerpts missing(String why) {
    return new Excerpts(new IdentityHashMap<>(), 0, why);
  }

  /** The packets of a flow, or null when they were not read. */
  public FlowExcerpt of(FlowVerdict flow) {
    return byFlow.get(flow);
  }

  /** Flows that matter whose packets were not read, since there are too many. */
  public long flowsLeftOut() {
    return flowsLeftOut;
  }

  /**
   * Why packets are missing, a clause: the capture was a pipe, or could not be read to its end a
   * second time; null when none are.
   */
  public String missing() {
    return missing;
  }
}
