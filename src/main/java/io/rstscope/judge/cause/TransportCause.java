package io.rstscope.judge.cause;

import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.List;

/**
 * The cause when AMQP said nothing of it: from FINs, resets, silences and what happened to other
 * flows. Whoever sent the reset has a class of his own.
 */
public final class TransportCause {
  private final FlowCase flowCase;
  private final FlowObservation flow;
  private final Surroundings surroundings;
  private final ResetObservation decisive;
  private final Verdict verdict;

  public TransportCause(FlowCase flowCase, List<Verdict> verdicts, Surroundings surroundings) {
    this.flowCase = flowCase;
    this.flow = flowCase.observation();
    this.surroundings = surroundings;
    int place = flow.placeOfDecisive();
    this.decisive = flow.decisiveReset();
    this.verdict = place < 0 ? null : verdicts.get(place);
  }

  /** The reset that ended the connection or answered its end, or null when none did. */
  public ResetObservation decisive() {
    return decisive;
  }

  /** Whether the broker's sockets reset many connections at once, this one among them. */
  public boolean isOneOfMany() {
    return decisive != null && surroundings.endedTogether(flow, decisive) >= Thresholds.MANY;
  }

  /** Whether the broker closed many connections at once, this one among them, as told to. */
  public boolean isOneOfManyForced() {
    return surroundings.forcedTogether(flow) >= Thresholds.MANY
        || surroundings.isShuttingDown(flow, flow.lastNanos());
  }

  /** Whether the broker reset the connection while it shut down in order. */
  public boolean isAtShutdown() {
    return decisive != null
        && verdict.sender() == Sender.BROKER
        && surroundings.isShuttingDown(flow, decisive.packet().timeNanos());
  }

  /** Whether the reset that ended the connection came from something in the path. */
  public boolean isByMiddlebox() {
    return decisive != null && verdict.sender() == Sender.MIDDLEBOX;
  }

  public Finding finding() {
    if (decisive == null || decisive.role() == Role.ANSWERS_CLOSE) {
      return new FinCause(flow, surroundings).finding();
    }
    return switch (verdict.sender()) {
      case MIDDLEBOX -> new MiddleboxCause(flowCase, decisive, surroundings).finding();
      case CLIENT -> byClient();
      case BROKER -> isAtShutdown() ? BrokerCause.shutdown() : byBroker();
      case UNDETERMINED -> open();
    };
  }

  private Finding byClient() {
    return new ClientCause(flow, decisive, surroundings).finding();
  }

  private Finding byBroker() {
    return new BrokerCause(flow, decisive, surroundings).finding();
  }

  private Finding open() {
    Finding unanswered =
        decisive.fromClient() && decisive.other().unanswered() > 0 ? byClient() : null;
    return unanswered != null
        ? Finding.of(
            Sender.UNDETERMINED,
            unanswered.cause(),
            0.5,
            unanswered.says() + ", or a device in the path did so" + whereToCapture())
        : Finding.undetermined(
            "the capture does not tell who sent the reset that ended it" + whereToCapture());
  }

  /** What leaves a host itself shows only in a capture there. */
  private String whereToCapture() {
    boolean client = decisive.fromClient();
    String who = Sender.endpoint(client).word();
    return surroundings.recording().vantage().isAt(client)
        ? ""
        : "; a capture at the "
            + who
            + "'s host at the same time would: it shows what leaves there";
  }
}
