package io.rstscope.attribution;

import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import java.util.List;

/**
 * The TTL against the baseline of that direction of that flow. What counts is that it differs, not
 * by how much: a device in the path has its own distance and its own initial TTL.
 */
final class TtlClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    EndpointState sender = reset.sender();
    if (sender.packets() == 0) {
      return againstOtherFlows(reset, flow, surroundings);
    }
    int ttl = reset.packet().ttl();
    if (ttl == sender.ttl()) {
      boolean remote = InitialTtl.hops(ttl) > 0;
      return evidence(
          reset,
          Sender.endpoint(reset.fromClient()),
          remote ? Weights.TTL_SAME_REMOTE : 0,
          "TTL " + ttl + " as in the sender's packets before");
    }
    boolean seenBefore = ttl == sender.otherTtl();
    boolean steady = sender.otherTtlCount() == 0;
    String says = "TTL " + ttl + ", where the sender's packets before had " + sender.ttl();
    if (seenBefore) {
      return evidence(reset, Sender.UNDETERMINED, 0, says + " and sometimes " + ttl);
    }
    return evidence(
        reset, Sender.MIDDLEBOX, steady ? Weights.TTL_DIFFERS : Weights.TTL_DIFFERS_UNSTEADY, says);
  }

  /** Weaker: behind one address there may be several hosts, and paths differ. */
  private static Evidence againstOtherFlows(
      ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    boolean client = reset.fromClient();
    String address = (client ? flow.observation().client() : flow.observation().broker()).address();
    int usual = surroundings.onlyTtlOf(address);
    if (usual < 0) {
      return null;
    }
    int ttl = reset.packet().ttl();
    boolean same = ttl == usual;
    return new Evidence(
        ClueKind.TTL,
        same ? Sender.endpoint(client) : Sender.MIDDLEBOX,
        same ? sameElsewhere(ttl) : Weights.TTL_DIFFERS_ELSEWHERE,
        true,
        "TTL "
            + ttl
            + (same ? ", as" : ", where")
            + " other flows of "
            + address
            + " have "
            + usual,
        List.of(reset.packet().frame()));
  }

  /** On the same segment a device in the path has that TTL as well. */
  private static double sameElsewhere(int ttl) {
    return InitialTtl.hops(ttl) > 0 ? Weights.TTL_SAME_ELSEWHERE : 0;
  }

  private static Evidence evidence(
      ResetObservation reset, Sender pointsTo, double weight, String says) {
    boolean imitable = pointsTo != Sender.MIDDLEBOX;
    return new Evidence(
        ClueKind.TTL,
        pointsTo,
        weight,
        imitable,
        says,
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }
}
