package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.judge.context.HiddenBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.FlowObservation;

/**
 * Holds a cause that rests on what was not said against what is not in the capture: nothing is
 * claimed from missing packets.
 */
public final class MissingWords {
  /** Of a cause that words among lost bytes may contradict. */
  private static final double DOUBTFUL = 0.6;

  /** From here on more than the missing words speaks for it. */
  private static final double CERTAIN = 0.9;

  /** Who closes in AMQP waits no longer for the answer than it takes to come. */
  private static final long LAST_WORDS_NANOS = 1_000_000_000L;

  private MissingWords() {}

  /** The finding, or a weaker one that says what is missing. */
  public static Finding weigh(Finding finding, FlowObservation flow) {
    boolean broker = finding.cause() == Cause.BROKER_ABORT;
    boolean client = finding.cause() == Cause.CLIENT_ABORT;
    if (!broker && !client) {
      return finding;
    }
    String unread = unread(flow);
    if (client && flow.closing() == null) {
      return unread == null ? finding : doubtful(finding, "; what was said before " + unread);
    }
    String why = whyNotToBeTold(flow, unread);
    if (why != null) {
      return Finding.of(
          broker ? Sender.BROKER : Sender.CLIENT,
          Cause.UNDETERMINED,
          0.5,
          (broker ? "the broker" : "the client") + " ended the connection; " + why);
    }
    if (flow.amqp() == null) {
      return finding;
    }
    boolean sure = finding.confidence() >= CERTAIN;
    if (flow.amqp().lostToGaps() && !sure) {
      String missing = "; but bytes are missing from the capture, perhaps that close";
      return broker ? Finding.undetermined(finding.says() + missing) : doubtful(finding, missing);
    }
    return flow.amqp().lostToSnapLength()
        ? doubtful(finding, "; but the capture cuts packets, perhaps that close")
        : finding;
  }

  private static Finding doubtful(Finding finding, String why) {
    return Finding.of(
        finding.endedBy(),
        finding.cause(),
        Math.min(finding.confidence(), DOUBTFUL),
        finding.says() + why);
  }

  private static String whyNotToBeTold(FlowObservation flow, String unread) {
    if (flow.clientState().packets() == 0 || flow.brokerState().packets() == 0) {
      return "why is not to be told from one direction alone";
    }
    if (unread != null) {
      return "whether it closed it in AMQP first " + unread;
    }
    return saidNothing(flow.amqp()) && beganLate(flow)
        ? "what was said before it is not in the capture"
        : null;
  }

  /** A clause about why none of the words can be read, or null when they can. */
  private static String unread(FlowObservation flow) {
    AmqpSnapshot amqp = flow.amqp();
    if (amqp != null && amqp.protocol() == AmqpProtocol.TLS) {
      return "cannot be read (TLS)";
    }
    if (amqp != null && amqp.protocol().isForeign()) {
      return "is not to be told: it spoke something else";
    }
    if (flow.hasPayload() ? saidNothing(amqp) : HiddenBytes.any(flow)) {
      return "is not in the capture, which holds no payload";
    }
    return null;
  }

  /** Too short before the end for its last words to be in the capture. */
  private static boolean beganLate(FlowObservation flow) {
    return !flow.handshakeSeen() && endNanos(flow) - flow.startedNanos() < LAST_WORDS_NANOS;
  }

  private static long endNanos(FlowObservation flow) {
    return flow.closing() == null ? flow.endNanos() : flow.closing().nanos();
  }

  private static boolean saidNothing(AmqpSnapshot amqp) {
    return amqp == null || !amqp.payloadVisible();
  }
}
