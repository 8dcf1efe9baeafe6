package io.rstscope.judge.cause;

import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.context.RoundTime;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.net.Durations;
import io.rstscope.net.Side;
import io.rstscope.net.Term;
import io.rstscope.reset.LoggedEnd;
import io.rstscope.reset.witness.SocketError.Meaning;
import java.util.Arrays;

/**
 * What can be seen of the end of a connection. What each means for the causes stands in the table
 * {@code causes.txt} beside this class, and nowhere else.
 */
public enum Fact implements Term {
  // ---- how it ended
  REFUSED("the connection was refused"),
  UP("it was up when the capture ended"),
  NO_END_SEEN("no end of it is in the capture"),
  LIVED_ON("the connection stayed up after the reset"),
  IGNORED_THEN_CLOSED("the connection stayed up after the reset, and was closed normally later"),
  FIN_BY_CLIENT(Manner.FIN, "the client's side closed first (FIN), without connection.close"),
  FIN_BY_BROKER(Manner.FIN, "the broker's side closed first (FIN), without connection.close"),
  RESET_BY_CLIENT(Manner.SOCKET, "the client's own socket reset it"),
  RESET_BY_CLIENT_HOST(Manner.HOST, "the client's host knew no such connection"),
  RESET_BY_BROKER(Manner.SOCKET, "the broker's own socket reset it"),
  RESET_BY_BROKER_HOST(Manner.HOST, "the broker's host knew no such connection"),
  RESET_BY_MIDDLEBOX(Manner.DEVICE, "something in the path sent the reset"),
  NO_ANSWER("packets were retransmitted without an ACK to the end"),
  ANY_END("none of the causes known here"),

  // ---- words of AMQP
  CLOSED_BY_CLIENT("the client sent connection.close"),
  CLOSED_BY_CLIENT_WITH_ERROR("the client closed with an error"),
  IDLE_SAID("the broker said that it received nothing for too long"),
  CLOSED_BY_BROKER("the broker sent connection.close"),
  SHUTDOWN_SAID("the broker said that it was shutting down"),
  FORCED_WITH_MANY("the broker was made to close many at once; the capture cuts the reason"),
  FORCED_ALONE("the broker was made to close it; the capture cuts the reason"),
  LOGIN_REFUSED("the broker refused the login"),
  VERSION_REFUSED("the broker refused the protocol"),
  CONSUMER_TIMED_OUT(
      "a channel was closed because a delivery was not acknowledged in time, and the client left"),
  CONSUMER_CANCELLED("the broker cancelled a consumer (basic.cancel), and the client left at once"),
  CHANNEL_ERROR("a channel was closed with an error, and the client left"),
  SHUTTING_DOWN(Manner.SOCKET, "the broker announced its shutdown to others at that time"),

  // ---- what the broker's log says, where the packets do not
  LOGGED_CLOSED("the broker's log has its close, and no error"),
  LOGGED_CLIENT_LEFT(
      "the broker's log has it closed by the client without connection.close, which the packets do"
          + " not show"),
  LOGGED_HEARTBEATS_MISSED("the broker's log says that heartbeats from the client were missed"),
  LOGGED_SEND_TIMED_OUT("the broker's log says that sending to the client timed out"),

  BLOCKED("publishing was blocked by the broker when the client's side ended it"),

  // ---- the handshake
  EMPTY("it was opened and closed without a byte"),
  ONLY_PROXY_HEADER("only a PROXY header was sent"),
  PROXY_LOCAL("the PROXY header is LOCAL: the proxy's own connection"),
  LEFT_AT_START("the client left as soon as the broker began the handshake"),
  PROBED_BEFORE("connections from its address end like this repeatedly"),
  CHECKED_BESIDE_USE(
      "the same address has connections in use, and others that end like this repeatedly"),
  NEVER_ANSWERED("the client's SYN was never answered"),
  REACHED_BROKER("the capture is the broker's own: the client's SYN came as far as its host"),
  TURNED_AWAY("the port accepted other connections meanwhile"),
  REFUSED_FROM_ELSEWHERE(
      "the port accepted other connections meanwhile, and none has the TTL of that refusal"),
  HALF_OPEN("the client never completed the TCP handshake"),
  TLS_REFUSED(
      "a fatal alert ended the TLS handshake: one side does not accept what the other sent"),
  LEFT_IN_TLS("the client left right after the TLS handshake"),
  RESET_AT_FIRST_BYTES(
      "the broker ended it at once after the client's first bytes, without sending any"),
  TLS_TO_IT("the client's first bytes are TLS"),
  ENDED_AFTER_HEADER(
      "the broker ended it at once after the first bytes of both, before connection.start"),
  LEFT_AFTER_ANOTHER(
      "the client left at once after the broker answered its protocol header with something other"
          + " than connection.start"),
  REFUSED_BEHIND("a SYN proxy in the path had accepted it; then the broker's side refused"),
  ENDED_AT_LOGIN("the broker ended it instead of accepting user, password or virtual host"),
  HANDSHAKE_TIMEOUT_REACHED(
      "it ended 10 s after the client's last step, RabbitMQ's handshake_timeout"),
  HANDSHAKE_STALLED("the broker waited, then ended it in the middle of the handshake"),
  ENDED_AMID_HANDSHAKE("the broker ended it in the middle of the handshake, without waiting"),
  START_OWED_AND_CLOSED("the broker's side closed with FIN instead of sending connection.start"),
  START_AWAITED("the client waited for connection.start, and none came"),
  DOOR_RIGHT_FOR_OTHERS("the port accepted AMQP from others"),
  CLOSED_WHEN_ACCEPTED(
      "the broker's side accepted it and closed it with FIN before a byte was sent"),
  RESET_WHEN_ACCEPTED("the broker's side accepted it and reset it before a byte was sent"),

  // ---- silence of the whole connection before the end
  BUSY("the connection was in use to the end"),
  OWN_SILENCE_ROUND(
      Manner.FIN,
      "one side had sent nothing for a common timer setting, while the other went on sending"),
  OWN_SILENCE_RECURS(
      Manner.FIN,
      "one side had sent nothing for the same time before other ends at different moments, while"
          + " the other went on sending"),
  OWN_SILENCE_OF_LIFE(
      Manner.FIN,
      "one side had sent nothing since the beginning, or for the same time before other ends of"
          + " connections as old, while the other went on sending"),
  SILENCE_UNKNOWN("the capture does not show how long it was idle"),
  IDLE("it was idle for a second or more"),
  BRIEFLY_IDLE(Manner.DEVICE, "it was idle for less than 30 s, shorter than device timers"),
  IDLE_AS_LONG_AS_TIMERS("it was idle for 30 s or more, as long as device timers"),
  ROUND_SHORT("its idle time is a whole number of seconds, as timers are configured"),
  ROUND_MEDIUM("its idle time is a common timer setting between 8 and 59 s"),
  ROUND_LONG("its idle time is a common timer setting of a minute or more"),
  ROUND_NEARLY(
      "its idle time is close to a common timer setting: nginx fires up to 0.3 s early, and devices"
          + " check now and then"),
  NOT_ROUND("its idle time is not a common timer setting"),
  RECURS("the same idle time came before ends at different moments, more often than by chance"),
  RECURS_SURELY(
      "the same idle time came before ends at different moments, which chance does not explain"),
  LIVES_ALIKE(
      "other connections had lived for the same time and been idle for the same time, when they"
          + " ended at different moments"),
  IDLE_ALL_ITS_LIFE(
      "it ended as by a timer, but was idle for all its life except the beginning, or had lived as"
          + " long as others that ended like it; nothing shows a proxy at the client's address"),
  ENDED_AT_ITS_OWN_HOST(
      "the capture is the client's own, and shows no connection that a proxy there would have"
          + " accepted"),
  OWN_RHYTHM(
      "it had been idle for as long before, and lived: a timer of that length would have ended it"
          + " then"),
  OFF_TIMER("the idle timer of its path is known, and this end does not fit it"),
  OUTLIVED("connections on the same path survived longer idle times"),
  FORGOTTEN_AT_OTHER_TIMES(
      "others on its path were forgotten after such idle times at other moments"),
  HEARTBEATS_OFF("heartbeats were off"),
  HEARTBEATS_FORBID(
      "the heartbeat was shorter than the idle time: a timer would have seen heartbeats"),

  // ---- heartbeats that did not come, paths that were dead
  HEARTBEAT_RAN_OUT(
      "nothing was received from the other side for as long as a heartbeat timer waits"),
  HEARTBEAT_UNHEARD(
      "what the other side sent was not acknowledged for as long as a heartbeat timer waits"),
  UNHEARD(
      "what the other side sent was not acknowledged for 4 s or more; the capture does not show the"
          + " negotiated heartbeat"),
  SILENT_BEYOND_HEARTBEAT(
      Manner.HOST,
      "the client sent nothing for longer than the broker waits for heartbeats, then resumed"),
  BEATS_RAN_OUT(
      "it ended one interval after the last of its equal small packets, as heartbeats are, and had"
          + " received nothing for longer"),
  BETWEEN_BEATS("it was idle for just one interval of its equal small packets, as heartbeats are"),
  HEARTBEATS_UNSEEN(
      Manner.SOCKET,
      "the broker's socket reset it when it was idle; the capture does not show the negotiated"
          + " heartbeat"),
  HEARTBEAT_LONG_OVERDUE(
      Manner.SOCKET,
      "the client sent nothing for even longer than the broker waits for heartbeats"),
  WAITED_BEYOND_HEARTBEAT(
      Manner.HOST, "nothing got through for longer than a heartbeat timer waits"),
  GAVE_UP("the side that ended it had retransmitted without an ACK"),
  GAVE_UP_LATE(
      "the side that ended it had retransmitted without an ACK for longer than heartbeats explain"),
  GAVE_UP_BEFORE(
      Manner.HOST,
      "the host that sent the RST had retransmitted without an ACK before: its kernel had given the"
          + " connection up"),
  UNRECEIVED("by its TSecr, the side that reset it had not received what the other side had sent"),
  KEEPALIVE_UNANSWERED("keep-alive probes that had been answered before were answered no longer"),
  UNDELIVERED(
      "packets of the other side still came, and none acknowledged what this side retransmitted"),
  WINDOW_ZERO("the client's receive window was 0: it had stopped reading"),

  // ---- who else
  TOGETHER_DIFFERING("others of its host ended at the same moment after different idle times"),
  SEVERAL_HOSTS_AT_ONCE("connections of several client hosts ended at the same moment"),
  TOGETHER_ALIKE("others of its host ended at the same moment after the same idle time"),
  AT_ONE_MOMENT("others ended within 2 ms of it, after idle times that differ by 20 ms or more"),
  MANY_AT_ONCE(Manner.SOCKET, "many sockets of the broker's host reset their connections at once"),
  BROKER_LIVES_ON(Manner.SOCKET, "others of the broker's connections stayed up"),
  HOST_LIVES_ON(Manner.HOST, "another connection of that host was up before and after"),
  SECOND_CLIENT_HOST(
      "two hosts use the client's address at the same time: one answered with the RST, the other"
          + " kept sending"),
  SECOND_BROKER_HOST(
      "two hosts use the broker's address at the same time: one answered with the RST, the other"
          + " kept sending"),
  HOST_SEEN_MEANWHILE(
      Manner.HOST,
      "another connection of that host was up for most of the idle time, and after it"),
  ONLY_NEWER_SEEN(
      "all other connections of its host began after the client's last packet on this one"),
  FORGOTTEN_OF_LIVING_HOST(
      Manner.HOST,
      "the RST answers the first packet after 10 s idle or more, while the host was up"),
  GONE_OF_SEVERAL_HOSTS(
      Manner.HOST, "connections of several client hosts were answered like this within seconds"),
  TOO_SOON_FOR_A_REBOOT(
      Manner.HOST, "the host had sent packets less than 2 s before: it has not rebooted since"),
  FIN_HELD_BACK(
      Manner.HOST,
      "the broker's receive window was 0, so the FIN of a process that exited could not be sent"),
  SOON_FOR_A_REBOOT(
      Manner.HOST,
      "the client's host had sent packets 2 to 10 s before: few hosts reboot that fast"),
  AMID_ITS_TRAFFIC(Manner.HOST, "the client's host had just sent other packets"),
  UNPROMPTED_BARE("the capture shows no packet that it answers"),
  SOCKET_NOT_ENDED(
      Manner.HOST,
      "captured at a host that is up, whose socket had acknowledged less than 2 s before, and sent"
          + " neither FIN nor RST of its own"),
  SOCKET_LIVES_ON("its socket is still open: a packet filter on the host itself rejected"),
  FILTERED_BY_KERNEL(
      "no socket of that host sent the RST, by its kernel: a packet filter on the host did"),
  KERNEL_GAVE_UP(
      "the kernel of its host gave the connection up: what it sent got no ACK for too long"),
  KERNEL_UNREACHABLE(
      "the kernel of its host gave the connection up: the other host could not be reached"),
  KERNEL_RESET("the kernel of its host took an RST that is not in the capture"),
  KERNEL_DESTROYED("somebody on its host destroyed the socket, as ss --kill does"),
  ANSWERS_RETRANSMISSION(
      Manner.HOST,
      "it answers a retransmission of what its socket, which is still open, had received"),
  REPLACED(
      "a new connection between the same ports reached the broker's socket of it, and ended it"),
  RENAMED(
      "its sequence numbers continue a connection from another address or port: a NAT forgot it"),
  RENAMED_AFTER_SILENCE("that connection had been idle"),
  TRANSLATED_AWAY(
      "its sequence numbers continue a connection with another address: packets were no longer"
          + " translated"),

  // ---- devices that send resets
  ANSWERS_AFTER_SILENCE("the RST answers the first packet after the idle time"),
  UNPROMPTED(Manner.DEVICE, "the RST is unprompted: it answers no packet"),
  AMID_RETRANSMISSION(Manner.DEVICE, "packets were being retransmitted before it"),
  BOTH_SIDES(Manner.DEVICE, "both sides were reset at the same moment"),
  SAID_IDLE("the device wrote into the RST that the connection was idle"),
  SET_TTL_ON_PURPOSE(Manner.DEVICE, "it copied the TTL of the side whose source address it used"),
  UNPROMPTED_AFTER_LONG(
      Manner.DEVICE, "it came unprompted after an idle time as long as device timers"),
  FORGED_NUMBERS(Manner.DEVICE, "its sequence number is guessed, or several were tried"),
  SWEPT(Manner.DEVICE, "others, idle for other times, were reset unprompted at the same moment"),
  ONLY_IDLE_ONES_FORGOTTEN(
      Manner.DEVICE,
      "it had never been idle for so long, others were answered like this within seconds, and"
          + " another of the same host was up for most of that time, and after it"),
  FORGOTTEN_ALIKE(
      Manner.DEVICE,
      "others were answered like this after the same idle time of 5 s or more, at other moments"),
  RESET_ALIKE(
      Manner.DEVICE,
      "others were reset like this, unprompted, after the same idle time, at other moments"),
  TABLE_LOST(
      Manner.DEVICE,
      "several connections were answered like this within seconds, not all idle for long"),
  BUSY_AND_MANY(Manner.DEVICE, "several busy connections were reset at the same moment"),

  REFUSES_NEW_TOO(
      Manner.DEVICE,
      "new connections to that port were refused within seconds, from where the reset came"),
  ONE_WAY_ONLY(
      Manner.DEVICE, "it let through what one side sent, and answered the replies with resets"),

  // ---- proxies
  PASSED_ON("the other leg of the proxy had been ended before it, by who is behind that"),
  ENDED_BEFORE_OTHER_LEG("the proxy ended its other leg only after it"),
  PROXY_ENDED_BOTH_LEGS("a proxy ended its legs to the client and to the broker at once"),
  PROXY_HEADER("a proxy sent a PROXY header"),
  FIN_THEN_RESET("FIN, then at once an RST of the same socket, as HAProxy does on a timeout"),
  SEVERAL_PROGRAMS("several kinds of programs connect from the client's address"),
  HEALTH_CHECKS("the same address sends health checks to the broker: it is a proxy's"),
  RESET_BEHIND_FIN(
      Manner.FIN,
      "FIN, then at once an unprompted RST of the same socket, in the middle of traffic"),
  SESSIONS_TOGETHER("others of the same address, which may be a proxy's, ended at the same moment"),
  REFUSED_AFTERWARDS(Manner.FIN, "new connections to that port were refused afterwards"),
  BROKER_RESETS_ITS_CLOSES(
      Manner.FIN, "the broker closes with RSTs, as RabbitMQ does: that FIN was not its own"),
  BROKER_CLOSES_WITH_FIN(Manner.FIN, "the broker closes others with FIN: its linger is off"),

  TLS_ENDED_BY_BROKER(Manner.FIN, "over TLS RabbitMQ sends FIN first"),

  // ---- what cannot be read
  ONE_DIRECTION("only one direction is in the capture"),
  TLS_CONFIRMED_END(
      Manner.FIN,
      "TLS hides connection.close; the broker sent last, just before, as a close-ok would be"),
  TLS_BUSY_END(Manner.FIN, "TLS hides connection.close; the client sent last, just before"),
  TLS_IDLE_END(Manner.FIN, "TLS hides connection.close; the connection was idle before it ended"),
  TLS_ALERT(Manner.FIN, "a TLS alert, as before a normal close, came just before"),
  NO_PAYLOAD("the capture has no payload"),
  BRIEF_AND_UNREAD(
      Manner.FIN, "it ended within a second, and the capture does not show what was sent"),
  CUT_CONFIRMED_END(
      Manner.FIN,
      "the capture cuts what was sent; the broker sent last, just before, as a close-ok would be"),
  CUT_ANSWER_END(
      Manner.FIN,
      "the capture cuts what the broker, which sent little, had sent just before, perhaps"
          + " connection.close"),
  BEGAN_LATE("the capture began too late to show what was sent"),
  BYTES_MISSING("bytes are missing from the capture, perhaps connection.close"),
  PACKETS_CUT("the capture cuts packets, perhaps connection.close"),
  FOREIGN_WORDS("it spoke another protocol, which the broker did not refuse"),
  ONLY_RESETS("only the RST is in the capture");

  private static final Fact[][] BY_MANNER = new Fact[Manner.values().length][];

  static {
    for (Manner each : Manner.values()) {
      BY_MANNER[each.ordinal()] =
          Arrays.stream(values()).filter(fact -> fact.isOf(each)).toArray(Fact[]::new);
    }
  }

  /** The only one in which it holds, or null. */
  private final Manner manner;

  private final String explanation;

  Fact(String explanation) {
    this(null, explanation);
  }

  Fact(Manner manner, String explanation) {
    this.manner = manner;
    this.explanation = explanation;
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

  /** Those that may hold for ends of that manner. */
  static Fact[] of(Manner manner) {
    return BY_MANNER[manner.ordinal()];
  }

  private boolean isOf(Manner other) {
    return manner == null || manner == other;
  }

  /** Whether it is so of that end. */
  boolean holds(End end) {
    return isOf(end.manner()) && isSeen(end);
  }

  /** The same with the numbers of that end, a clause. */
  String says(End e) {
    return switch (this) {
      case OWN_SILENCE_ROUND -> oneWay(e) + ", a common timer setting";
      case OWN_SILENCE_RECURS -> oneWayRecurs(e);
      case OWN_SILENCE_OF_LIFE ->
          e.oneWayAlike() > 1
              ? oneWayRecurs(e) + ", of connections as old"
              : oneWay(e) + ", since the beginning, while the other side was sending";
      case IDLE -> "it was idle for " + Durations.text(e.silenceNanos());
      case BRIEFLY_IDLE ->
          "it was idle for " + Durations.text(e.silenceNanos()) + ", shorter than device timers";
      case IDLE_AS_LONG_AS_TIMERS ->
          "it was idle for " + Durations.text(e.silenceNanos()) + ", as long as device timers";
      case ROUND_SHORT -> Durations.text(e.silenceNanos()) + " is a whole number of seconds";
      case ROUND_MEDIUM -> Durations.text(e.silenceNanos()) + " is a common timer setting";
      case ROUND_LONG -> Durations.text(e.silenceNanos()) + " is a common timer setting";
      case ROUND_NEARLY -> Durations.text(e.silenceNanos()) + " is close to a common timer setting";
      case RECURS ->
          "the same idle time came before "
              + e.recurring().independent()
              + " ends at different moments";
      case RECURS_SURELY ->
          "the same idle time came before "
              + e.recurring().independent()
              + " ends at different moments";
      case HEARTBEAT_RAN_OUT ->
          "nothing was received from the other side for "
              + Durations.text(e.otherSilentNanos())
              + " with a heartbeat of "
              + e.heartbeatOwed()
              + " s";
      case HEARTBEAT_UNHEARD ->
          "what the other side sent was not acknowledged for "
              + Durations.text(e.unheardNanos())
              + " with a heartbeat of "
              + e.heartbeatOwed()
              + " s";
      case UNHEARD ->
          "what the other side sent was not acknowledged for " + Durations.text(e.unheardNanos());
      case UNRECEIVED ->
          "by its TSecr it had received nothing for "
              + Durations.text(e.unreceivedNanos())
              + ", though the other side had sent packets";
      case LIVES_ALIKE ->
          e.recurring().independent()
              + " connections, this one included, had lived for the same time when they ended at"
              + " different moments";
      case TOGETHER_DIFFERING ->
          e.company().others() + " others ended at the same moment after other idle times";
      case TOGETHER_ALIKE ->
          e.company().others() + " others ended at the same moment after the same idle time";
      case FORGOTTEN_OF_LIVING_HOST ->
          "the RST answers the first packet after "
              + Durations.text(e.silenceNanos())
              + " idle, while the host was up";
      case REPLACED ->
          "a new connection between the same ports reached the broker's socket of it "
              + Durations.text(e.replacedAfterNanos())
              + " after its last packet, and ended it";
      case RENAMED ->
          "its sequence numbers continue the connection from "
              + e.older().client()
              + ", idle for "
              + Durations.text(e.silenceNanos())
              + ": a NAT forgot it";
      case KERNEL_GAVE_UP, KERNEL_UNREACHABLE, KERNEL_RESET, KERNEL_DESTROYED -> Kernels.says(e);
      case SWEPT -> e.company().others() + " others, idle as well, were reset at the same moment";
      default -> explanation;
    };
  }

  private static String oneWayRecurs(End e) {
    return oneWay(e)
        + " before "
        + e.oneWayAlike()
        + " ends at different moments, while the other side was sending";
  }

  private static String oneWay(End e) {
    return "the "
        + e.oneWaySilence().of().word()
        + " had sent nothing for "
        + Durations.text(e.oneWaySilence().nanos());
  }

  // One method and not a function each: a hundred of those cost a short run more than its packets.
  private boolean isSeen(End e) {
    return switch (this) {
      case REFUSED -> e.isRefused();
      case UP -> e.isUp() && e.isOpen();
      case NO_END_SEEN -> e.isUp() && !e.isOpen();
      case LIVED_ON -> e.livedOn();
      case IGNORED_THEN_CLOSED -> Spoken.isIgnoredThenClosed(e);
      case FIN_BY_CLIENT -> e.isFin(Side.CLIENT);
      case FIN_BY_BROKER -> e.isFin(Side.BROKER);
      case RESET_BY_CLIENT -> e.isReset(Side.CLIENT, false);
      case RESET_BY_CLIENT_HOST -> e.isReset(Side.CLIENT, true);
      case RESET_BY_BROKER -> e.isReset(Side.BROKER, false);
      case RESET_BY_BROKER_HOST -> e.isReset(Side.BROKER, true);
      case RESET_BY_MIDDLEBOX -> true;
      case NO_ANSWER -> e.isUnanswered() && !e.isOneSided();
      case ANY_END -> true;
      case CLOSED_BY_CLIENT ->
          e.isClosedBy(Side.CLIENT) && !e.close().isError() && !Spoken.isCutShort(e);
      case CLOSED_BY_CLIENT_WITH_ERROR -> e.isClosedBy(Side.CLIENT) && e.close().isError();
      case IDLE_SAID -> Spoken.isIdleSaid(e);
      case CLOSED_BY_BROKER -> e.isClosedBy(Side.BROKER) && Spoken.isOther(e);
      case SHUTDOWN_SAID -> e.isClosedBy(Side.BROKER) && Spoken.isShutdown(e);
      case FORCED_WITH_MANY ->
          Spoken.isForcedCut(e) && e.captureContext().isOneOfManyForced(e.flow());
      case FORCED_ALONE -> Spoken.isForcedCut(e) && !e.captureContext().isOneOfManyForced(e.flow());
      case LOGIN_REFUSED -> Spoken.isLoginRefused(e);
      case VERSION_REFUSED -> Spoken.isProtocolRefused(e);
      case CONSUMER_TIMED_OUT -> Spoken.leftAfterChannelError(e) && Spoken.isConsumerTimeout(e);
      case CONSUMER_CANCELLED -> Spoken.leftAfterCancel(e);
      case CHANNEL_ERROR ->
          Spoken.leftAfterChannelError(e)
              && !e.amqp().channelError().isOfConsumer()
              && !Spoken.isConsumerTimeout(e);
      case SHUTTING_DOWN ->
          e.isReset(Side.BROKER, false)
              && e.captureContext().isShuttingDown(e.flow(), e.first().nanos());
      case LOGGED_CLOSED -> Logged.isUnread(e, LoggedEnd.CLOSED);
      case LOGGED_CLIENT_LEFT -> Logged.isUnread(e, LoggedEnd.CLIENT_LEFT);
      case LOGGED_HEARTBEATS_MISSED -> Logged.is(e, LoggedEnd.HEARTBEATS_MISSED);
      case LOGGED_SEND_TIMED_OUT -> Logged.is(e, LoggedEnd.SEND_TIMED_OUT);
      case BLOCKED -> e.isBlocked();
      case EMPTY -> e.isEmpty() && Handshakes.isEndedByClient(e);
      case ONLY_PROXY_HEADER -> Handshakes.isOnlyProxyHeader(e);
      case PROXY_LOCAL -> Handshakes.isProxyLocal(e);
      case LEFT_AT_START -> Handshakes.isLeftAtStart(e);
      case PROBED_BEFORE ->
          Handshakes.isProbeLike(e) && e.captureContext().probesFrom(e.flow()) >= Thresholds.MANY;
      case CHECKED_BESIDE_USE ->
          (Handshakes.isProbeLike(e) || Handshakes.isHeaderRefused(e))
              && e.captureContext().probesFrom(e.flow()) >= Thresholds.MANY
              && e.captureContext().isUser(e.flow());
      case NEVER_ANSWERED -> Handshakes.isNeverAnswered(e);
      case REACHED_BROKER -> Handshakes.hasReachedBroker(e);
      case TURNED_AWAY -> Handshakes.isTurnedAway(e);
      case REFUSED_FROM_ELSEWHERE -> Handshakes.isRefusedFromElsewhere(e);
      case HALF_OPEN -> Handshakes.isHalfOpen(e);
      case TLS_REFUSED -> Handshakes.isTlsRefused(e);
      case LEFT_IN_TLS -> Handshakes.isLeftInTls(e);
      case RESET_AT_FIRST_BYTES -> Handshakes.isResetAtFirstBytes(e);
      case TLS_TO_IT -> Handshakes.isResetAtFirstBytes(e) && e.isTls();
      case ENDED_AFTER_HEADER -> Handshakes.isEndedAfterHeader(e);
      case LEFT_AFTER_ANOTHER -> Handshakes.isLeftAfterAnother(e);
      case REFUSED_BEHIND -> Handshakes.isRefusedBehind(e);
      case ENDED_AT_LOGIN -> Handshakes.isEndedAtLogin(e);
      case HANDSHAKE_TIMEOUT_REACHED -> Handshakes.isTimedOut(e);
      case HANDSHAKE_STALLED -> Handshakes.isStalled(e);
      case ENDED_AMID_HANDSHAKE -> Handshakes.isEndedAmid(e);
      case START_OWED_AND_CLOSED -> Handshakes.isStartOwedAndClosed(e);
      case START_AWAITED -> Handshakes.isStartAwaited(e);
      case DOOR_RIGHT_FOR_OTHERS -> Handshakes.isDoorRightForOthers(e);
      case CLOSED_WHEN_ACCEPTED -> Handshakes.isClosedWhenAccepted(e);
      case RESET_WHEN_ACCEPTED -> Handshakes.isResetWhenAccepted(e);
      case BUSY -> e.isBusy() && !e.isOneWay();
      case OWN_SILENCE_ROUND -> e.isOneWayRound() && !e.isOneWayOfLife();
      case OWN_SILENCE_RECURS -> e.oneWayAlike() > 1 && !e.isOneWayOfLife();
      case OWN_SILENCE_OF_LIFE -> e.isOneWay() && e.isOneWayOfLife();
      case SILENCE_UNKNOWN -> e.silenceNanos() < 0 && e.first().way() != FirstEnd.Way.NONE;
      case IDLE -> e.isSilentFor(Thresholds.SILENCE_NANOS);
      case BRIEFLY_IDLE ->
          e.isByMiddlebox()
              && e.silenceNanos() >= 0
              && e.silenceNanos() < Thresholds.SHORTEST_TIMER_NANOS;
      case IDLE_AS_LONG_AS_TIMERS -> e.isSilentFor(Thresholds.SHORTEST_TIMER_NANOS);
      case ROUND_SHORT -> e.round() == RoundTime.SHORT && !e.isOneWay();
      case ROUND_MEDIUM -> e.round() == RoundTime.MEDIUM && !e.isOneWay();
      case ROUND_LONG -> e.round() == RoundTime.LONG && !e.isOneWay();
      case ROUND_NEARLY -> e.isNearlyRound();
      case NOT_ROUND ->
          (e.isFin(Side.CLIENT)
                  || e.isFin(Side.BROKER)
                  || e.isReset(Side.CLIENT, false)
                  || e.isReset(Side.BROKER, false))
              && e.isSilentFor(Thresholds.SILENCE_NANOS)
              && e.round() == RoundTime.NO
              && !e.isNearlyRound()
              && !e.isOneWay();
      case RECURS ->
          e.recurrence() >= Recurring.LIKELY
              && e.recurrence() < Recurring.SURE
              && !e.isIdleAllItsLife();
      case RECURS_SURELY -> e.recurrence() >= Recurring.SURE && !e.isIdleAllItsLife();
      case LIVES_ALIKE -> e.recurrence() >= Recurring.LIKELY && e.isIdleAllItsLife();
      case IDLE_ALL_ITS_LIFE -> e.isIdleAllItsLife();
      case ENDED_AT_ITS_OWN_HOST -> e.isEndedAtItsOwnHost();
      case OWN_RHYTHM -> e.isInItsOwnRhythm() && !e.isOneWay();
      case OFF_TIMER -> e.isOffTimer(Recurring.SURE);
      case OUTLIVED -> e.isOutlived() && !e.isOneWay();
      case FORGOTTEN_AT_OTHER_TIMES -> e.isBoundedTimer();
      case HEARTBEATS_OFF -> e.heartbeatsOff();
      case HEARTBEATS_FORBID -> e.heartbeatsForbidSilence();
      case HEARTBEAT_RAN_OUT -> e.heartbeatRanOut();
      case HEARTBEAT_UNHEARD -> e.heartbeatUnheard();
      case UNHEARD -> e.isUnheard();
      case SILENT_BEYOND_HEARTBEAT -> e.isBeyondHeartbeat();
      case BEATS_RAN_OUT -> e.beatsRanOut();
      case BETWEEN_BEATS -> e.isBetweenBeats();
      case HEARTBEATS_UNSEEN -> e.isBrokersAfterUnknownHeartbeats();
      case HEARTBEAT_LONG_OVERDUE -> e.isLongOverdue();
      case WAITED_BEYOND_HEARTBEAT -> e.isReset(Side.BROKER, true) && e.waitedBeyondHeartbeat();
      case GAVE_UP -> e.hadGivenUp();
      case GAVE_UP_LATE -> e.hadGivenUp() && !e.heartbeatRanOut();
      case GAVE_UP_BEFORE -> e.hadGivenUpBefore();
      case UNRECEIVED -> e.unreceivedNanos() >= 0;
      case KEEPALIVE_UNANSWERED -> e.isKeepAliveUnanswered();
      case UNDELIVERED -> e.isUndelivered();
      case WINDOW_ZERO -> Transport.isClientFull(e);
      case TOGETHER_DIFFERING -> e.isEndOfProcess() && e.company().silencesDiffer();
      case SEVERAL_HOSTS_AT_ONCE ->
          e.first().by() == Side.CLIENT
              && !e.isByMiddlebox()
              && e.company().hosts() > 1
              && e.company().others() > 1;
      case AT_ONE_MOMENT ->
          e.isEndOfProcess() && e.company().oneMoment() && !e.company().silencesDiffer();
      case ONLY_NEWER_SEEN -> e.hasClientBegunAnew();
      case TOGETHER_ALIKE -> e.isEndOfProcess() && e.company().silencesAlike();
      case MANY_AT_ONCE ->
          e.isReset(Side.BROKER, false) && Transport.endedTogether(e) >= Thresholds.MANY;
      case BROKER_LIVES_ON ->
          e.isReset(Side.BROKER, false) && e.captureContext().brokerLivesOn(e.flow(), e.reset());
      case HOST_LIVES_ON -> e.hostLivesOn();
      case SECOND_CLIENT_HOST -> e.isOfSecondHost(Side.CLIENT);
      case SECOND_BROKER_HOST -> e.isOfSecondHost(Side.BROKER);
      case HOST_SEEN_MEANWHILE ->
          (e.isReset(Side.CLIENT, true) || e.isReset(Side.BROKER, true)) && e.isHostSeenMeanwhile();
      case FORGOTTEN_OF_LIVING_HOST ->
          (e.isReset(Side.CLIENT, true) || e.isReset(Side.BROKER, true))
              && (e.hostLivesOn() || e.isHostSeenMeanwhile())
              && e.isAfterLongSilence();
      case GONE_OF_SEVERAL_HOSTS ->
          e.isReset(Side.CLIENT, true)
              && e.first().answers()
              && e.captureContext().forgottenOfSeveralClients(e.flow(), e.reset());
      case TOO_SOON_FOR_A_REBOOT ->
          (e.isReset(Side.CLIENT, true) || e.isReset(Side.BROKER, true)) && e.isTooSoonForAReboot();
      case FIN_HELD_BACK -> e.isReset(Side.CLIENT, true) && Transport.isBrokerFull(e);
      case SOON_FOR_A_REBOOT -> e.isReset(Side.CLIENT, true) && e.isSoonForAReboot();
      case AMID_ITS_TRAFFIC -> e.isReset(Side.CLIENT, true) && e.isAmidItsTraffic();
      case UNPROMPTED_BARE ->
          (e.isReset(Side.CLIENT, true) || e.isReset(Side.BROKER, true)) && !e.first().answers();
      case SOCKET_NOT_ENDED ->
          (e.isReset(Side.CLIENT, true) || e.isReset(Side.BROKER, true))
              && e.isOfAHostWithThatSocket();
      case SOCKET_LIVES_ON -> e.isOfAHostWhoseSocketLivesOn();
      case FILTERED_BY_KERNEL -> e.isFilteredByKernel();
      case ANSWERS_RETRANSMISSION ->
          (e.isReset(Side.CLIENT, true) || e.isReset(Side.BROKER, true)) && e.isOfARetransmission();
      case KERNEL_GAVE_UP -> Kernels.gaveUp(e, Meaning.GAVE_UP);
      case KERNEL_UNREACHABLE -> Kernels.gaveUp(e, Meaning.UNREACHABLE);
      case KERNEL_RESET -> Kernels.tookUnseenReset(e);
      case KERNEL_DESTROYED -> Kernels.destroyed(e);
      case REPLACED -> e.replacedAfterNanos() >= 0;
      case RENAMED -> e.older() != null;
      case RENAMED_AFTER_SILENCE -> e.older() != null && e.isSilentFor(Thresholds.SILENCE_NANOS);
      case TRANSLATED_AWAY -> e.captureContext().isTranslatedAway(e.flow());
      case ANSWERS_AFTER_SILENCE -> e.isByMiddlebox() && Transport.isOfOneThatForgot(e);
      case UNPROMPTED -> e.isByMiddlebox() && !Transport.isAnswer(e);
      case AMID_RETRANSMISSION -> e.isByMiddlebox() && Transport.isAmidLoss(e);
      case BOTH_SIDES -> Transport.isPair(e);
      case SAID_IDLE -> Transport.saidIdle(e);
      case SET_TTL_ON_PURPOSE -> Transport.isImitation(e);
      case UNPROMPTED_AFTER_LONG ->
          e.isByMiddlebox()
              && !Transport.isAnswer(e)
              && e.isSilentFor(Thresholds.SHORTEST_TIMER_NANOS);
      case FORGED_NUMBERS -> Transport.isGuessed(e);
      case SWEPT ->
          !Transport.isAnswer(e)
              && e.company().silencesDiffer()
              && e.company().shortestNanos() >= Recurring.SHORTEST_SWEPT_NANOS;
      case ONLY_IDLE_ONES_FORGOTTEN -> e.areOnlyIdleOnesForgotten();
      case FORGOTTEN_ALIKE -> e.areOthersForgottenAlike();
      case RESET_ALIKE -> e.areOthersResetAlike();
      case TABLE_LOST -> Transport.isTableLost(e);
      case BUSY_AND_MANY -> e.company().others() >= 2 && e.company().busy() >= Thresholds.MANY;
      case REFUSES_NEW_TOO -> e.captureContext().refusesNew(e.flow(), e.reset());
      case ONE_WAY_ONLY -> e.captureContext().isOneWay(e.flow(), e.reset());
      case PASSED_ON -> e.captureContext().relays().isPassedOn(e.flow());
      case ENDED_BEFORE_OTHER_LEG -> e.captureContext().relays().isEndedFirst(e.flow());
      case PROXY_ENDED_BOTH_LEGS ->
          e.isEndOfProcess() && e.captureContext().relays().isEndedByProxy(e.flow());
      case PROXY_HEADER -> e.captureContext().proxySigns(e.flow()).contains(ProxySign.PROXY_HEADER);
      case FIN_THEN_RESET -> Transport.isFinThenReset(e);
      case SEVERAL_PROGRAMS ->
          e.isEndOfProcess()
              && e.captureContext().proxySigns(e.flow()).contains(ProxySign.SEVERAL_CLIENTS);
      case HEALTH_CHECKS ->
          e.first().by() == Side.CLIENT
              && e.isEndOfProcess()
              && e.captureContext().proxySigns(e.flow()).contains(ProxySign.HEALTH_CHECKS);
      case RESET_BEHIND_FIN -> Transport.isResetBehindFin(e);
      case SESSIONS_TOGETHER -> Transport.isOneOfAProxysSessions(e);
      case REFUSED_AFTERWARDS ->
          e.isFin(Side.BROKER) && e.captureContext().refusedAfterwards(e.flow(), e.first().nanos());
      case BROKER_RESETS_ITS_CLOSES ->
          e.isFin(Side.BROKER) && e.captureContext().resetsItsCloses(e.flow());
      case BROKER_CLOSES_WITH_FIN ->
          e.isFin(Side.BROKER) && e.captureContext().closesWithFin(e.flow());
      case TLS_ENDED_BY_BROKER -> e.isTls() && e.isFin(Side.BROKER);
      case ONE_DIRECTION -> Unread.isOneDirection(e) && !e.isByMiddlebox();
      case TLS_CONFIRMED_END -> Unread.isTlsConfirmedFin(e);
      case TLS_BUSY_END -> Unread.isTlsBusyFin(e);
      case TLS_IDLE_END -> Unread.isTlsIdleFin(e);
      case TLS_ALERT -> Unread.isAlerted(e);
      case NO_PAYLOAD -> Unread.isWithoutPayload(e);
      case BRIEF_AND_UNREAD -> Unread.isBrief(e);
      case CUT_CONFIRMED_END -> Unread.isCutConfirmedFin(e);
      case CUT_ANSWER_END -> Unread.isCutAnswerFin(e);
      case BEGAN_LATE -> Unread.isTooShort(e);
      case BYTES_MISSING -> Unread.isGappy(e);
      case PACKETS_CUT -> Unread.isCut(e);
      case FOREIGN_WORDS -> Unread.isForeign(e) && !Spoken.isProtocolRefused(e);
      case ONLY_RESETS -> Unread.isOnlyResets(e);
    };
  }
}
