package io.rstscope.judge.advice;

import io.rstscope.net.Term;
import java.util.Map;

/** In which circumstance a remedy is given; the words of the table's second column. */
enum When implements Term {
  ALWAYS("it always applies"),

  // ---- the heartbeat against the timer
  HEARTBEAT_TOO_SHORT("no safe heartbeat fits into the timer, and the connection could have one"),
  HEARTBEAT_HELPS("a safe heartbeat fits into the timer, and none that is short enough was set"),
  HEARTBEAT_NOT_SENT("the negotiated heartbeat is short enough, and yet nothing was sent"),
  HEARTBEAT_NO_TOPIC(
      "the connection ended before heartbeats were negotiated, or its timer is unknown"),
  PROGRAM_OR_PROXY(
      "a program that ends at its time, or a proxy's timer, ended it: both look alike"),
  SHORT_IF_PROXYS("the same, and a proxy's timer would be too short for the usual heartbeat"),
  LONG_IF_PROXYS("the same, and it would not"),
  OWN_TIMER("it may be the timer of the program's pool, though more speaks for a proxy's"),
  DROPPED_TOO_EARLY("as heartbeat-too-short, where only the idle time suggests a timer"),
  DROPPED_IDLE("as heartbeat-helps, where only the idle time suggests a timer"),
  FORGOTTEN("what ended it may be a device that tracks connections, not a proxy"),
  WITH_OTHERS("others of the same host or path were lost with it, and not by an idle timer"),
  AFTER_SILENCE("the connection had been idle for longer than it had survived before"),
  BUSY("it had not"),
  UNRECEIVED("the side that reset it had received nothing of what the other side had sent"),
  UNDELIVERED("packets of the other side still came, but no ACK of what this side had sent"),
  PROBED("keep-alive probes that had been answered before were answered no longer"),
  NO_CONNECTION("the client's SYN was never answered"),
  NO_CONNECTION_HERE("the same, though it is captured at the broker"),
  TWO_HOSTS("two hosts use one address at the same time"),
  ONE_HOST("nothing speaks for that"),
  BY_RULE("the device took no new connections either, or let the other direction through"),
  NO_RULE("nothing speaks for that"),
  REFUSED_BY_DEVICE("the refusal came from elsewhere than the broker's other packets"),
  REFUSED_BY_HOST("nothing speaks for that"),
  TRANSLATED("its sequence numbers continue under another address: it was no longer translated"),
  NOT_TRANSLATED("nothing speaks for that"),
  UNTRANSLATED_BUSY("nothing speaks for that, but idle time does not explain the end either"),

  // ---- what was said
  CLIENT_ERROR("the client closed it with an error"),
  NO_WORDS("the client gave no reason, and was not blocked"),
  BLOCKED("the broker had blocked publishing, and not unblocked it"),
  CANCELLED("the broker had cancelled a consumer"),
  CHANNEL_ERROR("the broker had closed a channel"),
  LIMIT("a limit of connections was reached"),
  DRAINED("the broker said that its node is put into maintenance mode"),
  DELETED("the broker said that the user or the virtual host was deleted or is down"),
  FORCED("an operator or the broker itself closed it, not because of what the client did"),
  PROTOCOL("the broker gave a reason that lies with the client"),
  NO_REASON("the broker's reason is not in the capture"),

  // ---- heartbeats that did not come
  SHORT_NOW("the negotiated heartbeat is shorter than 5 s"),
  BY_CLIENT("the client gave up, and the broker's host answered"),
  BROKER_HOST_DEAD("the client gave up, and the broker's host did not answer TCP either"),
  HOLE("the side that gave up had received later bytes, but never the earlier ones"),
  UNHEARD("the side that gave up had not acknowledged what was sent to it"),
  UNHEARD_HERE("the same, though it is captured at that side"),
  LOST_ONE_WAY("the broker gave up; the client's host was up, and did not get what it sent"),
  HOST_DEAD("the broker gave up, and the client's host did not answer TCP either"),
  HOST_ANSWERED("the broker gave up, and the client's host answered"),

  // ---- how far it came
  NO_AMQP("it carried no AMQP"),
  AMQP("it carried AMQP, and nothing shows that the broker stayed up"),
  SERVES_OTHERS("it carried AMQP, and the broker's other connections stayed up"),
  BROKER_OWED("the broker did not take the next step of the handshake"),
  CLIENT_OWED("the client did not take it"),
  PROXIED("it began with a PROXY header"),
  FOREIGN("the client spoke something that is neither TLS nor AMQP of a known version"),
  ANSWERED("the client spoke AMQP, and was answered with a header instead of a start"),
  PLAIN("the client spoke AMQP"),
  TLS("it is TLS"),

  // ---- what the capture lacks; the first that holds
  ONLY_RESETS("only resets are in the capture"),
  UNKNOWN_TO_HOST("one side shows nothing but that its host does not know the connection"),
  ONE_DIRECTION("only one direction is in the capture"),
  CUT("the capture cuts packets"),
  NO_PAYLOAD("the capture has no payload"),
  WHOLE("nothing is missing");

  private static final Map<String, When> BY_WORD = Term.byWord(values());

  private final String explanation;

  When(String explanation) {
    this.explanation = explanation;
  }

  /** The word in the table: {@code heartbeat-helps}. */
  @Override
  public String word() {
    return Term.ofName(this);
  }

  @Override
  public String explanation() {
    return explanation;
  }

  /** That of the word; of no word {@link #ALWAYS}. */
  static When of(String word) {
    When when = word.isEmpty() ? ALWAYS : BY_WORD.get(word);
    if (when == null) {
      throw new IllegalStateException("no such circumstance: " + word);
    }
    return when;
  }
}
