package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.Recording;
import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs the clues about each reset to a verdict.
 *
 * <p>Two explanations compete: the claimed sender sent the reset, or something between the two did.
 * Each clue adds its weight to one of them; the sum is the log-odds of the verdict.
 */
public final class Attributor {
  /** An array, since it is gone through for each reset. */
  private static final Clue[] CLUES = {
    new LifeAfterReset(),
    new SocketContinuity(),
    new ReceivedOrSent(),
    new TtlClue(),
    new RoundTrip(),
    new MacClue(),
    new ShapeClue(),
    new SequenceClue(),
    new EarlierReset(),
    new VantageClue(),
    new ReasonToReset(),
    new SilenceAfterwards(),
    new FlowLabel(),
    new Reflection(),
    new Ladder(),
    new DeviceCode(),
    new MptcpReason(),
    new ResetPair(),
    new KernelClue(),
    new OtherSideClue(),
    new MissingPackets()
  };

  private Attributor() {}

  /**
   * Weighs all clues to who sent an RST.
   *
   * @param peerMayBeProxy whether that may be so of the broker's peer in this flow
   */
  public static Verdict judge(
      ResetObservation reset,
      FlowContext flow,
      CaptureContext captureContext,
      boolean peerMayBeProxy) {
    List<Evidence> evidence = new ArrayList<>();
    for (Clue clue : CLUES) {
      Evidence found = clue.examine(reset, flow, captureContext);
      if (found != null) {
        evidence.add(placeOf(found, evidence), found);
      }
    }
    double logOdds = Weights.PRIOR_CLAIMED_SENDER;
    for (Evidence one : evidence) {
      logOdds += signed(one);
    }
    return verdict(
        highest(reset, flow.observation(), captureContext.recording(), logOdds >= 0),
        reset,
        logOdds,
        List.copyOf(evidence),
        reset.from() == Side.CLIENT && peerMayBeProxy);
  }

  /** Behind all that weigh as much or more. */
  private static int placeOf(Evidence found, List<Evidence> heaviestFirst) {
    int place = heaviestFirst.size();
    while (place > 0 && heaviestFirst.get(place - 1).weight() < found.weight()) {
      place--;
    }
    return place;
  }

  private static Verdict verdict(
      double highest,
      ResetObservation reset,
      double logOdds,
      List<Evidence> evidence,
      boolean peerMayBeProxy) {
    boolean claimed = logOdds >= 0;
    double probability = 1 / (1 + Math.exp(-Math.abs(logOdds)));
    boolean imitable = isImitable(evidence, logOdds);
    double confidence =
        Math.min(
            probability, Math.min(highest, imitable ? Weights.MAX_WHEN_IMITABLE : Weights.MAX));
    Sender sender = claimed ? Sender.of(reset.from()) : Sender.MIDDLEBOX;
    boolean nothingBefore =
        claimed
            && reset.sender().packets() == 0
            && reset.other().packets() == 0
            && reset.shape() != Shape.REFUSAL
            && evidence.stream().noneMatch(each -> each.clue() == ClueKind.TTL);
    if (probability < Weights.DECIDED || nothingBefore || isIndistinguishable(evidence)) {
      sender = Sender.UNDETERMINED;
      confidence = Math.min(confidence, Weights.DECIDED);
    }
    return new Verdict(
        sender, confidence, claimed ? confidence : 1 - confidence, peerMayBeProxy, evidence);
  }

  /**
   * Nothing is claimed with certainty from packets that are not there, and no side is named with
   * certainty of which the name is a guess.
   *
   * @param claimed whether the claimed sender is to be named
   */
  private static double highest(
      ResetObservation reset, FlowObservation flow, Recording recording, boolean claimed) {
    if (claimed && flow.rolesGuessed()) {
      return Weights.MAX_WHEN_ROLES_GUESSED;
    }
    boolean incomplete = MissingPackets.missing(reset, flow, recording) != null;
    return incomplete ? Weights.MAX_WHEN_INCOMPLETE : Weights.MAX;
  }

  /** Whether somebody else can have produced all that speaks for the verdict. */
  private static boolean isImitable(List<Evidence> evidence, double logOdds) {
    for (Evidence one : evidence) {
      if (!one.imitable() && signed(one) * logOdds > 0) {
        return false;
      }
    }
    return true;
  }

  /** No clue has any weight but those that look the same for both explanations. */
  private static boolean isIndistinguishable(List<Evidence> evidence) {
    for (Evidence one : evidence) {
      if (one.weight() != 0 && !(one.clue() == ClueKind.MAC && one.imitable())) {
        return false;
      }
    }
    return true;
  }

  private static double signed(Evidence evidence) {
    return switch (evidence.pointsTo()) {
      case CLIENT, BROKER -> evidence.weight();
      case MIDDLEBOX -> -evidence.weight();
      case UNDETERMINED -> 0;
    };
  }
}
