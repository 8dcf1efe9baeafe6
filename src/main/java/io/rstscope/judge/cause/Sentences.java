package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpRole;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.Unheard;
import io.rstscope.judge.context.Vantage;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Role;
import io.rstscope.wire.MacAddress;
import java.util.Map;

/** Says in a sentence why a connection ended, with its numbers; without full stop. */
final class Sentences {
  private static final String HOLE =
      "later bytes had come, but those before them never did: the path drops some packets, perhaps"
          + " the large ones (MTU)";

  private final End end;
  private final FlowObservation flow;
  private final Map<Cause, Double> likelihoods;

  private Sentences(End end, Map<Cause, Double> likelihoods) {
    this.end = end;
    this.flow = end.flow();
    this.likelihoods = likelihoods;
  }

  static String of(Cause cause, End end, Map<Cause, Double> likelihoods) {
    Sentences sentences = new Sentences(end, likelihoods);
    return cause == Cause.UNDETERMINED
        ? sentences.undetermined()
        : sentences.sentence(cause) + sentences.runnerUp(cause);
  }

  private String sentence(Cause cause) {
    return switch (cause) {
      case NORMAL_CLOSE -> normalClose();
      case PROBE -> probe();
      case REFUSED ->
          Fact.REFUSED_FROM_ELSEWHERE.holds(end)
              ? "a device in the path refused the connection in the broker's name: others were connected"
                  + " to that port meanwhile, and their packets have another TTL: a rule or a limit of a"
                  + " firewall"
              : "the connection was refused: nothing listens on port "
                  + flow.broker().port()
                  + ", or a rule rejects it";
      case CLIENT_ABORT -> clientAbort() + blocked();
      case CLIENT_GONE ->
          Fact.SECOND_CLIENT_HOST.holds(end)
              ? twoHosts()
              : Fact.REPLACED.holds(end)
                  ? replaced() + ": its host or container was restarted without a word"
                  : "the client's host answered the broker with a reset because it no longer knew the"
                      + " connection";
      case MISSED_HEARTBEATS -> missedHeartbeats();
      case BROKER_ABORT -> brokerAbort() + blocked();
      case BROKER_GONE ->
          Fact.SECOND_BROKER_HOST.holds(end)
              ? twoHosts()
              : "the broker's host no longer knew the connection when the client spoke: it was restarted,"
                  + " or its address moved";
      case BROKER_SHUTDOWN -> shutdown();
      case BROKER_CLOSED -> brokerClosed();
      case HANDSHAKE_TIMEOUT -> handshakeTimeout();
      case BAD_PROTOCOL -> badProtocol();
      case AUTH_FAILURE -> authFailure();
      case SLOW_CONSUMER ->
          "the client's receive window was 0, as it did not read what was sent to it, until the"
              + " broker ended the connection";
      case CONSUMER_TIMEOUT ->
          "the broker closed a channel ("
              + Spoken.words(end.amqp().channelError())
              + "): a delivery was not acknowledged in time; then the client left";
      case REJECTED_BY_HOST ->
          "the "
              + side()
              + "'s own host rejected packets of a connection whose socket there lived on: a rule of"
              + " its packet filter";
      case IDLE_TIMEOUT -> idleTimeout();
      case STATE_LOST -> stateLost();
      case INJECTED_RESET -> injected();
      case PROXY_FAILURE -> proxyFailure();
      case SILENT_DROP -> silentDrop();
      case STILL_OPEN -> stillOpen();
      case UNDETERMINED -> undetermined();
    };
  }

  private String side() {
    return Sender.endpoint(end.first().byClient()).word();
  }

  private String after() {
    return "after " + Words.duration(Math.max(end.silenceNanos(), 0)) + " of silence";
  }

  private String together() {
    int others = end.company().others();
    return others == 0 ? "" : " and " + Words.count(others, "other") + " in the same moment";
  }

  /**
   * The next likely cause as a half-sentence, or nothing. Said here and nowhere else, so that every
   * report has it once, with the sentence.
   */
  private String runnerUp(Cause cause) {
    Alternative next = Alternative.runnerUp(likelihoods, cause);
    return next == null ? "" : "; or " + named(next);
  }

  /** What it would mean, then its word and probability. */
  private static String named(Alternative other) {
    return inOther(other.cause())
        + " ("
        + other.cause().word()
        + ", "
        + Words.probability(other.probability())
        + ")";
  }

  /** A cause named beside another one, a clause. */
  private static String inOther(Cause cause) {
    return switch (cause) {
      case NORMAL_CLOSE -> "it was closed in AMQP where the capture does not show it";
      case PROBE -> "it was a health check or a scan";
      case REFUSED -> "the port did not accept it";
      case CLIENT_ABORT -> "the client's process ended or closed its socket";
      case CLIENT_GONE -> "the client's host was restarted, or its address moved";
      case MISSED_HEARTBEATS -> "heartbeats were missed";
      case BROKER_ABORT -> "the broker's process ended";
      case BROKER_GONE -> "the broker's host was restarted, or its address moved";
      case BROKER_SHUTDOWN -> "the broker was stopped in an orderly way";
      case BROKER_CLOSED -> "the broker closed it with a reason that the capture does not show";
      case HANDSHAKE_TIMEOUT -> "the handshake took too long";
      case BAD_PROTOCOL -> "the port expects another protocol";
      case AUTH_FAILURE -> "user, password or virtual host were refused";
      case SLOW_CONSUMER -> "the client did not read what it was sent";
      case CONSUMER_TIMEOUT -> "a delivery was not acknowledged in time";
      case REJECTED_BY_HOST -> "a packet filter of the host itself rejected it";
      case IDLE_TIMEOUT -> "an idle timer in the path ended it";
      case STATE_LOST -> "a device in the path lost its table of connections";
      case INJECTED_RESET -> "a device or an intruder sent a reset of its own";
      case PROXY_FAILURE -> "a proxy in between ended";
      case SILENT_DROP -> "the path or the other host was dead";
      case STILL_OPEN -> "it lived on";
      case UNDETERMINED -> "something else";
    };
  }

  private String normalClose() {
    if (end.close() == null) {
      return "the client's side closed the connection amid its last words, as after"
          + " connection.close, which the capture does not show";
    }
    return flow.resets().isEmpty()
        ? "the client closed the connection with connection.close"
        : "the client closed the connection with connection.close; the reset only clears it away";
  }

  private String probe() {
    if (Handshakes.isHalfOpen(end)) {
      return "the client never finished the handshake: a SYN scan";
    }
    if (end.amqp() != null && end.amqp().proxy() != null) {
      return "a proxy opened the connection, announced itself and left: a health check";
    }
    return Handshakes.isLeftAtStart(end)
        ? "the client left as soon as the broker had begun the handshake: a health check"
        : "the connection was opened and ended without a byte of AMQP: a health check or a scan";
  }

  private String proxyFailure() {
    if (Handshakes.isClosedWhenAccepted(end) || Handshakes.isStartOwedAndClosed(end)) {
      return "the broker's side took the connection and closed it (FIN) after "
          + Words.duration(Math.max(end.first().nanos() - flow.startedNanos(), 0))
          + " without connection.start: a proxy that had no server for it";
    }
    return end.first().byClient()
        ? (mayBeProxy() ? "the" : "a")
            + " proxy at "
            + flow.client().address()
            + " ended this connection"
            + together()
            + ": it was stopped, reloaded or failed, or its checks of the broker failed"
        : "a proxy ended this connection"
            + together()
            + ": the proxy, or what it passed on, was stopped or failed";
  }

  private boolean mayBeProxy() {
    return !end.surroundings().proxySigns(flow).isEmpty();
  }

  private String clientAbort() {
    ConnectionClose close = end.close();
    if (close != null && close.by() == AmqpRole.CLIENT) {
      return "the client closed the connection because of an error: " + Spoken.words(close);
    }
    if (end.first().way() == Way.FIN) {
      return "the client's side closed the connection (FIN) without connection.close: its process"
          + (mayBeProxy() ? ", or that of a client behind it," : "")
          + " ended or closed the socket";
    }
    if (Fact.FIN_HELD_BACK.holds(end)) {
      return "the client's process ended or closed the socket while the broker did not read (its"
          + " receive window was 0, as with an alarm of memory or disk): its FIN could not be sent, and"
          + " its host answered the broker with a reset";
    }
    return Fact.AMID_ITS_TRAFFIC.holds(end)
        ? "the client's host reset the connection amid its own traffic: its process was killed, or"
            + " had closed the socket"
        : "the client's own socket reset the connection: killed with unread data, or closed with"
            + " linger 0";
  }

  private String twoHosts() {
    return "two hosts use the "
        + side()
        + "'s address "
        + (end.first().byClient() ? flow.client() : flow.broker()).address()
        + " at the same time: one with MAC address "
        + MacAddress.text(end.reset().packet().mac())
        + " reset the connection of the one with "
        + MacAddress.text(end.reset().sender().mac())
        + ", of which it knew nothing";
  }

  private String replaced() {
    return "a new connection from the same address and port met the broker's socket of this one, "
        + Words.duration(end.replacedAfterNanos())
        + " after its last packet, and ended it";
  }

  private String renamed() {
    return "this continues the connection from "
        + end.older().client()
        + ", idle for "
        + Words.duration(end.silenceNanos())
        + ": a NAT no longer knew it and passed it on from another "
        + (end.older().client().address().equals(flow.client().address()) ? "port" : "address")
        + ", which the "
        + side()
        + "'s host answered with a reset";
  }

  /** That the broker did not take messages any more, a clause; or nothing. */
  private String blocked() {
    AmqpSnapshot amqp = end.amqpAtEnd();
    if (amqp == null || !amqp.blocked() || end.close() != null) {
      return "";
    }
    String reason = amqp.blockedReason();
    return "; the broker had blocked publishing"
        + (reason == null || reason.isEmpty() ? "" : " (" + reason + ")")
        + " for "
        + Words.duration(Math.max(end.first().nanos() - flow.blockedNanos(), 0))
        + (end.first().byClient()
            ? ", and the client waited no longer (blocked_connection_timeout), or was killed"
            : "");
  }

  private String missedHeartbeats() {
    String who = side();
    String other = Sender.endpoint(!end.first().byClient()).word();
    long silent = end.otherSilentNanos();
    if (Fact.WAITED_BEYOND_HEARTBEAT.holds(end)) {
      return "nothing had come through for longer than a heartbeat of "
          + end.amqp().heartbeatSeconds()
          + " s allows: the broker had given the connection up before it answered with a reset";
    }
    if (Fact.SILENT_BEYOND_HEARTBEAT.holds(end)) {
      return "the client had been silent for "
          + Words.duration(end.first().payloadSilenceNanos())
          + " with a heartbeat of "
          + end.amqp().heartbeatOwed(true)
          + " s: the broker had given the connection up before it answered with a reset";
    }
    if (Spoken.isIdleSaid(end)) {
      return "the broker closed the connection: " + Spoken.words(end.close());
    }
    Integer owed = end.heartbeatOwed();
    boolean hole = Unheard.isHole(flow, end.first());
    if (Fact.HEARTBEAT_UNHEARD.holds(end) || Fact.UNHEARD.holds(end)) {
      return "what the "
          + other
          + " sent had not been acknowledged for "
          + Words.duration(end.unheardNanos())
          + (owed == null ? "" : " with a heartbeat of " + owed + " s")
          + ", so that the "
          + who
          + " gave up: "
          + (hole ? HOLE : "packets of that direction are lost in the path");
    }
    return "the "
        + who
        + " heard nothing from the "
        + other
        + " for "
        + Words.duration(silent)
        + (owed == null
            ? ", while its own heartbeats went on,"
            : " with a heartbeat of " + owed + " s")
        + " and gave up; "
        + (hole ? HOLE : whetherAnswered(other));
  }

  private String whetherAnswered(String other) {
    return flow.state(end.first().byClient()).unanswered() > 0
        ? "its packets were not answered either: the path or the " + other + "'s host is dead"
        : "TCP still answered there: its process hangs, or, if a proxy has that address, what is"
            + " behind it is gone";
  }

  private String brokerAbort() {
    if (Handshakes.isResetWhenAccepted(end)) {
      return "the broker's side accepted the connection and reset it before a byte was sent: a proxy"
          + " with no broker behind it, or a limit of connections";
    }
    if (end.first().way() == Way.FIN) {
      return "the broker's side closed the connection (FIN) without connection.close";
    }
    int many = end.reset() == null ? 0 : Transport.endedTogether(end);
    if (Fact.MANY_AT_ONCE.holds(end)) {
      return "the broker's sockets reset "
          + Words.count(many, "connection")
          + " at once, without connection.close"
          + (Fact.BROKER_LIVES_ON.holds(end)
              ? ", though others of its connections lived on"
              : ": its process ended");
    }
    return "the broker's own socket reset the connection without connection.close";
  }

  private String shutdown() {
    return end.close() == null
        ? "the broker reset the connection while it said to others that it shuts down"
        : "the broker closed the connection: "
            + Spoken.words(end.close())
            + (Spoken.isForcedCut(end)
                ? ", and many others at once; the capture cuts the text that tells a shutdown from an"
                    + " operator"
                : "");
  }

  private String brokerClosed() {
    if (Fact.CHANNEL_ERROR.holds(end)) {
      return "the broker closed a channel ("
          + Spoken.words(end.amqp().channelError())
          + "); then the client left";
    }
    if (end.close() == null) {
      return "the broker ended the connection";
    }
    String words = Spoken.words(end.close());
    return "the broker closed the connection"
        + (words.isEmpty()
            ? end.amqp().lostToSnapLength() ? "; the capture cuts the reason" : ""
            : ": " + words)
        + (Spoken.isForcedCut(end)
            ? "; the capture cuts the text that tells a shutdown from an operator"
            : "");
  }

  private String handshakeTimeout() {
    EndpointState client = flow.clientState();
    long waited = end.first().nanos() - Math.max(client.lastPayloadNanos(), flow.startedNanos());
    return "the "
        + side()
        + " ended the connection in the middle of the handshake, "
        + Words.duration(Math.max(waited, 0))
        + " after the client's last step: "
        + Handshakes.owed(end);
  }

  private String badProtocol() {
    if (Spoken.isProtocolRefused(end) && end.amqp().protocol().isReadable()) {
      return "the client sent "
          + end.amqp().protocol().words()
          + ", and was answered with a header: the port takes another version, or a PROXY header came"
          + " before it that the broker does not expect";
    }
    if (Spoken.isProtocolRefused(end)) {
      return "the client sent " + end.amqp().protocol().words() + ", which this port does not take";
    }
    if (Handshakes.isEndedAfterHeader(end) && !end.isTls()) {
      return "the broker's side answered the client's first bytes with something else than"
          + " connection.start, and ended the connection: the port expects another protocol, TLS, or no"
          + " PROXY header";
    }
    if (end.isTls()) {
      return "the broker's side ended the connection at once after the client's TLS hello: the port"
          + " takes no TLS, or refused its version or certificate";
    }
    return "the broker's side ended the connection at once after the client's first bytes, without a"
        + " word: the port expects something else, such as TLS or a PROXY header";
  }

  private String authFailure() {
    ConnectionClose close = flow.amqp() == null ? null : flow.amqp().close();
    if (close == null && !Spoken.isLoginRefused(end)) {
      return "the broker ended the connection instead of accepting the client's "
          + (end.step() == HandshakeStep.OPEN ? "virtual host" : "user or password");
    }
    return "the broker refused the login" + (close == null ? "" : ": " + Spoken.words(close));
  }

  private String idleTimeout() {
    if (end.ownSilenceNanos() >= 0) {
      return "the client's side closed without connection.close after "
          + Words.duration(end.ownSilenceNanos())
          + " without a byte of the client, while the broker went on sending: a timer that counts"
          + " one direction alone, of a proxy in its place (HAProxy's option independent-streams)"
          + " or of the program itself";
    }
    String timer;
    if (Fact.REPLACED.holds(end)) {
      timer = replaced() + ": the idle timer of a NAT had run out, which gave the port to another";
    } else if (Fact.RENAMED.holds(end)) {
      timer = renamed() + "; the NAT's idle timer had run out";
    } else if (end.first().way() == Way.FIN) {
      timer =
          after()
              + " the "
              + side()
              + "'s side closed without connection.close"
              + (Fact.FIN_THEN_RESET.holds(end) ? ", with FIN and reset" : "")
              + whoseTimer();
    } else if (end.first().answers()) {
      timer =
          after() + " a device in the path no longer knew the connection: its idle timer ran out";
    } else if (Transport.isPair(end)) {
      timer = after() + " a device in the path reset both sides: its idle timer ran out";
    } else if (end.isByMiddlebox()) {
      timer =
          after() + " a device in the path reset the connection unprompted: its idle timer ran out";
    } else {
      timer = after() + " the " + side() + "'s side reset it" + whoseTimer();
    }
    return timer + recurring();
  }

  /** A program may close what it has not used for some time, as a proxy does. */
  private String whoseTimer() {
    if (!end.first().byClient() || mayBeProxy()) {
      return ": the idle timer of a proxy in its place";
    }
    return end.surroundings().recording().vantage() == Vantage.CLIENT
        ? ": an idle timer on that host, of the program itself (a pool of connections) or of a proxy"
            + " there"
        : ": the idle timer of a proxy at that address, or of the program's own pool of connections";
  }

  private String recurring() {
    return Fact.RECURS.holds(end) || Fact.RECURS_SURELY.holds(end)
        ? ", as " + Words.count(end.recurring().independent(), "end") + " at different moments show"
        : "";
  }

  private String stateLost() {
    if (Fact.REPLACED.holds(end)) {
      return replaced() + ": a NAT that had forgotten it gave the port to another";
    }
    if (Fact.RENAMED.holds(end)) {
      return renamed() + "; the NAT had lost its table of connections";
    }
    if (Fact.TRANSLATED_AWAY.holds(end)) {
      return "packets of another connection arrived with an address that was no longer translated,"
          + " and were answered with a reset: a NAT forgot it or found its packets invalid";
    }
    if (Fact.ANSWERS_RETRANSMISSION.holds(end)) {
      return "the "
          + side()
          + "'s host answered a retransmission with a reset, while its socket lived on: a device in the"
          + " path no longer translated that packet, as connection tracking does with what it takes for"
          + " invalid";
    }
    boolean many = end.reset() != null && Transport.isTableLost(end);
    return many
        ? Words.count(end.surroundings().forgottenTogether(flow, end.reset()), "connection")
            + " were answered like this within seconds: a device in the path lost its table of"
            + " connections"
        : "a device in the path no longer knew the connection, though it was not idle for long"
            + together();
  }

  private String injected() {
    String name = Sender.endpoint(end.first().byClient()).word();
    return "something in the path sent a reset with the "
        + name
        + "'s source address"
        + (Transport.isImitation(end)
            ? " and set the TTL that its packets have here: that is done on purpose"
            : together());
  }

  private String silentDrop() {
    EndpointState asking = flow.state(end.first().byClient());
    if (Fact.NEVER_ANSWERED.holds(end)) {
      return "the connection never came about: the client sent its SYN "
          + Words.count(asking.unanswered(), "time")
          + " more, and had no answer"
          + (Fact.TURNED_AWAY.holds(end)
              ? ", while others were connected to the same port: a limit or a filter drops it, or the"
                  + " queue of the port is full"
              : ": the host is down, or a filter drops it");
    }
    long since = Math.max(end.first().nanos() - asking.pendingNanos(), 0);
    if (Fact.UNRECEIVED.holds(end)) {
      return "the "
          + side()
          + " had received nothing for "
          + Words.duration(end.unreceivedNanos())
          + ", as the timestamp shows that it echoes, though the "
          + Sender.endpoint(!end.first().byClient()).word()
          + " had sent something; so it gave up: packets of that direction are lost in the path";
    }
    return end.isUnanswered()
        ? "the "
            + side()
            + " retransmitted "
            + Words.count(asking.unanswered(), "time")
            + " without an ACK, "
            + after()
        : "the "
            + side()
            + " retransmitted "
            + Words.count(asking.unanswered(), "time")
            + " in "
            + Words.duration(since)
            + " without an ACK, and gave up: the path or the other host was dead";
  }

  private String stillOpen() {
    if (!flow.resets().isEmpty() && flow.resets().get(0).endsOlder()) {
      return "its SYN met an older connection between the same ports, which the reset in frame "
          + flow.resets().get(0).packet().frame()
          + " ended; nothing of this one was lost";
    }
    if (!flow.resets().isEmpty() && flow.resets().get(0).role() == Role.IGNORED) {
      return "the connection stayed up after the reset in frame "
          + flow.resets().get(0).packet().frame();
    }
    return (end.isOpen()
            ? "the connection was up when the capture ended"
            : "the capture shows no end of this connection")
        + outstanding();
  }

  /** What was on its way when the capture ended, as a clause; empty when nothing was. */
  private String outstanding() {
    EndpointState asking = flow.asking();
    return asking == null
        ? ""
        : "; the "
            + Sender.endpoint(asking == flow.clientState()).word()
            + "'s packet in frame "
            + asking.pendingFrame()
            + " had no answer yet";
  }

  private String undetermined() {
    String what =
        switch (end.first().way()) {
          case FIN -> "the " + side() + "'s side closed the connection (FIN)";
          case RESET -> "a reset with the " + side() + "'s source address ended the connection";
          case NO_ANSWER -> "the " + side() + " got no answer any more";
          case NONE ->
              Fact.REPLACED.holds(end)
                  ? replaced()
                  : "the capture does not show how this connection ended";
        };
    return what + (end.isSilentFor(1_000_000_000L) ? " " + after() : "") + unreadable() + leading();
  }

  private String unreadable() {
    if (Unread.isOnlyResets(end)) {
      return "; only the reset is in the capture";
    }
    if (Unread.isOneDirection(end)) {
      return "; why is not to be told from one direction alone";
    }
    if (end.isTls()) {
      return "; whether it was closed in AMQP first cannot be read (TLS)";
    }
    if (Unread.isWithoutPayload(end)) {
      return "; whether it was closed in AMQP first is not in the capture, which holds no payload";
    }
    if (Unread.isTooShort(end)) {
      return "; what was said before is not in the capture";
    }
    return Unread.isGappy(end) ? "; bytes are missing from the capture" : "";
  }

  /** The two likeliest causes. */
  private String leading() {
    String[] words =
        Alternative.to(Cause.UNDETERMINED, likelihoods, Alternative.WORTH_A_SENTENCE).stream()
            .limit(2)
            .map(Sentences::named)
            .toArray(String[]::new);
    return words.length == 0 ? "" : ": perhaps " + String.join(", or ", words);
  }
}
