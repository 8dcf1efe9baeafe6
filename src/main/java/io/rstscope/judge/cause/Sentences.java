package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.Undelivered;
import io.rstscope.judge.context.Unheard;
import io.rstscope.judge.context.UnseenSide;
import io.rstscope.judge.context.Vantage;
import io.rstscope.judge.context.Words;
import io.rstscope.net.Durations;
import io.rstscope.net.MacAddress;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Role;
import java.util.List;

/** Says in a sentence why a connection ended, with its numbers; without full stop. */
final class Sentences {
  private static final String HOLE =
      "later bytes arrived, but the earlier ones never did: the path drops some packets, perhaps"
          + " the large ones (MTU)";

  private final End end;
  private final FlowObservation flow;
  private final List<Alternative> likelihoods;

  private Sentences(End end, List<Alternative> likelihoods) {
    this.end = end;
    this.flow = end.flow();
    this.likelihoods = likelihoods;
  }

  static String of(Cause cause, End end, List<Alternative> likelihoods) {
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
              ? "a device in the path refused the connection with the broker's source"
                  + " address (spoofed): the port accepted others meanwhile, and their"
                  + " packets have another TTL; a rule or a limit of a firewall"
              : "the connection was refused: nothing listens on port "
                  + flow.broker().port()
                  + ", or a firewall rule rejects it";
      case CLIENT_ABORT -> clientAbort() + blocked();
      case CLIENT_GONE ->
          Fact.SECOND_CLIENT_HOST.holds(end)
              ? twoHosts()
              : Fact.REPLACED.holds(end)
                  ? replaced() + ": its host or container was restarted without closing it"
                  : "the client's host answered the broker with an RST because it no"
                      + " longer knew the connection";
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
          !Fact.WINDOW_ZERO.holds(end)
              ? "by its log the broker gave up sending: the client stopped reading, or the path"
                  + " carried nothing more to it"
              : "the client stopped reading: its receive window was 0 until the broker ended the"
                  + " connection";
      case CONSUMER_TIMEOUT ->
          "the broker closed a channel ("
              + Spoken.words(end.amqp().channelError())
              + "): a delivery was not acknowledged in time; then the client left";
      case REJECTED_BY_HOST ->
          "the "
              + side()
              + "'s own packet filter rejected packets of a connection whose socket was still open";
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
    return end.first().by().word();
  }

  private String after() {
    return "after " + Durations.text(Math.max(end.silenceNanos(), 0)) + " idle";
  }

  /** Shorter pauses are those of every day. */
  private boolean isIdle() {
    return end.isSilentFor(1_000_000_000L);
  }

  private String together() {
    int others = end.company().others();
    return others == 0 ? "" : " and " + Words.count(others, "other") + " at the same moment";
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
      case NORMAL_CLOSE -> "connection.close was sent where the capture does not show it";
      case PROBE -> "it was a health check or a scan";
      case REFUSED -> "the port did not accept it";
      case CLIENT_ABORT -> "the client's process ended or closed its socket";
      case CLIENT_GONE -> "the client's host was restarted, or its address moved";
      case MISSED_HEARTBEATS -> "heartbeats were missed";
      case BROKER_ABORT -> "the broker's process ended";
      case BROKER_GONE -> "the broker's host was restarted, or its address moved";
      case BROKER_SHUTDOWN -> "the broker was shut down";
      case BROKER_CLOSED -> "the broker closed it with a reason that the capture does not show";
      case HANDSHAKE_TIMEOUT -> "the handshake took too long";
      case BAD_PROTOCOL -> "the port expects another protocol";
      case AUTH_FAILURE -> "user, password or virtual host was refused";
      case SLOW_CONSUMER -> "the client stopped reading";
      case CONSUMER_TIMEOUT -> "a delivery was not acknowledged in time";
      case REJECTED_BY_HOST -> "a packet filter on the host itself rejected it";
      case IDLE_TIMEOUT -> "an idle timer in the path ended it";
      case STATE_LOST -> "a device in the path lost its connection-tracking state";
      case INJECTED_RESET -> "a device or an intruder injected an RST";
      case PROXY_FAILURE -> "a proxy in between ended";
      case SILENT_DROP -> "the path or the other host was dead";
      case STILL_OPEN -> "it stayed up";
      case UNDETERMINED -> "something else";
    };
  }

  private String normalClose() {
    if (Fact.LOGGED_CLOSED.holds(end)) {
      return "the client's side closed the connection, and the broker's log has no error of it";
    }
    if (end.close() == null) {
      return "the client's side closed the connection right after its last frames, as after a"
          + " connection.close that the capture does not show";
    }
    return flow.resets().isEmpty()
        ? "the client sent connection.close"
        : "the client sent connection.close; the RST only cleans up the socket";
  }

  private String probe() {
    if (Handshakes.isHalfOpen(end)) {
      return "the client never completed the TCP handshake: a SYN scan";
    }
    if (end.amqp() != null && end.amqp().proxy() != null) {
      return "a proxy opened the connection, sent a PROXY header and left: a health check";
    }
    return Handshakes.isLeftAtStart(end)
        ? "the client left as soon as the broker began the handshake: a health check"
        : "the connection was opened and ended without a byte of AMQP: a health check or a scan";
  }

  private String proxyFailure() {
    if (Handshakes.isClosedWhenAccepted(end) || Handshakes.isStartOwedAndClosed(end)) {
      return "the broker's side accepted the connection and closed it (FIN) after "
          + Durations.text(Math.max(end.first().nanos() - flow.startedNanos(), 0))
          + " without sending connection.start: a proxy with no server for it";
    }
    return end.first().by() == Side.CLIENT
        ? (mayBeProxy() ? "the" : "a")
            + " proxy at "
            + flow.client().address()
            + " ended this connection"
            + together()
            + ": it was stopped, reloaded or failed, or its health checks of the broker failed"
        : "a proxy ended this connection"
            + together()
            + ": the proxy, or the server behind it, was stopped or failed";
  }

  private boolean mayBeProxy() {
    return !end.captureContext().proxySigns(flow).isEmpty();
  }

  private String clientAbort() {
    ConnectionClose close = end.close();
    if (close != null && close.by() == Side.CLIENT) {
      return "the client closed the connection with an error: " + Spoken.words(close);
    }
    if (end.first().way() == Way.FIN) {
      return "the client's side closed the connection (FIN) without connection.close: its process"
          + (mayBeProxy() ? ", or that of a client behind it," : "")
          + " exited or closed the socket"
          + (Fact.ENDED_BEFORE_OTHER_LEG.holds(end)
              ? ", and the proxy or NAT on this host passed that on"
              : "")
          + (Fact.LIVES_ALIKE.holds(end) ? livesAlike() : "");
    }
    if (Fact.FIN_HELD_BACK.holds(end)) {
      return "the client's process exited or closed the socket while the broker did not read"
          + " (receive window 0, as in a memory or disk alarm): its FIN could not be sent,"
          + " and its host answered the broker with an RST";
    }
    return Fact.AMID_ITS_TRAFFIC.holds(end)
        ? "the client's host reset the connection in the middle of its own traffic: its"
            + " process was killed, or had closed the socket"
        : "the client's own socket reset the connection: its process was killed with"
            + " unread data, or closed the socket with linger 0";
  }

  private String twoHosts() {
    if (!end.captureContext().isOfSecondHost(flow, end.reset())
        && end.captureContext().isOfAnotherServer(flow, end.reset())) {
      return "another host answered at the broker's address "
          + flow.broker().address()
          + ", by the TTL or MAC address of connections that it accepts, and did not know this one:"
          + " the address has moved, or two hosts have it";
    }
    return "two hosts use the "
        + side()
        + "'s address "
        + flow.hostPort(end.first().by()).address()
        + " at the same time: the one with MAC address "
        + MacAddress.text(end.reset().packet().mac())
        + " reset a connection of the one with "
        + MacAddress.text(end.reset().sender().mac())
        + ", which it did not know";
  }

  private String replaced() {
    return "a new connection from the same address and port reached the broker's socket of"
        + " this one "
        + Durations.text(end.replacedAfterNanos())
        + " after its last packet, and ended it";
  }

  private String renamed() {
    return "this continues the connection from "
        + end.older().client()
        + ", idle for "
        + Durations.text(end.silenceNanos())
        + ": a NAT had forgotten it and forwarded it from another "
        + (end.older().client().address().equals(flow.client().address()) ? "port" : "address")
        + "; the "
        + side()
        + "'s host answered with an RST";
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
        + Durations.text(Math.max(end.first().nanos() - flow.blockedNanos(), 0))
        + (end.first().by() == Side.CLIENT
            ? ", and the client stopped waiting (blocked_connection_timeout), or was killed"
            : "");
  }

  private String missedHeartbeats() {
    String who = side();
    String other = end.first().by().other().word();
    long silent = end.otherSilentAtLeastNanos();
    if (Fact.WAITED_BEYOND_HEARTBEAT.holds(end)) {
      return "nothing got through for longer than a heartbeat of "
          + end.amqp().heartbeatSeconds()
          + " s allows: the broker had already closed the connection, and answered with an RST";
    }
    if (Fact.SILENT_BEYOND_HEARTBEAT.holds(end)) {
      return "the client had sent nothing for "
          + Durations.text(end.first().payloadSilenceNanos())
          + " with a heartbeat of "
          + end.amqp().heartbeatOwed(Side.CLIENT)
          + " s: the broker had already closed the connection, and answered with an RST";
    }
    if (Spoken.isIdleSaid(end)) {
      return "the broker closed the connection: " + Spoken.words(end.close());
    }
    Integer owed = end.heartbeatOwed();
    boolean hole = Unheard.isHole(flow, end.first());
    if (Fact.HEARTBEAT_UNHEARD.holds(end) || Fact.UNHEARD.holds(end)) {
      return "what the "
          + other
          + " sent was not acknowledged for "
          + Durations.text(end.unheardNanos())
          + (owed == null ? "" : " with a heartbeat of " + owed + " s")
          + ", so the "
          + who
          + " gave up: "
          + (hole ? HOLE : whereLost());
    }
    if (Fact.LOGGED_HEARTBEATS_MISSED.holds(end)
        && !Fact.HEARTBEAT_RAN_OUT.holds(end)
        && !Fact.BEATS_RAN_OUT.holds(end)) {
      return "by its log the broker missed the client's heartbeats, and gave up";
    }
    return "the "
        + who
        + " received nothing from the "
        + other
        + " for "
        + Durations.text(silent)
        + (owed == null
            ? ", while it kept sending heartbeats,"
            : " with a heartbeat of " + owed + " s")
        + " and gave up; "
        + (hole ? HOLE : whetherAnswered(other));
  }

  private String whereLost() {
    return Vantage.of(flow).isAt(end.first().by())
        ? "they came as far as this capture, and its socket never took them"
        : "packets of that direction are lost in the path";
  }

  private String whetherAnswered(String other) {
    if (Undelivered.holds(flow, end.first(), end.reset())) {
      return "what it sent was lost in the path: the "
          + other
          + "'s host was up, and retransmitted what had arrived";
    }
    return flow.state(end.first().by()).unanswered() > 0
        ? "its packets were not acknowledged either: the path or the " + other + "'s host is dead"
        : "TCP still answered there: its process hangs, or, if that address is a proxy's,"
            + " the host behind it is gone";
  }

  private String brokerAbort() {
    if (Handshakes.isResetWhenAccepted(end)) {
      return "the broker's side accepted the connection and reset it before a byte was sent: a"
          + " proxy with no broker behind it, or a connection limit";
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
              ? ", though others of its connections stayed up"
              : ": its process ended");
    }
    return "the broker's own socket reset the connection without connection.close"
        + (Fact.BROKER_LIVES_ON.holds(end) ? ", though others of its connections stayed up" : "");
  }

  private String shutdown() {
    return end.close() == null
        ? "the broker reset the connection while it announced its shutdown to others"
        : "the broker closed the connection: "
            + Spoken.words(end.close())
            + (Spoken.isForcedCut(end)
                ? ", and many others at once; the capture cuts the text, so a shutdown"
                    + " and an operator look alike"
                : "");
  }

  private String brokerClosed() {
    if (Fact.CONSUMER_CANCELLED.holds(end)) {
      return "the broker cancelled the client's consumer ("
          + Spoken.words(end.amqp().channelError())
          + "), whose queue was deleted or has moved; then the client left";
    }
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
            ? "; the capture cuts the text, so a shutdown and an operator look alike"
            : "");
  }

  private String handshakeTimeout() {
    EndpointState client = flow.clientState();
    long waited = end.first().nanos() - Math.max(client.lastPayloadNanos(), flow.startedNanos());
    return "the "
        + side()
        + " ended the connection in the middle of the handshake, "
        + Durations.text(Math.max(waited, 0))
        + " after the client's last step: "
        + Handshakes.owed(end);
  }

  private String badProtocol() {
    if (Handshakes.isTlsRefused(end)) {
      return tlsRefused();
    }
    if (Spoken.isProtocolRefused(end) && end.amqp().protocol().isReadable()) {
      return "the client sent "
          + end.amqp().protocol().words()
          + ", and got a protocol header back: the port takes another version, or a PROXY"
          + " header came first that the broker does not expect";
    }
    if (Spoken.isProtocolRefused(end)) {
      return "the client sent "
          + end.amqp().protocol().words()
          + ", which this port does not accept";
    }
    if (Handshakes.isEndedAfterHeader(end) && !end.isTls()) {
      return "the broker's side answered the client's first bytes with something other than"
          + " connection.start, and ended the connection: the port expects another protocol,"
          + " TLS, or no PROXY header";
    }
    if (end.isTls()) {
      return "the broker's side ended the connection at once after the client's TLS hello: the"
          + " port does not speak TLS, or refused its version or certificate";
    }
    return "the broker's side ended the connection at once after the client's first bytes,"
        + " without an answer: the port expects something else, such as TLS or a PROXY header";
  }

  private String tlsRefused() {
    Side by = flow.clientBeat().fatalAlert() >= 0 ? Side.CLIENT : Side.BROKER;
    String alert = TlsAlert.words(flow.beat(by).fatalAlert());
    return by == Side.CLIENT
        ? "the client refused what the broker's side sent in the TLS handshake ("
            + alert
            + "), and ended the connection"
        : "the broker's side refused "
            + (end.isTls() ? "what the client sent in the TLS handshake" : "plain text")
            + " with a TLS alert ("
            + alert
            + ")"
            + (end.isTls() ? "" : ": the port expects TLS");
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
    if (end.isOneWay()) {
      return "the client's side closed without connection.close "
          + Durations.text(end.oneWaySilence().nanos())
          + " after the "
          + end.oneWaySilence().of().word()
          + "'s last byte, while the other side kept sending: a timer that counts one"
          + " direction only, of a proxy at that address (HAProxy's option"
          + " independent-streams) or of the program itself";
    }
    String timer;
    if (Fact.REPLACED.holds(end)) {
      timer =
          replaced()
              + ": a NAT's idle timer had expired, and the NAT gave the port to another connection";
    } else if (Fact.RENAMED.holds(end)) {
      timer = renamed() + "; the NAT's idle timer had expired";
    } else if (end.first().way() == Way.FIN) {
      timer =
          after()
              + " the "
              + side()
              + "'s side closed without connection.close"
              + (Fact.FIN_THEN_RESET.holds(end) ? ", with FIN and RST" : "")
              + whoseTimer();
    } else if (end.first().answers()) {
      timer =
          after()
              + " a device in the path no longer knew the connection: its idle timer had expired";
    } else if (Transport.isPair(end)) {
      timer = after() + " a device in the path reset both sides: its idle timer expired";
    } else if (end.isByMiddlebox()) {
      timer =
          after() + " a device in the path reset the connection unprompted: its idle timer expired";
    } else {
      timer = after() + " the " + side() + "'s side reset it" + whoseTimer();
    }
    return timer + recurring();
  }

  /** A program may close what it has not used for some time, as a proxy does. */
  private String whoseTimer() {
    if (end.first().by() == Side.BROKER || mayBeProxy()) {
      return ": the idle timer of a proxy at that address";
    }
    if (end.isEndedAtItsOwnHost()) {
      return ": an idle timer on that host, of the program itself (a pool of connections, or a script"
          + " that exits) or of a proxy there";
    }
    return end.isIdleAllItsLife()
        ? ": the idle timer of a proxy at that address, or a program that exits or closes its socket"
            + " after so long"
        : ": the idle timer of a proxy at that address, or of the program's own pool of connections";
  }

  private String recurring() {
    return Fact.LIVES_ALIKE.holds(end) ? livesAlike() : recurringSilence();
  }

  private String livesAlike() {
    return "; "
        + Words.count(end.recurring().independent(), "connection")
        + " ended so at different moments, each at the same age";
  }

  private String recurringSilence() {
    return Fact.RECURS.holds(end) || Fact.RECURS_SURELY.holds(end)
        ? ", as " + Words.count(end.recurring().independent(), "end") + " at different moments show"
        : "";
  }

  private String stateLost() {
    if (Fact.REPLACED.holds(end)) {
      return replaced() + ": a NAT that had forgotten it gave the port to another connection";
    }
    if (Fact.RENAMED.holds(end)) {
      return renamed() + "; the NAT had lost its connection-tracking state";
    }
    if (Fact.TRANSLATED_AWAY.holds(end)) {
      return "packets of another connection arrived with an address that was no longer"
          + " translated, and were answered with an RST: a NAT forgot that connection or"
          + " found its packets invalid";
    }
    if (Fact.ANSWERS_RETRANSMISSION.holds(end)) {
      return "the "
          + side()
          + "'s host answered a retransmission with an RST while its socket was still"
          + " open: a device in the path no longer translated that packet, as connection"
          + " tracking does with packets it takes for invalid";
    }
    boolean many = end.reset() != null && Transport.isTableLost(end);
    return many
        ? Words.count(end.captureContext().forgottenTogether(flow, end.reset()), "connection")
            + " were answered like this within seconds: a device in the path lost its"
            + " connection-tracking state"
        : "a device in the path no longer knew the connection, though it was not idle for long"
            + together();
  }

  private String injected() {
    String name = side();
    if (Fact.REFUSES_NEW_TOO.holds(end) || Fact.ONE_WAY_ONLY.holds(end)) {
      return "a rule of a device in the path rejected packets of this connection"
          + together()
          + (Fact.ONE_WAY_ONLY.holds(end)
              ? ": it let through what the " + name + " sent, and rejected the replies"
              : ": it refused new connections, too");
    }
    return "something in the path sent an RST with the "
        + name
        + "'s source address (spoofed)"
        + (Transport.isImitation(end)
            ? " and the TTL that its packets have here: that is deliberate"
            : together());
  }

  private String silentDrop() {
    EndpointState asking = flow.state(end.first().by());
    if (Fact.NEVER_ANSWERED.holds(end)) {
      return "the connection was never established: the client retransmitted its SYN "
          + Words.count(asking.unanswered(), "time")
          + " without an answer"
          + (Fact.REACHED_BROKER.holds(end)
              ? ", though it reached the broker's host: its listen queue is full, or its packet"
                  + " filter drops it, for all or by a limit"
              : Fact.TURNED_AWAY.holds(end)
                  ? ", while the port accepted others: a limit or a filter drops it, or the"
                      + " listen queue is full"
                  : ": the host is down, or a filter drops it");
    }
    if (Fact.KERNEL_GAVE_UP.holds(end) || Fact.KERNEL_UNREACHABLE.holds(end)) {
      return Kernels.says(end);
    }
    long since = Math.max(end.first().nanos() - asking.pendingNanos(), 0);
    if (Fact.KEEPALIVE_UNANSWERED.holds(end)) {
      return "the "
          + side()
          + "'s kernel sent "
          + Words.count(asking.unanswered(), "keep-alive probe")
          + (end.isUnanswered() ? "" : " in " + Durations.text(since))
          + " without an answer, as it had got before: the path or the "
          + end.first().by().other().word()
          + "'s host died";
    }
    if (Fact.UNRECEIVED.holds(end)) {
      return "by its TSecr, the "
          + side()
          + " had received nothing for "
          + Durations.text(end.unreceivedNanos())
          + ", though the "
          + end.first().by().other().word()
          + " had sent packets, and gave up: packets of that direction are lost in the path";
    }
    String retransmitted =
        "the " + side() + " retransmitted " + Words.count(asking.unanswered(), "time");
    if (Fact.UNDELIVERED.holds(end)) {
      return retransmitted
          + within(since)
          + " without an ACK, though packets of the "
          + end.first().by().other().word()
          + " still arrived: what the "
          + side()
          + " sent was lost in the path";
    }
    return end.isUnanswered()
        ? retransmitted + " without an ACK, " + (isIdle() ? after() : "amid traffic")
        : retransmitted
            + within(since)
            + " without an ACK, and gave up: the path or the other host was dead";
  }

  private static String within(long nanos) {
    return nanos <= 0 ? "" : " in " + Durations.text(nanos);
  }

  private String stillOpen() {
    if (!flow.resets().isEmpty() && flow.resets().get(0).endsOlder()) {
      return "its SYN reached an older connection between the same ports, which the RST in frame "
          + flow.resets().get(0).packet().frame()
          + " ended; nothing of this one was lost";
    }
    if (!flow.resets().isEmpty() && flow.resets().get(0).role() == Role.IGNORED) {
      return "the connection stayed up after the RST in frame "
          + flow.resets().get(0).packet().frame();
    }
    return (end.isOpen()
            ? "the connection was up when the capture ended"
            : "the capture shows no end of this connection")
        + outstanding();
  }

  /** What was on its way when the capture ended, as a clause; empty when nothing was. */
  private String outstanding() {
    Side asking = flow.asking();
    return asking == null
        ? ""
        : "; the "
            + asking.word()
            + "'s packet in frame "
            + flow.state(asking).pendingFrame()
            + " had not been acknowledged yet";
  }

  private String undetermined() {
    String what =
        switch (end.first().way()) {
          case FIN -> "the " + side() + "'s side closed the connection (FIN)";
          case RESET ->
              UnseenSide.isUnknownToHost(flow)
                  ? "what the "
                      + end.first().by().other().word()
                      + " sent was answered with an RST from the "
                      + side()
                      + "'s address, which did not know the connection: it had ended there before"
                      + " this capture began, or the address has moved"
                  : "an RST with the " + side() + "'s source address ended the connection";
          case NO_ANSWER -> "the " + side() + " got no more answers";
          case NONE ->
              Fact.REPLACED.holds(end)
                  ? replaced()
                  : "the capture does not show how this connection ended";
        };
    return what + (isIdle() ? " " + after() : "") + unreadable() + leading();
  }

  private String unreadable() {
    if (Unread.isOnlyResets(end)) {
      return "; only the RST is in the capture";
    }
    if (UnseenSide.isUnknownToHost(flow)) {
      return "";
    }
    if (Unread.isOneDirection(end)) {
      return "; one direction alone does not show why";
    }
    if (Fact.LOGGED_CLIENT_LEFT.holds(end)) {
      return "; by the broker's log it came without connection.close";
    }
    if (end.isTls()) {
      return "; TLS hides whether connection.close was sent first";
    }
    if (Unread.isWithoutPayload(end)) {
      return "; the capture has no payload, which would show whether connection.close was sent"
          + " first";
    }
    if (Unread.isTooShort(end)) {
      return "; what was sent before is not in the capture";
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
