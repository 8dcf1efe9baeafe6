package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpRole;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.context.RoundTime;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.reset.Term;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What can be seen of the end of a connection. What each means for the causes stands in the table
 * {@code causes.txt} beside this class, and nowhere else.
 */
public enum Fact implements Term {
  // ---- how it ended
  REFUSED("the connection was refused", End::isRefused),
  UP("it was up when the capture ended", e -> e.isUp() && e.isOpen()),
  NO_END_SEEN("no end of it is in the capture", e -> e.isUp() && !e.isOpen()),
  LIVED_ON("the connection stayed up after the reset", End::livedOn),
  IGNORED_THEN_CLOSED(
      "the connection stayed up after the reset, and was closed normally later",
      Spoken::isIgnoredThenClosed),
  FIN_BY_CLIENT(
      "the client's side closed first (FIN), without connection.close", e -> e.isFin(true)),
  FIN_BY_BROKER(
      "the broker's side closed first (FIN), without connection.close", e -> e.isFin(false)),
  RESET_BY_CLIENT("the client's own socket reset it", e -> e.isReset(true, false)),
  RESET_BY_CLIENT_HOST("the client's host knew no such connection", e -> e.isReset(true, true)),
  RESET_BY_BROKER("the broker's own socket reset it", e -> e.isReset(false, false)),
  RESET_BY_BROKER_HOST("the broker's host knew no such connection", e -> e.isReset(false, true)),
  RESET_BY_MIDDLEBOX("something in the path sent the reset", End::isByMiddlebox),
  NO_ANSWER("packets were retransmitted without an ACK to the end", End::isUnanswered),
  ANY_END("what nobody thought of", e -> true),

  // ---- words of AMQP
  CLOSED_BY_CLIENT(
      "the client sent connection.close",
      e -> e.isClosedBy(AmqpRole.CLIENT) && !Spoken.isError(e.close()) && !Spoken.isCutShort(e)),
  CLOSED_BY_CLIENT_WITH_ERROR(
      "the client closed with an error",
      e -> e.isClosedBy(AmqpRole.CLIENT) && Spoken.isError(e.close())),
  IDLE_SAID("the broker said that it heard nothing for too long", Spoken::isIdleSaid),
  CLOSED_BY_BROKER(
      "the broker sent connection.close", e -> e.isClosedBy(AmqpRole.BROKER) && Spoken.isOther(e)),
  SHUTDOWN_SAID(
      "the broker said that it shuts down",
      e -> e.isClosedBy(AmqpRole.BROKER) && Spoken.isShutdown(e)),
  FORCED_WITH_MANY(
      "the broker closed many at once as told to; the capture cuts its reason",
      e -> Spoken.isForcedCut(e) && e.surroundings().isOneOfManyForced(e.flow())),
  FORCED_ALONE(
      "the broker closed as told to; the capture cuts its reason",
      e -> Spoken.isForcedCut(e) && !e.surroundings().isOneOfManyForced(e.flow())),
  LOGIN_REFUSED("the broker refused the login", Spoken::isLoginRefused),
  VERSION_REFUSED("the broker refused the protocol", Spoken::isProtocolRefused),
  CONSUMER_TIMED_OUT(
      "a channel was closed because a delivery was not acknowledged in time, and the client left",
      e -> Spoken.leftAfterChannelError(e) && Spoken.isConsumerTimeout(e)),
  CHANNEL_ERROR(
      "a channel was closed with an error, and the client left",
      e -> Spoken.leftAfterChannelError(e) && !Spoken.isConsumerTimeout(e)),
  SHUTTING_DOWN(
      "the broker said to others at that time that it shuts down",
      e -> e.isReset(false, false) && e.surroundings().isShuttingDown(e.flow(), e.first().nanos())),

  BLOCKED(
      "the broker had blocked publishing, and not unblocked it, when the client's side ended it",
      End::isBlocked),

  // ---- the handshake
  EMPTY(
      "it was opened and ended without a byte", e -> e.isEmpty() && Handshakes.isEndedByClient(e)),
  ONLY_PROXY_HEADER("only a PROXY header was sent", e -> Handshakes.isOnlyProxyHeader(e)),
  PROXY_LOCAL(
      "the PROXY header says that the proxy speaks for itself (LOCAL)", Handshakes::isProxyLocal),
  LEFT_AT_START(
      "the client left at once when the broker had begun the handshake", Handshakes::isLeftAtStart),
  PROBED_BEFORE(
      "connections from its address ended like this again and again",
      e -> Handshakes.isProbeLike(e) && e.surroundings().probesFrom(e.flow()) >= Thresholds.MANY),
  CHECKED_BESIDE_USE(
      "the same address has connections in use, and others that ended like this again and again",
      e ->
          (Handshakes.isProbeLike(e) || Handshakes.isHeaderRefused(e))
              && e.surroundings().probesFrom(e.flow()) >= Thresholds.MANY
              && e.surroundings().isUser(e.flow())),
  NEVER_ANSWERED("the client's SYN was never answered", Handshakes::isNeverAnswered),
  TURNED_AWAY("others were connected to the same port meanwhile", Handshakes::isTurnedAway),
  REFUSED_FROM_ELSEWHERE(
      "others were connected to the same port meanwhile, and none has the TTL of that refusal",
      Handshakes::isRefusedFromElsewhere),
  HALF_OPEN("the client never finished the handshake of TCP", Handshakes::isHalfOpen),
  LEFT_IN_TLS("the client left right after the handshake of TLS", Handshakes::isLeftInTls),
  RESET_AT_FIRST_BYTES(
      "the broker ended it at once after the client's first bytes, before it had said anything",
      Handshakes::isResetAtFirstBytes),
  TLS_TO_IT(
      "the client's first bytes are TLS", e -> Handshakes.isResetAtFirstBytes(e) && e.isTls()),
  ENDED_AFTER_HEADER(
      "the broker ended it at once after the first words of both, before connection.start",
      Handshakes::isEndedAfterHeader),
  LEFT_AFTER_ANOTHER(
      "the client left at once after the broker had answered its header with something else than"
          + " connection.start",
      Handshakes::isLeftAfterAnother),
  REFUSED_BEHIND(
      "a SYN proxy in the path had accepted it; then the broker's side refused",
      Handshakes::isRefusedBehind),
  ENDED_AT_LOGIN(
      "the broker ended it instead of accepting user, password or virtual host",
      Handshakes::isEndedAtLogin),
  HANDSHAKE_TIMEOUT_REACHED(
      "it ended 10 s after the client's last step, RabbitMQ's handshake_timeout",
      Handshakes::isTimedOut),
  HANDSHAKE_STALLED("the broker ended it amid the handshake after waiting", Handshakes::isStalled),
  ENDED_AMID_HANDSHAKE("the broker ended it amid the handshake at once", Handshakes::isEndedAmid),
  START_OWED_AND_CLOSED(
      "the broker's side, which owed connection.start, closed with FIN",
      Handshakes::isStartOwedAndClosed),
  START_AWAITED("the client had waited for connection.start in vain", Handshakes::isStartAwaited),
  DOOR_RIGHT_FOR_OTHERS(
      "others spoke AMQP to the same port, and were understood", Handshakes::isDoorRightForOthers),
  CLOSED_WHEN_ACCEPTED(
      "the broker's side accepted it and closed it with FIN before a byte was sent",
      Handshakes::isClosedWhenAccepted),
  RESET_WHEN_ACCEPTED(
      "the broker's side accepted it and reset it before a byte was sent",
      Handshakes::isResetWhenAccepted),

  // ---- silence of the whole connection before the end
  BUSY("the connection was in use to the end", End::isBusy),
  OWN_SILENCE_ROUND(
      e ->
          "the client itself had been silent for "
              + Words.duration(e.ownSilenceNanos())
              + ", a value that timers are configured to",
      "the broker spoke to the end; the client's own silence is a value that timers are configured"
          + " to",
      End::isOwnSilenceRound),
  OWN_SILENCE_RECURS(
      e ->
          "the client itself had been silent for "
              + Words.duration(e.ownSilenceNanos())
              + " before "
              + e.surroundings().ownSilenceRecurs(e.flow())
              + " ends at different moments, while the broker spoke",
      "the broker spoke to the end; the client's own silence came before other ends at different"
          + " moments",
      e -> e.ownSilenceNanos() >= 0 && e.surroundings().ownSilenceRecurs(e.flow()) > 1),
  SILENCE_UNKNOWN(
      "what was before it is not in the capture",
      e -> e.silenceNanos() < 0 && e.first().way() != FirstEnd.Way.NONE),
  IDLE(
      e -> "it was idle for " + Words.duration(e.silenceNanos()),
      "it was idle for a second or more",
      e -> e.isSilentFor(Thresholds.SILENCE_NANOS)),
  BRIEFLY_IDLE(
      e -> "it was idle for " + Words.duration(e.silenceNanos()) + ", shorter than timers wait",
      "it was idle for less than 30 s, shorter than the timers of devices wait",
      e ->
          e.isByMiddlebox()
              && e.silenceNanos() >= 0
              && e.silenceNanos() < Thresholds.SHORTEST_TIMER_NANOS),
  IDLE_AS_LONG_AS_TIMERS(
      e -> "it was idle for " + Words.duration(e.silenceNanos()) + ", as long as timers wait",
      "it was idle for 30 s or more, as long as timers wait",
      e -> e.isSilentFor(Thresholds.SHORTEST_TIMER_NANOS)),
  ROUND_SHORT(
      e -> Words.duration(e.silenceNanos()) + " are whole seconds",
      "its idle time is a whole number of seconds, as timers are configured",
      e -> e.round() == RoundTime.SHORT),
  ROUND_MEDIUM(
      e -> Words.duration(e.silenceNanos()) + " is a value that timers are configured to",
      "its idle time is a value between 8 and 59 s that timers are configured to",
      e -> e.round() == RoundTime.MEDIUM),
  ROUND_LONG(
      e -> Words.duration(e.silenceNanos()) + " is a value that timers are configured to",
      "its idle time is a value of a minute or more that timers are configured to",
      e -> e.round() == RoundTime.LONG),
  ROUND_NEARLY(
      e -> Words.duration(e.silenceNanos()) + " are nearly a value that timers are configured to",
      "its idle time is nearly a value that timers are configured to, as nginx fires up to 0.3 s"
          + " early and devices look now and then",
      End::isNearlyRound),
  NOT_ROUND(
      "its idle time is no value that timers are configured to",
      e ->
          (e.isFin(true) || e.isFin(false) || e.isReset(true, false) || e.isReset(false, false))
              && e.isSilentFor(Thresholds.SILENCE_NANOS)
              && e.round() == RoundTime.NO
              && !e.isNearlyRound()),
  RECURS(
      e ->
          "the same idle time came before "
              + e.recurring().independent()
              + " ends at different moments",
      "the same idle time came before ends at different moments, oftener than by chance",
      e -> e.recurrence() >= Recurring.LIKELY && e.recurrence() < Recurring.SURE),
  RECURS_SURELY(
      e ->
          "the same idle time came before "
              + e.recurring().independent()
              + " ends at different moments",
      "the same idle time came before ends at different moments, which chance does not explain",
      e -> e.recurrence() >= Recurring.SURE),
  OFF_TIMER(
      "the idle timer of its path is known, and this end lies well away from it",
      e -> e.isOffTimer(Recurring.SURE)),
  OUTLIVED("connections on the same path lived through longer idle times", End::isOutlived),
  FORGOTTEN_AT_OTHER_TIMES(
      "others on its path were forgotten after such idle times at other moments",
      End::isBoundedTimer),
  HEARTBEATS_OFF("heartbeats were off", End::heartbeatsOff),
  HEARTBEATS_FORBID(
      "heartbeats were due more often than it was idle: a timer cannot have seen that",
      End::heartbeatsForbidSilence),

  // ---- heartbeats that did not come, paths that were dead
  HEARTBEAT_RAN_OUT(
      e ->
          "nothing had come from the other side for "
              + Words.duration(e.otherSilentNanos())
              + " with a heartbeat of "
              + e.heartbeatOwed()
              + " s",
      "the other side had been silent for as long as a heartbeat timer waits",
      End::heartbeatRanOut),
  HEARTBEAT_UNHEARD(
      e ->
          "what the other side sent had not been acknowledged for "
              + Words.duration(e.unheardNanos())
              + " with a heartbeat of "
              + e.heartbeatOwed()
              + " s",
      "what the other side sent had not arrived for as long as a heartbeat timer waits",
      End::heartbeatUnheard),
  UNHEARD(
      e ->
          "what the other side sent had not been acknowledged for "
              + Words.duration(e.unheardNanos()),
      "what the other side sent had not arrived for 4 s or more, and what heartbeat was agreed is not"
          + " in the capture",
      End::isUnheard),
  SILENT_BEYOND_HEARTBEAT(
      "the client had been silent for longer than the broker waits for heartbeats, before it spoke"
          + " again",
      End::isBeyondHeartbeat),
  BEATS_RAN_OUT(
      "it ended one interval after the last of equal small packets, as heartbeats are, while the"
          + " other side had been silent for longer",
      End::beatsRanOut),
  BETWEEN_BEATS(
      "who ended it had been as silent as between two of its own equal small packets, as heartbeats"
          + " are",
      End::isBetweenBeats),
  HEARTBEATS_UNSEEN(
      "the broker's socket reset it after silence, and what heartbeat was agreed is not in the"
          + " capture",
      End::isBrokersAfterUnknownHeartbeats),
  HEARTBEAT_LONG_OVERDUE(
      "the client had been silent for even longer than the broker waits for heartbeats",
      End::isLongOverdue),
  WAITED_BEYOND_HEARTBEAT(
      "nothing had come through for longer than a heartbeat timer waits",
      e -> e.isReset(false, true) && e.waitedBeyondHeartbeat()),
  GAVE_UP("who ended it had retransmitted without an ACK", End::hadGivenUp),
  GAVE_UP_LATE(
      "who ended it had kept asking without an answer for longer than heartbeats explain",
      e -> e.hadGivenUp() && !e.heartbeatRanOut()),
  UNRECEIVED(
      e ->
          "by the timestamp that it echoes, it had received nothing for "
              + Words.duration(e.unreceivedNanos())
              + ", though the other side had sent something",
      "by the timestamp that it echoes, who reset it had not received what the other side had sent",
      e -> e.unreceivedNanos() >= 0),
  WINDOW_ZERO("the client's receive window was 0: it did not read", Transport::isClientFull),

  // ---- who else
  TOGETHER_DIFFERING(
      e -> e.company().others() + " others ended in the same moment after other idle times",
      "others of its host ended in the same moment after idle times that differ",
      e -> e.isEndOfProcess() && e.company().silencesDiffer()),
  SEVERAL_HOSTS_AT_ONCE(
      "connections of several client hosts ended in the same moment",
      e ->
          e.first().byClient()
              && !e.isByMiddlebox()
              && e.company().hosts() > 1
              && e.company().others() > 1),
  TOGETHER_ALIKE(
      e -> e.company().others() + " others ended in the same moment after the same idle time",
      "others of its host ended in the same moment after the same idle time",
      e -> e.isEndOfProcess() && e.company().silencesAlike()),
  MANY_AT_ONCE(
      "many sockets of the broker's host reset their connections at once",
      e -> e.isReset(false, false) && Transport.endedTogether(e) >= Thresholds.MANY),
  BROKER_LIVES_ON(
      "others of the broker's connections lived on",
      e -> e.isReset(false, false) && e.surroundings().brokerLivesOn(e.flow(), e.reset())),
  HOST_LIVES_ON(
      "another connection of that host was up before and after",
      e -> (e.isReset(true, true) || e.isReset(false, true)) && e.hostLivesOn()),
  SECOND_CLIENT_HOST(
      "two hosts use the client's address at the same time: one answered with the reset, the other"
          + " went on",
      e -> e.isOfSecondHost(true)),
  SECOND_BROKER_HOST(
      "two hosts use the broker's address at the same time: one answered with the reset, the other"
          + " went on",
      e -> e.isOfSecondHost(false)),
  HOST_SEEN_MEANWHILE(
      "another connection of that host was up for most of the silence, and after it",
      e -> (e.isReset(true, true) || e.isReset(false, true)) && e.isHostSeenMeanwhile()),
  FORGOTTEN_OF_LIVING_HOST(
      e ->
          "the reset answers the first packet after "
              + Words.duration(e.silenceNanos())
              + ", while the host was up",
      "the reset answers the first packet after 10 s and more of silence, while the host was up",
      e ->
          (e.isReset(true, true) || e.isReset(false, true))
              && (e.hostLivesOn() || e.isHostSeenMeanwhile())
              && e.isAfterLongSilence()),
  GONE_OF_SEVERAL_HOSTS(
      "connections of several client hosts were answered like this within seconds",
      e ->
          e.isReset(true, true)
              && e.first().answers()
              && e.surroundings().forgottenOfSeveralClients(e.flow(), e.reset())),
  TOO_SOON_FOR_A_REBOOT(
      "the host had sent something less than 2 s before: it has not booted since",
      e -> (e.isReset(true, true) || e.isReset(false, true)) && e.isTooSoonForAReboot()),
  FIN_HELD_BACK(
      "the broker's receive window was 0, so that the FIN of a process that ended could not be sent",
      e -> e.isReset(true, true) && Transport.isBrokerFull(e)),
  SOON_FOR_A_REBOOT(
      "the client's host had sent something 2 to 10 s before: few hosts boot that fast",
      e -> e.isReset(true, true) && e.isSoonForAReboot()),
  AMID_ITS_TRAFFIC(
      "the client's host had just sent other packets",
      e -> e.isReset(true, true) && e.isAmidItsTraffic()),
  UNPROMPTED_BARE(
      "nothing is in the capture that it answers",
      e -> (e.isReset(true, true) || e.isReset(false, true)) && !e.first().answers()),
  SOCKET_LIVES_ON(
      "its socket lives on: a packet filter on the host itself rejected",
      End::isOfAHostWhoseSocketLivesOn),
  ANSWERS_RETRANSMISSION(
      "it answers a retransmission of what its socket, which lives on, had received",
      e -> (e.isReset(true, true) || e.isReset(false, true)) && e.isOfARetransmission()),
  REPLACED(
      e ->
          "a new connection between the same ports met the broker's socket of it, "
              + Words.duration(e.replacedAfterNanos())
              + " after its last packet, and ended it",
      "a new connection between the same ports met the broker's socket of it, and ended it",
      e -> e.replacedAfterNanos() >= 0),
  RENAMED(
      e ->
          "its numbers go on from the connection from "
              + e.older().client()
              + ", of which nothing had been seen for "
              + Words.duration(e.silenceNanos())
              + ": a NAT forgot that",
      "its numbers go on from a connection from another address or port: a NAT forgot that",
      e -> e.older() != null),
  RENAMED_AFTER_SILENCE(
      "that connection had been silent",
      e -> e.older() != null && e.isSilentFor(Thresholds.SILENCE_NANOS)),
  TRANSLATED_AWAY(
      "its numbers go on from a connection with another address: packets were no longer translated",
      e -> e.surroundings().isTranslatedAway(e.flow())),

  // ---- devices that send resets
  ANSWERS_AFTER_SILENCE(
      "the reset answers the first packet after that",
      e -> e.isByMiddlebox() && Transport.isOfOneThatForgot(e)),
  UNPROMPTED("the reset answers nothing", e -> e.isByMiddlebox() && !Transport.isAnswer(e)),
  AMID_RETRANSMISSION(
      "packets had been retransmitted before", e -> e.isByMiddlebox() && Transport.isAmidLoss(e)),
  BOTH_SIDES("both sides were reset at the same moment", Transport::isPair),
  SAID_IDLE("the device wrote into the reset that the connection was idle", Transport::saidIdle),
  SET_TTL_ON_PURPOSE("it set the TTL of the side in whose name it spoke", Transport::isImitation),
  UNPROMPTED_AFTER_LONG(
      "it came unprompted after a silence as long as timers wait",
      e ->
          e.isByMiddlebox()
              && !Transport.isAnswer(e)
              && e.isSilentFor(Thresholds.SHORTEST_TIMER_NANOS)),
  FORGED_NUMBERS("its numbers are guessed, or several were tried", Transport::isGuessed),
  SWEPT(
      e -> e.company().others() + " others, idle as well, were reset in the same moment",
      "others, idle for other times, were reset in the same moment and answered nothing",
      e ->
          e.isByMiddlebox()
              && !Transport.isAnswer(e)
              && e.company().silencesDiffer()
              && e.company().shortestNanos() >= Recurring.SHORTEST_SWEPT_NANOS),
  TABLE_LOST(
      "several connections were answered like this within seconds, not all idle for long",
      Transport::isTableLost),
  BUSY_AND_MANY(
      "several busy connections were reset at the same moment",
      e -> e.isByMiddlebox() && e.company().others() >= 2 && e.company().busy() >= Thresholds.MANY),

  // ---- proxies
  PROXY_HEADER(
      "a proxy announced itself (PROXY header)",
      e -> e.surroundings().proxySigns(e.flow()).contains(ProxySign.PROXY_HEADER)),
  FIN_THEN_RESET(
      "FIN and at once a reset of the same socket, as HAProxy does on a timeout",
      Transport::isFinThenReset),
  SEVERAL_PROGRAMS(
      "programs of several kinds speak from the client's address",
      e ->
          e.isEndOfProcess()
              && e.surroundings().proxySigns(e.flow()).contains(ProxySign.SEVERAL_CLIENTS)),
  HEALTH_CHECKS(
      "the same address makes health checks of the broker: it is a proxy's",
      e ->
          e.first().byClient()
              && e.isEndOfProcess()
              && e.surroundings().proxySigns(e.flow()).contains(ProxySign.HEALTH_CHECKS)),
  RESET_BEHIND_FIN(
      "FIN and at once a reset of the same socket that nothing drew, amid traffic",
      Transport::isResetBehindFin),
  SESSIONS_TOGETHER(
      "others of the same address, which may be a proxy's, ended in the same moment",
      Transport::isOneOfAProxysSessions),
  REFUSED_AFTERWARDS(
      "new connections to that port were refused afterwards",
      e -> e.isFin(false) && e.surroundings().refusedAfterwards(e.flow(), e.first().nanos())),
  BROKER_RESETS_ITS_CLOSES(
      "the broker closes with resets, as RabbitMQ does: that FIN was not its own",
      e -> e.isFin(false) && e.surroundings().resetsItsCloses(e.flow())),
  BROKER_CLOSES_WITH_FIN(
      "the broker closes others with FIN: its linger is off",
      e -> e.isFin(false) && e.surroundings().closesWithFin(e.flow())),

  TLS_ENDED_BY_BROKER(
      "over TLS RabbitMQ sends FIN first, as it closes there in order",
      e -> e.isTls() && e.isFin(false)),

  // ---- what cannot be read
  ONE_DIRECTION(
      "only one direction is in the capture", e -> Unread.isOneDirection(e) && !e.isByMiddlebox()),
  TLS_CONFIRMED_END(
      "TLS hides whether it was closed; the broker spoke last, just before, as to confirm a close",
      Unread::isTlsConfirmedFin),
  TLS_BUSY_END(
      "TLS hides whether it was closed; the client spoke last, just before", Unread::isTlsBusyFin),
  TLS_IDLE_END("TLS hides whether it was closed; the end came after silence", Unread::isTlsIdleFin),
  TLS_ALERT("an alert of TLS, as before a proper end, came just before", Unread::isAlerted),
  NO_PAYLOAD("the capture holds no payload", Unread::isWithoutPayload),
  BRIEF_AND_UNREAD(
      "it ended within a second of its beginning, and the capture does not hold its words",
      Unread::isBrief),
  CUT_CONFIRMED_END(
      "the capture cuts what was said; the broker spoke last, just before, as to confirm a close",
      Unread::isCutConfirmedFin),
  BEGAN_LATE("the capture began too late for its last words", Unread::isTooShort),
  BYTES_MISSING("bytes are missing from the capture, perhaps a close", Unread::isGappy),
  PACKETS_CUT("the capture cuts packets, perhaps a close", Unread::isCut),
  FOREIGN_WORDS(
      "it spoke another protocol, which the broker did not refuse",
      e -> Unread.isForeign(e) && !Spoken.isProtocolRefused(e)),
  ONLY_RESETS("only the reset is in the capture", Unread::isOnlyResets);

  private final Function<End, String> says;
  private final String explanation;
  private final Predicate<End> holds;

  Fact(String explanation, Predicate<End> holds) {
    this(e -> explanation, explanation, holds);
  }

  Fact(Function<End, String> says, String explanation, Predicate<End> holds) {
    this.says = says;
    this.explanation = explanation;
    this.holds = holds;
  }

  /** The word in the table and in reports: {@code fin-by-client}. */
  @Override
  public String word() {
    return Term.ofName(this);
  }

  @Override
  public String explanation() {
    return explanation;
  }

  /** Whether it is so of that end. */
  boolean holds(End end) {
    return holds.test(end);
  }

  /** The same with the numbers of that end, a clause. */
  String says(End end) {
    return says.apply(end);
  }
}
