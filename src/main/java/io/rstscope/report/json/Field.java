package io.rstscope.report.json;

import static io.rstscope.report.json.FieldType.BOOLEAN;
import static io.rstscope.report.json.FieldType.BOOLEAN_OR_NULL;
import static io.rstscope.report.json.FieldType.COUNTS;
import static io.rstscope.report.json.FieldType.INTEGER;
import static io.rstscope.report.json.FieldType.INTEGERS;
import static io.rstscope.report.json.FieldType.INTEGERS_OR_NULL;
import static io.rstscope.report.json.FieldType.INTEGER_OR_NULL;
import static io.rstscope.report.json.FieldType.NUMBER;
import static io.rstscope.report.json.FieldType.NUMBER_OR_NULL;
import static io.rstscope.report.json.FieldType.PERCENTILES;
import static io.rstscope.report.json.FieldType.RECORD;
import static io.rstscope.report.json.FieldType.RECORDS;
import static io.rstscope.report.json.FieldType.TEXT;
import static io.rstscope.report.json.FieldType.TEXTS;
import static io.rstscope.report.json.FieldType.TEXT_OR_NULL;
import static io.rstscope.report.json.FieldType.TIME;
import static io.rstscope.report.json.FieldType.TIME_OR_NULL;
import static io.rstscope.report.json.RecordType.OF_EACH;
import static io.rstscope.report.json.RecordType.OF_FLOW;
import static io.rstscope.report.json.RecordType.OF_FLOW_AND_SUMMARY;
import static io.rstscope.report.json.RecordType.OF_INCIDENT;
import static io.rstscope.report.json.RecordType.OF_SUMMARY;
import static io.rstscope.report.json.RecordType.OF_SUMMARY_AND_INCIDENT;

import io.rstscope.net.Term;
import java.util.Set;

/** The fields of the JSON report by their paths; {@code [].} stands for each element of a list. */
public enum Field implements Term {
  TYPE(
      "type",
      TEXT,
      OF_EACH,
      "flow; summary for the last line; incident for what watch --on-incident passes to its program"),
  SCHEMA("schema", INTEGER, OF_EACH, "version of this record; names are added, never changed"),
  CAPTURE(
      "capture",
      TEXT,
      OF_FLOW,
      "name of the capture file, - for standard input; watch: the interface"),
  SOURCE(
      "source",
      TEXT,
      OF_FLOW,
      "the capture as given, with its folders, as captures[].path; watch: the interface"),
  SHA256(
      "sha256",
      TEXT_OR_NULL,
      OF_FLOW,
      "archive: SHA-256 of the capture's content; of a series that of its files' SHA-256, in order of"
          + " their names"),
  RULES("rules", TEXT, OF_EACH, "version of the program whose rules judged it"),
  CLIENT_ADDRESS("client.address", TEXT, OF_FLOW, "of the client, or of the proxy in its place"),
  CLIENT_PORT("client.port", INTEGER, OF_FLOW, "its port"),
  BROKER_ADDRESS("broker.address", TEXT, OF_FLOW, "of the broker"),
  BROKER_PORT("broker.port", INTEGER, OF_FLOW, "its port"),
  BROKER_HOST(
      "broker_host",
      TEXT,
      OF_FLOW,
      "host of the broker: its address, or what archive --broker-host calls it"),
  STARTED("started", TIME, OF_FLOW, "time of the flow's first packet, RFC 3339, UTC"),
  LAST("last", TIME, OF_FLOW, "time of its last packet"),
  HANDSHAKE_SEEN(
      "handshake_seen", BOOLEAN, OF_FLOW, "whether both SYN and SYN,ACK are in the capture"),
  ROLES_GUESSED(
      "roles_guessed",
      BOOLEAN,
      OF_FLOW,
      "whether client and broker are inferred from port numbers only"),
  HISTORY(
      "history",
      TEXT,
      OF_FLOW,
      "what happened, a letter each in order of first occurrence, upper case for the client: S SYN,"
          + " H SYN,ACK, A pure ACK, D data, F FIN, R RST, T retransmission, W zero window, G bytes"
          + " missing from the capture, K keep-alive or window probe"),
  LONGEST_IDLE(
      "longest_idle_s",
      NUMBER_OR_NULL,
      OF_FLOW,
      "longest idle time that the connection survived: a packet followed and was answered, s"),
  DUPLICATES("duplicates", INTEGER, OF_FLOW, "packets seen again at another point of the capture"),
  AMQP_PROTOCOL(
      "amqp.protocol",
      TEXT,
      OF_FLOW,
      "0-9-1, 1.0, tls, unknown, or none; amqp is null without payload"),
  AMQP_STATE("amqp.state", TEXT, OF_FLOW, "none, handshake, open, blocked, closing or closed"),
  AMQP_STEP(
      "amqp.handshake_step",
      TEXT,
      OF_FLOW,
      "last step seen: none, header, start, start-ok, tune, tune-ok, open, open-ok"),
  AMQP_HEARTBEAT(
      "amqp.heartbeat_s",
      INTEGER_OR_NULL,
      OF_FLOW,
      "negotiated heartbeat, s; 0 is off, null is not seen"),
  AMQP_HEARTBEAT_PROPOSED(
      "amqp.heartbeat_proposed_s", INTEGER_OR_NULL, OF_FLOW, "what the broker offered, s"),
  AMQP_HEARTBEATS_CLIENT(
      "amqp.heartbeats_from_client",
      INTEGER,
      OF_FLOW,
      "heartbeat frames seen from the client, at most 524287"),
  AMQP_HEARTBEATS_BROKER(
      "amqp.heartbeats_from_broker",
      INTEGER,
      OF_FLOW,
      "heartbeat frames seen from the broker, at most 524287"),
  AMQP_VHOST("amqp.vhost", TEXT_OR_NULL, OF_FLOW, "virtual host"),
  AMQP_PRODUCT("amqp.product", TEXT_OR_NULL, OF_FLOW, "what the client says it is"),
  AMQP_VERSION("amqp.version", TEXT_OR_NULL, OF_FLOW, "its version"),
  AMQP_PLATFORM("amqp.platform", TEXT_OR_NULL, OF_FLOW, "what it runs on"),
  AMQP_NAME(
      "amqp.connection_name", TEXT_OR_NULL, OF_FLOW, "name that the client gave the connection"),
  AMQP_USER(
      "amqp.user",
      TEXT_OR_NULL,
      OF_FLOW,
      "who had logged in, by --connections; null when not known"),
  AMQP_LISTED(
      "amqp.listed", TEXTS, OF_FLOW, "the fields of amqp that are known from --connections alone"),
  AMQP_CLOSE_BY(
      "amqp.close.by",
      TEXT,
      OF_FLOW,
      "client or broker: who asked for the close; close is null if nobody"),
  AMQP_CLOSE_CODE("amqp.close.code", INTEGER_OR_NULL, OF_FLOW, "reply code, 200 is success"),
  AMQP_CLOSE_CONDITION("amqp.close.condition", TEXT_OR_NULL, OF_FLOW, "name of that code"),
  AMQP_CLOSE_TEXT("amqp.close.text", TEXT_OR_NULL, OF_FLOW, "reply text"),
  AMQP_CLOSE_CONFIRMED("amqp.close.confirmed", BOOLEAN, OF_FLOW, "whether close-ok was seen"),
  AMQP_BLOCKED(
      "amqp.blocked",
      BOOLEAN,
      OF_FLOW,
      "whether the broker had blocked the client from publishing"),
  AMQP_BLOCKED_REASON("amqp.blocked_reason", TEXT_OR_NULL, OF_FLOW, "why"),
  AMQP_PROXIED(
      "amqp.proxied_client",
      TEXT_OR_NULL,
      OF_FLOW,
      "the client that a PROXY protocol header names"),
  AMQP_INCOMPLETE(
      "amqp.incomplete",
      BOOLEAN,
      OF_FLOW,
      "whether AMQP frames were missed, for gaps or the snap length"),
  RESET_FRAME(
      "resets[].frame",
      INTEGER,
      OF_FLOW,
      "number of the packet in its file, from 1, as Wireshark counts; with --series in all files"
          + " together, as if they were joined in the order of time"),
  RESET_FILE("resets[].file", TEXT_OR_NULL, OF_FLOW, "with --series only: the file that holds it"),
  RESET_FILE_FRAME(
      "resets[].file_frame",
      INTEGER_OR_NULL,
      OF_FLOW,
      "with --series only: its number in that file, from 1"),
  RESET_TIME("resets[].time", TIME, OF_FLOW, "RFC 3339, UTC"),
  RESET_DIRECTION(
      "resets[].direction",
      TEXT,
      OF_FLOW,
      "client-to-broker or broker-to-client, as the packet claims"),
  RESET_SENDER("resets[].sender", TEXT, OF_FLOW, "who put it on the wire"),
  RESET_CONFIDENCE(
      "resets[].confidence", NUMBER, OF_FLOW, "of the verdicts given with it, this share is right"),
  RESET_PROXY(
      "resets[].peer_may_be_proxy",
      BOOLEAN,
      OF_FLOW,
      "whether the broker's TCP peer may be a proxy, so that client means the proxy"),
  RESET_ROLE("resets[].role", TEXT, OF_FLOW, "what it did to its connection"),
  RESET_SHAPE("resets[].shape", TEXT, OF_FLOW, "what it looks like"),
  IDLE_SAME(
      "resets[].idle_s.same_direction",
      NUMBER_OR_NULL,
      OF_FLOW,
      "since the last packet of the claimed sender, s"),
  IDLE_OPPOSITE(
      "resets[].idle_s.opposite",
      NUMBER_OR_NULL,
      OF_FLOW,
      "since the last packet of the other side, s"),
  IDLE_PAYLOAD(
      "resets[].idle_s.payload",
      NUMBER_OR_NULL,
      OF_FLOW,
      "since the last payload of either side, s"),
  IDLE_BEFORE_TRIGGER(
      "resets[].idle_s.before_trigger",
      NUMBER_OR_NULL,
      OF_FLOW,
      "idle time of the flow before the packet that the reset answers, s: what an idle timer saw"),
  RESET_TRIGGER(
      "resets[].trigger_frame", INTEGER_OR_NULL, OF_FLOW, "the packet it answers, null if none"),
  RESET_TRIGGER_DELAY(
      "resets[].trigger_delay_ms", NUMBER_OR_NULL, OF_FLOW, "from that packet to the reset, ms"),
  RESET_SAME(
      "resets[].same_packet_as",
      INTEGER_OR_NULL,
      OF_FLOW,
      "frame of an earlier reset that is the same packet"),
  OBSERVED_TTL("resets[].observed.ttl", INTEGER, OF_FLOW, "TTL or hop limit of the reset"),
  OBSERVED_MAC("resets[].observed.mac", TEXT_OR_NULL, OF_FLOW, "its source MAC address"),
  OBSERVED_IP_ID("resets[].observed.ip_id", INTEGER_OR_NULL, OF_FLOW, "its IPv4 identification"),
  OBSERVED_DF(
      "resets[].observed.dont_fragment",
      BOOLEAN,
      OF_FLOW,
      "whether Don't Fragment is set; true on IPv6"),
  OBSERVED_FLAGS(
      "resets[].observed.flags", TEXT, OF_FLOW, "R for RST, and A ACK, P PSH, F FIN, S SYN, U URG"),
  OBSERVED_WINDOW("resets[].observed.window", INTEGER, OF_FLOW, "its window, not scaled"),
  OBSERVED_TIMESTAMPS(
      "resets[].observed.timestamps",
      BOOLEAN_OR_NULL,
      OF_FLOW,
      "whether it has TCP timestamps; null if the capture cut its options"),
  OBSERVED_OFFSET(
      "resets[].observed.seq_offset",
      INTEGER_OR_NULL,
      OF_FLOW,
      "its sequence number less the sender's next one; null if unknown"),
  OBSERVED_PAYLOAD(
      "resets[].observed.payload_bytes", INTEGER, OF_FLOW, "bytes of payload that it carries"),
  OBSERVED_DIAGNOSTIC(
      "resets[].observed.diagnostic",
      TEXT_OR_NULL,
      OF_FLOW,
      "reason that a device wrote into its payload"),
  OBSERVED_MPTCP_REASON(
      "resets[].observed.mptcp_reason",
      INTEGER_OR_NULL,
      OF_FLOW,
      "reason code of MPTCP in its option MP_TCPRST (RFC 8684, section 3.6), 0 to 255, null if none"),
  OBSERVED_MPTCP_TRANSIENT(
      "resets[].observed.mptcp_transient",
      BOOLEAN_OR_NULL,
      OF_FLOW,
      "whether that option says that the subflow may be opened again; null without it"),
  BASELINE_PACKETS(
      "resets[].baseline.packets",
      INTEGER,
      OF_FLOW,
      "packets of that direction before; 0: no baseline"),
  BASELINE_TTL("resets[].baseline.ttl", INTEGER_OR_NULL, OF_FLOW, "their usual TTL"),
  BASELINE_MAC("resets[].baseline.mac", TEXT_OR_NULL, OF_FLOW, "their usual source MAC address"),
  BASELINE_IP_ID(
      "resets[].baseline.ip_id",
      INTEGER_OR_NULL,
      OF_FLOW,
      "IPv4 identification of the last of them"),
  BASELINE_WINDOW(
      "resets[].baseline.window", INTEGER_OR_NULL, OF_FLOW, "window of the last of them"),
  BASELINE_TIMESTAMPS(
      "resets[].baseline.timestamps",
      BOOLEAN_OR_NULL,
      OF_FLOW,
      "whether they have TCP timestamps; null if the capture cut the options of all"),
  BASELINE_RTT(
      "resets[].baseline.min_rtt_ms",
      NUMBER_OR_NULL,
      OF_FLOW,
      "shortest time that side took to answer, ms"),
  AFTER_SAME(
      "resets[].after.same_direction_packets",
      INTEGER,
      OF_FLOW,
      "packets of the claimed sender that followed"),
  AFTER_OPPOSITE(
      "resets[].after.opposite_packets",
      INTEGER,
      OF_FLOW,
      "packets of the other side that followed"),
  AFTER_NEXT(
      "resets[].after.next_frame",
      INTEGER_OR_NULL,
      OF_FLOW,
      "the first packet of the claimed sender that followed"),
  EVIDENCE_ID("resets[].evidence[].id", TEXT, OF_FLOW, "the clue"),
  EVIDENCE_POINTS_TO(
      "resets[].evidence[].points_to",
      TEXT,
      OF_FLOW,
      "whom it points to; undetermined: it explains"),
  EVIDENCE_WEIGHT(
      "resets[].evidence[].weight", NUMBER, OF_FLOW, "how strongly, in natural log-odds"),
  EVIDENCE_SAYS("resets[].evidence[].says", TEXT, OF_FLOW, "in a sentence"),
  EVIDENCE_FRAMES("resets[].evidence[].frames", INTEGERS, OF_FLOW, "the packets it rests on"),
  EVIDENCE_OTHER_CAPTURE(
      "resets[].evidence[].other_capture",
      TEXT_OR_NULL,
      OF_FLOW,
      "with --other-side, of that clue: the capture at the other end"),
  EVIDENCE_OTHER_FRAMES(
      "resets[].evidence[].other_frames",
      INTEGERS_OR_NULL,
      OF_FLOW,
      "with --other-side: the packets there that it rests on"),
  FLOW_RESETS_LEFT_OUT(
      "resets_left_out",
      INTEGER,
      OF_FLOW_AND_SUMMARY,
      "further resets of the flow, too many to analyse: counted only; in the summary all that are"
          + " counted nowhere else"),
  PROXY_SIGNS(
      "proxy_signs", TEXTS, OF_FLOW, "what shows that the broker's TCP peer may be a proxy"),
  ENDED_BY(
      "ending.ended_by",
      TEXT,
      OF_FLOW,
      "who ended the connection; often not the sender of the reset"),
  CAUSE("ending.cause", TEXT, OF_FLOW, "why it ended"),
  ENDING_TIME(
      "ending.time",
      TIME,
      OF_FLOW,
      "when it ended: its first FIN, its reset, or the first packet without an answer"),
  ENDING_CONFIDENCE(
      "ending.confidence", NUMBER, OF_FLOW, "of the causes given with it, this share is right"),
  BENIGN("ending.benign", BOOLEAN, OF_FLOW, "whether the ending is harmless: nothing was lost"),
  ENDING_IDLE(
      "ending.idle_s",
      NUMBER_OR_NULL,
      OF_FLOW,
      "idle time of the flow before it ended, s; null if unknown"),
  ENDING_SAYS(
      "ending.says",
      TEXT,
      OF_FLOW,
      "in a sentence, which ends with the likeliest other cause if that has 0.15 or more"),
  ALTERNATIVE_CAUSE(
      "ending.alternatives[].cause",
      TEXT,
      OF_FLOW,
      "another cause that it may have, the likeliest first"),
  ALTERNATIVE_PROBABILITY(
      "ending.alternatives[].probability",
      NUMBER,
      OF_FLOW,
      "how probable that is; those of 0.1 and more are named"),
  ENDING_EVIDENCE_ID(
      "ending.evidence[].id",
      TEXT,
      OF_FLOW,
      "a fact that decided between the two likeliest causes"),
  ENDING_EVIDENCE_POINTS_TO(
      "ending.evidence[].points_to", TEXT, OF_FLOW, "the cause for which it speaks"),
  ENDING_EVIDENCE_WEIGHT(
      "ending.evidence[].weight", NUMBER, OF_FLOW, "how strongly, in natural log-odds"),
  ENDING_EVIDENCE_SAYS("ending.evidence[].says", TEXT, OF_FLOW, "in a sentence"),
  ENDING_EVIDENCE_FRAMES("ending.evidence[].frames", INTEGERS, OF_FLOW, "the packet it rests on"),
  ADVICE("ending.advice", TEXTS, OF_FLOW, "what to do"),
  CHECKS(
      "ending.checks", RECORDS, OF_FLOW, "commands that confirm the cause, or show it to be wrong"),
  CHECK_ON(
      "ending.checks[].on",
      TEXT,
      OF_FLOW,
      "host or device on which to run a command that confirms it"),
  CHECK_FOR("ending.checks[].look_for", TEXT, OF_FLOW, "what its output shows"),
  CHECK_COMMAND(
      "ending.checks[].command",
      TEXT,
      OF_FLOW,
      "for a POSIX shell, or what to start on Windows; what comes from the capture is quoted"),
  OTHER_LEG(
      "other_leg",
      TEXT_OR_NULL,
      OF_FLOW,
      "the client at the other leg of the same connection, when this is the leg of a proxy on the"
          + " capturing host to the broker: the loss is counted there; else null"),
  INCIDENT_OF(
      "incident",
      INTEGER_OR_NULL,
      OF_FLOW,
      "number of the incident of its capture that the flow belongs to; null for none"),
  WITNESS_EXPIRY(
      "timer_witness.expiry",
      TEXT,
      OF_FLOW,
      "what an idle timer did to the connection when it expired; timer_witness is null where the"
          + " connection shows none"),
  WITNESS_IDLE("timer_witness.idle_s", NUMBER, OF_FLOW, "idle time that the timer saw, s"),
  WITNESS_END("timer_witness.ended", TIME, OF_FLOW, "when that idle time ended"),
  WITNESS_SURE(
      "timer_witness.sure",
      BOOLEAN,
      OF_FLOW,
      "whether this ending shows a timer by itself; others only count in company"),
  NOTICE_NUMBER(
      "number",
      INTEGER_OR_NULL,
      OF_FLOW,
      "watch: number of the connection, from 1, in the order of the notices"),
  REVISION(
      "revision",
      INTEGER_OR_NULL,
      OF_FLOW,
      "watch: 0 for the first verdict on a connection; each further one replaces those before"),
  DROPPED_NEAR(
      "dropped_near",
      INTEGER_OR_NULL,
      OF_FLOW,
      "watch: packets dropped by the capture near the ending; evidence may be missing"),
  CLOCK_STEP(
      "clock_step_s",
      NUMBER_OR_NULL,
      OF_FLOW,
      "watch: by how much the clock was set during the connection, s; idle times are wrong by it"),
  NOT_CAPTURED(
      "not_captured_s",
      NUMBER_OR_NULL,
      OF_FLOW,
      "watch: how long the interface was not captured near the ending, s; an RST may have passed"),
  LISTENER(
      "listener",
      TEXT_OR_NULL,
      OF_FLOW,
      "watch: the process of this host that listens at the broker's address and port, or null"),
  CLIENT_NAME(
      "client_name",
      TEXT_OR_NULL,
      OF_FLOW,
      "watch: name of the client's address in the file of --hosts, or null"),
  BROKER_NAME(
      "broker_name", TEXT_OR_NULL, OF_FLOW, "watch: name of the broker's address there, or null"),
  LOG_TIME(
      "broker_log.time",
      TIME_OR_NULL,
      OF_FLOW,
      "with --broker-log: when the log has the end, by the broker's clock; broker_log is null when"
          + " it does not"),
  LOG_USER(
      "broker_log.user",
      TEXT_OR_NULL,
      OF_FLOW,
      "with --broker-log: who had logged in; null if unknown"),
  LOG_VHOST("broker_log.vhost", TEXT_OR_NULL, OF_FLOW, "with --broker-log: virtual host"),
  LOG_NAME(
      "broker_log.connection_name",
      TEXT_OR_NULL,
      OF_FLOW,
      "with --broker-log: name that the client gave it"),
  LOG_SAYS(
      "broker_log.says",
      TEXT_OR_NULL,
      OF_FLOW,
      "with --broker-log: the reason in the broker's words; null: closed normally"),
  LOG_CHANNEL_ERROR(
      "broker_log.channel_error",
      TEXT_OR_NULL,
      OF_FLOW,
      "with --broker-log: why the broker closed a channel at most 10 s before, or null"),
  LOGS(
      "broker_logs",
      RECORDS,
      OF_SUMMARY,
      "with --broker-log, in the summary: for each capture what the log has of it"),
  LOGS_CAPTURE("broker_logs[].capture", TEXT, OF_SUMMARY, "the capture, as in the flows"),
  LOGS_SOURCE("broker_logs[].source", TEXT, OF_SUMMARY, "the capture as given, as in the flows"),
  LOGS_OFFSET(
      "broker_logs[].clock_offset_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "by how much the broker's clock is ahead of the capture's, s: the median; null: no connection"
          + " is in both"),
  LOGS_SPREAD(
      "broker_logs[].clock_spread_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "half of the connections are within this of it, s"),
  LOGS_MEASURED(
      "broker_logs[].clock_connections",
      INTEGER_OR_NULL,
      OF_SUMMARY,
      "connections it was measured with"),
  LOGS_MATCHED(
      "broker_logs[].matched",
      INTEGER,
      OF_SUMMARY,
      "lost connections of the capture that are in the log"),
  LOGS_BY_PORT(
      "broker_logs[].matched_by_port",
      INTEGER,
      OF_SUMMARY,
      "connections found by port and time, as the log has host names"),
  LOGS_OUTSIDE(
      "broker_logs[].outside",
      INTEGER,
      OF_SUMMARY,
      "losses in the log before or after the capture, or without a time"),
  LOGS_UNLOGGED(
      "broker_logs[].not_logged", RECORDS, OF_SUMMARY, "lost connections that are not in the log"),
  UNLOGGED_CLIENT(
      "broker_logs[].not_logged[].client", TEXT, OF_SUMMARY, "address and port of its client"),
  UNLOGGED_BROKER(
      "broker_logs[].not_logged[].broker", TEXT, OF_SUMMARY, "address and port of its broker"),
  UNLOGGED_TIME(
      "broker_logs[].not_logged[].time",
      TIME,
      OF_SUMMARY,
      "when it was lost, by the capture's clock"),
  LOGS_UNSEEN(
      "broker_logs[].not_captured",
      RECORDS,
      OF_SUMMARY,
      "losses in the log during the capture that it does not show"),
  UNSEEN_CLIENT(
      "broker_logs[].not_captured[].client", TEXT, OF_SUMMARY, "address and port of its client"),
  UNSEEN_BROKER(
      "broker_logs[].not_captured[].broker", TEXT, OF_SUMMARY, "address and port of its broker"),
  UNSEEN_TIME(
      "broker_logs[].not_captured[].time",
      TIME_OR_NULL,
      OF_SUMMARY,
      "when it was logged, by the broker's clock"),
  UNSEEN_USER("broker_logs[].not_captured[].user", TEXT_OR_NULL, OF_SUMMARY, "who had logged in"),
  UNSEEN_VHOST("broker_logs[].not_captured[].vhost", TEXT_OR_NULL, OF_SUMMARY, "virtual host"),
  UNSEEN_NAME(
      "broker_logs[].not_captured[].connection_name",
      TEXT_OR_NULL,
      OF_SUMMARY,
      "name that the client gave it"),
  UNSEEN_SAYS(
      "broker_logs[].not_captured[].says",
      TEXT_OR_NULL,
      OF_SUMMARY,
      "the reason in the broker's words"),
  UNSEEN_CHANNEL_ERROR(
      "broker_logs[].not_captured[].channel_error",
      TEXT_OR_NULL,
      OF_SUMMARY,
      "why the broker closed a channel before, or null"),
  SIDES(
      "other_sides",
      RECORDS,
      OF_SUMMARY,
      "with --other-side, in the summary: for each capture and each OTHER what they have in common"),
  SIDES_CAPTURE("other_sides[].capture", TEXT, OF_SUMMARY, "the capture, as in the flows"),
  SIDES_SOURCE("other_sides[].source", TEXT, OF_SUMMARY, "the capture as given, as in the flows"),
  SIDES_OTHER(
      "other_sides[].other_capture", TEXT, OF_SUMMARY, "name of the capture at the other end"),
  SIDES_PATH("other_sides[].other_path", TEXT, OF_SUMMARY, "the same as given"),
  SIDES_STANDING(
      "other_sides[].standing",
      TEXT,
      OF_SUMMARY,
      "what both are to each other: compared, proxy-between, other-time, other-hosts,"
          + " same-capture, clock-set, few-packets, headers-cut, no-times or unreadable; only if"
          + " compared it is of use"),
  SIDES_SAYS("other_sides[].says", TEXT, OF_SUMMARY, "the same in a sentence"),
  SIDES_PROBLEM(
      "other_sides[].problem",
      TEXT_OR_NULL,
      OF_SUMMARY,
      "why it could not be read to its end; null if it was"),
  SIDES_OFFSET(
      "other_sides[].clock_offset_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "by how much its clock is ahead of the capture's, s; null unless compared"),
  SIDES_TIME(
      "other_sides[].clock_time",
      TIME_OR_NULL,
      OF_SUMMARY,
      "when, by the clock of the capture, amid what both hold"),
  SIDES_BOUND(
      "other_sides[].clock_bound_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "the offset is off by this at most, s: half the shortest round trip between both"),
  SIDES_SKEW(
      "other_sides[].clock_skew_ppm",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "by how much its clock runs faster, ppm"),
  STEP_TIME(
      "other_sides[].clock_steps[].time",
      TIME,
      OF_SUMMARY,
      "when one of the two clocks was set, by the clock of the capture: the two are compared on each"
          + " side of it"),
  STEP_BY(
      "other_sides[].clock_steps[].by_s",
      NUMBER,
      OF_SUMMARY,
      "by how much the other clock is farther ahead since then, s; negative: less"),
  SIDES_CONNECTIONS(
      "other_sides[].connections",
      INTEGER,
      OF_SUMMARY,
      "connections that were reset or lost and are in both"),
  SIDES_CLIENT_COMPARED(
      "other_sides[].client_packets.compared",
      INTEGER,
      OF_SUMMARY,
      "packets of clients without payload that were looked for in it, near the ends of connections"
          + " and a sample of all others"),
  SIDES_CLIENT_MISSING(
      "other_sides[].client_packets.missing",
      INTEGER,
      OF_SUMMARY,
      "those of them it does not have"),
  SIDES_BROKER_COMPARED(
      "other_sides[].broker_packets.compared", INTEGER, OF_SUMMARY, "the same of brokers"),
  SIDES_BROKER_MISSING(
      "other_sides[].broker_packets.missing",
      INTEGER,
      OF_SUMMARY,
      "those of them it does not have"),
  SIDES_TO_BROKER_SENT(
      "other_sides[].client_to_broker.sent",
      INTEGER,
      OF_SUMMARY,
      "packets without payload that left at the client's end for the broker's while both were"
          + " captured, as far as counted"),
  SIDES_TO_BROKER_LOST(
      "other_sides[].client_to_broker.lost",
      INTEGER,
      OF_SUMMARY,
      "those of them that are not at the other end: lost on the way, or not captured"),
  SIDES_TO_CLIENT_SENT(
      "other_sides[].broker_to_client.sent",
      INTEGER,
      OF_SUMMARY,
      "the same from brokers to clients"),
  SIDES_TO_CLIENT_LOST(
      "other_sides[].broker_to_client.lost",
      INTEGER,
      OF_SUMMARY,
      "those of them that are not there"),
  TRANSLATION_CLIENT(
      "other_sides[].translations[].client",
      TEXT,
      OF_SUMMARY,
      "address and port of a client in the capture, where a NAT changes them"),
  TRANSLATION_OTHER(
      "other_sides[].translations[].other_client", TEXT, OF_SUMMARY, "the same in OTHER"),
  STOPPED_CLIENT(
      "other_sides[].stopped_resets[].client",
      TEXT,
      OF_SUMMARY,
      "client of a connection of which an RST left there and did not arrive here"),
  STOPPED_BROKER("other_sides[].stopped_resets[].broker", TEXT, OF_SUMMARY, "its broker"),
  STOPPED_DIRECTION(
      "other_sides[].stopped_resets[].direction",
      TEXT,
      OF_SUMMARY,
      "client-to-broker or the reverse"),
  STOPPED_FRAME(
      "other_sides[].stopped_resets[].other_frame",
      INTEGER,
      OF_SUMMARY,
      "number of the RST in OTHER"),
  STOPPED_TIME(
      "other_sides[].stopped_resets[].time",
      TIME,
      OF_SUMMARY,
      "when it left, by the clock of the capture"),
  PROXIED_CLIENT(
      "other_sides[].proxied[].client",
      TEXT,
      OF_SUMMARY,
      "client of a leg of a connection through a proxy between both captures"),
  PROXIED_BROKER("other_sides[].proxied[].broker", TEXT, OF_SUMMARY, "its broker, or the proxy"),
  PROXIED_OTHER_CLIENT(
      "other_sides[].proxied[].other_client", TEXT, OF_SUMMARY, "client of its other leg in OTHER"),
  PROXIED_OTHER_BROKER(
      "other_sides[].proxied[].other_broker", TEXT, OF_SUMMARY, "broker of the other leg"),
  PROXIED_LEG(
      "other_sides[].proxied[].leg",
      TEXT,
      OF_SUMMARY,
      "whose leg the capture has: client or broker"),
  PROXIED_ORDER(
      "other_sides[].proxied[].ended_first",
      TEXT,
      OF_SUMMARY,
      "which leg's end caused that of the other one: client-first, broker-first, proxy-both,"
          + " proxy-first, proxy-one-leg, not-passed-on, both-ends, open or order-unknown"),
  PROXIED_SAYS("other_sides[].proxied[].says", TEXT, OF_SUMMARY, "the same in a sentence"),
  PROXIED_FRAME(
      "other_sides[].proxied[].frame",
      INTEGER_OR_NULL,
      OF_SUMMARY,
      "the packet that ended the leg here, or null when none did"),
  PROXIED_OTHER_FRAME(
      "other_sides[].proxied[].other_frame", INTEGER_OR_NULL, OF_SUMMARY, "the same in OTHER"),
  PROXIED_APART(
      "other_sides[].proxied[].apart_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "by how much later the leg in OTHER ended, s; null when one has not"),
  PROXIED_BOUND(
      "other_sides[].proxied[].bound_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "that is off by this at most, s"),
  COMPLETE(
      "complete", BOOLEAN, OF_SUMMARY, "summary: whether all captures were read to their ends"),
  RESETS("resets", INTEGER, OF_SUMMARY, "the resets of a flow; in the summary their number"),
  FLOWS_LEFT_OUT(
      "flows_left_out",
      INTEGER,
      OF_SUMMARY,
      "summary: flows that were not analysed and are counted nowhere else"),
  HARMLESS(
      "harmless_resets",
      INTEGER,
      OF_SUMMARY,
      "summary: resets of connections whose ending is harmless"),
  HARMLESS_CONNECTIONS(
      "harmless_connections", INTEGER, OF_SUMMARY, "summary: connections whose ending is harmless"),
  LOST(
      "lost_connections",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "summary: connections whose ending is not harmless, other than refused ones"),
  REFUSED("refused_connections", INTEGER, OF_SUMMARY, "summary: connections that the port refused"),
  BY_SENDER("resets_by_sender", COUNTS, OF_SUMMARY, "summary: resets by who put them on the wire"),
  LOST_BY("lost_by", COUNTS, OF_SUMMARY, "summary: lost connections by who ended them"),
  CAUSES("causes", COUNTS, OF_SUMMARY, "summary: reset or lost connections by cause"),
  IDLE_HISTOGRAM(
      "idle_before_reset_s",
      PERCENTILES,
      OF_SUMMARY,
      "summary: idle time before the resets that ended lost connections: count, min, p50, p90, p99,"
          + " max, s"),
  RTT_HISTOGRAM(
      "min_rtt_ms",
      PERCENTILES,
      OF_SUMMARY,
      "summary: shortest round trip to the farther side of each reported flow, ms"),
  INCIDENTS(
      "incidents",
      RECORDS,
      OF_SUMMARY_AND_INCIDENT,
      "summary: incidents, an object for each: connections lost in the same event"),
  INCIDENT_CAPTURE(
      "incidents[].capture", TEXT, OF_SUMMARY_AND_INCIDENT, "the capture, as in the flows"),
  INCIDENT_SOURCE(
      "incidents[].source", TEXT, OF_SUMMARY_AND_INCIDENT, "the capture as given, as in the flows"),
  INCIDENT_NUMBER(
      "incidents[].incident",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "number in its capture, from 1, in the order of time"),
  INCIDENT_FIRST(
      "incidents[].first",
      TIME,
      OF_SUMMARY_AND_INCIDENT,
      "when the first of its connections was lost"),
  INCIDENT_LAST("incidents[].last", TIME, OF_SUMMARY_AND_INCIDENT, "when the last was"),
  INCIDENT_CONNECTIONS(
      "incidents[].connections",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "connections lost in the same event, 2 or more; refused ones that belong to it count too; a"
          + " record of type incident also has connections that were lost alone"),
  INCIDENT_CAUSE(
      "incidents[].cause", TEXT, OF_SUMMARY_AND_INCIDENT, "the most frequent cause among them"),
  INCIDENT_ENDED_BY(
      "incidents[].ended_by", TEXT, OF_SUMMARY_AND_INCIDENT, "who ended most of them"),
  SHARED_CLIENT(
      "incidents[].shared.client_host",
      TEXT_OR_NULL,
      OF_SUMMARY_AND_INCIDENT,
      "host of the client of all of them, or of the client that a proxy names; null where they"
          + " differ, as in the next four"),
  SHARED_NAME(
      "incidents[].shared.connection_name",
      TEXT_OR_NULL,
      OF_SUMMARY_AND_INCIDENT,
      "the name that all of them have"),
  SHARED_PRODUCT(
      "incidents[].shared.product",
      TEXT_OR_NULL,
      OF_SUMMARY_AND_INCIDENT,
      "the client library of all of them"),
  SHARED_BROKER(
      "incidents[].shared.broker",
      TEXT_OR_NULL,
      OF_SUMMARY_AND_INCIDENT,
      "address and port that all of them went to"),
  SHARED_NEXT_HOP(
      "incidents[].shared.next_hop",
      TEXT_OR_NULL,
      OF_SUMMARY_AND_INCIDENT,
      "source MAC address of the client's packets in all of them: of the router nearest to the"
          + " capture, or the client's own"),
  DISTINCT_CLIENT(
      "incidents[].distinct.client_host",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "how many client hosts there are"),
  DISTINCT_NAME(
      "incidents[].distinct.connection_name",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "how many names; 0: none is known"),
  DISTINCT_PRODUCT(
      "incidents[].distinct.product",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "how many client libraries"),
  DISTINCT_BROKER(
      "incidents[].distinct.broker",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "how many brokers, by address and port"),
  DISTINCT_NEXT_HOP(
      "incidents[].distinct.next_hop",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "how many next hops towards the clients"),
  INCIDENT_SAYS("incidents[].says", TEXT, OF_SUMMARY_AND_INCIDENT, "in a sentence"),
  INCIDENTS_LEFT_OUT(
      "incidents_left_out",
      INTEGER,
      OF_SUMMARY_AND_INCIDENT,
      "incidents that are not listed; of each capture the largest 1000 are"),
  EVENT_ANSWER(
      "answer",
      TEXT,
      OF_INCIDENT,
      "watch: in a record of type incident what was lost, and why, in a sentence without full stop"),
  EVENT_FLOW(
      "flow",
      RECORD,
      OF_INCIDENT,
      "watch: in a record of type incident the first loss of its first incident, as a record of type"
          + " flow"),
  MISSED_EVENTS(
      "missed.events",
      INTEGER,
      OF_INCIDENT,
      "watch: in a record of type incident the events since the last one for which the program was"
          + " not run, as it had been run just before"),
  MISSED_LOST("missed.lost_connections", INTEGER, OF_INCIDENT, "watch: connections lost in these"),
  TIMERS(
      "idle_timers",
      RECORDS,
      OF_SUMMARY,
      "summary: idle timers of the paths, those with most connections showing them first, up to"
          + " 1000 a capture"),
  TIMER_CAPTURE("idle_timers[].capture", TEXT, OF_SUMMARY, "the capture that shows an idle timer"),
  TIMER_SOURCE("idle_timers[].source", TEXT, OF_SUMMARY, "the capture as given, as in the flows"),
  TIMER_BROKER("idle_timers[].broker", TEXT, OF_SUMMARY, "address of the broker's host"),
  TIMER_CLIENTS(
      "idle_timers[].clients",
      TEXTS,
      OF_SUMMARY,
      "addresses of the clients' hosts on its paths, up to 10"),
  TIMER_CLIENT_HOSTS("idle_timers[].client_hosts", INTEGER, OF_SUMMARY, "how many they are"),
  TIMER_EXPIRY("idle_timers[].expiry", TEXT, OF_SUMMARY, "what happens when it expires"),
  TIMER_AT_LEAST(
      "idle_timers[].at_least_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "it is at least that long, s: the longest idle time that a connection survived, or, where the"
          + " device acts by itself, the shortest that ended a connection; null if unknown"),
  TIMER_AT_MOST(
      "idle_timers[].at_most_s",
      NUMBER,
      OF_SUMMARY,
      "it is at most that long, s: the shortest idle time after which a connection was no longer"
          + " known, or, where the device acts by itself, the longest that ended one"),
  TIMER_WITNESSES(
      "idle_timers[].witnesses",
      INTEGER,
      OF_SUMMARY,
      "connections showing it: those that it ended"),
  TIMER_INDEPENDENT(
      "idle_timers[].independent",
      INTEGER,
      OF_SUMMARY,
      "how many of them no single event, such as a restart of a device, can explain together"),
  TIMER_SURVIVED(
      "idle_timers[].longest_survived_s",
      NUMBER_OR_NULL,
      OF_SUMMARY,
      "longest idle time on the same paths that a connection survived, s; null: none of 1 s"),
  TIMER_CONTRADICTED(
      "idle_timers[].contradicted", BOOLEAN, OF_SUMMARY, "whether that is longer than the timer"),
  TIMER_MAY_BE(
      "idle_timers[].may_be",
      TEXTS,
      OF_SUMMARY,
      "devices that have this timer by default: a hint, not proof"),
  TIMER_SAYS("idle_timers[].says", TEXT, OF_SUMMARY, "in a clause"),
  HEARTBEATS(
      "heartbeats",
      RECORDS,
      OF_SUMMARY,
      "summary: for each capture that heartbeats would have helped, which and whose"),
  HEARTBEATS_CAPTURE("heartbeats[].capture", TEXT, OF_SUMMARY, "the capture, as in the flows"),
  HEARTBEATS_SOURCE(
      "heartbeats[].source", TEXT, OF_SUMMARY, "the capture as given, as in the flows"),
  HEARTBEATS_SECONDS(
      "heartbeats[].set_s",
      INTEGER,
      OF_SUMMARY,
      "heartbeat to set, s; a frame is sent every half of it"),
  HEARTBEATS_PREVENTED(
      "heartbeats[].prevented",
      INTEGER,
      OF_SUMMARY,
      "lost connections that it would have kept: an idle timer ended them, and their heartbeats"
          + " were off or longer than the timer"),
  HEARTBEATS_LOST("heartbeats[].lost", INTEGER, OF_SUMMARY, "all lost connections of the capture"),
  HEARTBEATS_PROVEN(
      "heartbeats[].proven",
      BOOLEAN,
      OF_SUMMARY,
      "whether connections are known to survive idle times as long as half of it"),
  HEARTBEATS_SAYS("heartbeats[].says", TEXT, OF_SUMMARY, "in a sentence"),
  GAP_ADDRESS(
      "heartbeats[].clients[].address",
      TEXT,
      OF_SUMMARY,
      "host of a program whose heartbeats did not help; up to 20 programs"),
  GAP_PRODUCT("heartbeats[].clients[].product", TEXT_OR_NULL, OF_SUMMARY, "what it says it is"),
  GAP_VERSION("heartbeats[].clients[].version", TEXT_OR_NULL, OF_SUMMARY, "its version"),
  GAP_NAME(
      "heartbeats[].clients[].connection_name",
      TEXT_OR_NULL,
      OF_SUMMARY,
      "name that it gave its connections"),
  GAP_HEARTBEAT(
      "heartbeats[].clients[].heartbeat_s",
      INTEGER_OR_NULL,
      OF_SUMMARY,
      "negotiated heartbeat, s; 0 is off, null is not seen"),
  GAP_CONNECTIONS(
      "heartbeats[].clients[].connections",
      INTEGER,
      OF_SUMMARY,
      "lost connections of it, each counted once"),
  HOST_COUNTED(
      "host_tcp.kernel",
      COUNTS,
      OF_SUMMARY,
      "watch, in the summary: by how much the kernel's counters rose, of all ports in the network namespace of watch:"
          + " out_rsts (Tcp OutRsts: no packet filter's RSTs), abort_on_data, abort_on_close,"
          + " abort_on_memory, abort_on_timeout, abort_on_linger, abort_failed (TcpExt TCPAbort...);"
          + " those that the kernel has"),
  HOST_CAPTURED(
      "host_tcp.captured_resets",
      INTEGER,
      OF_SUMMARY,
      "captured RSTs with an address of this network namespace"),
  HOST_NOT_OF_SOCKETS(
      "host_tcp.not_of_sockets",
      INTEGER,
      OF_SUMMARY,
      "how many of these no socket of it sent, at least: a packet filter on the host, a container"
          + " behind its address, or another host did"),
  CAPTURES("captures", RECORDS, OF_SUMMARY, "summary: one object for each capture"),
  CAPTURE_NAME("captures[].capture", TEXT, OF_SUMMARY, "its name, as in the flows"),
  CAPTURE_PATH("captures[].path", TEXT, OF_SUMMARY, "its path as given: the source of its flows"),
  CAPTURE_SHA256("captures[].sha256", TEXT_OR_NULL, OF_SUMMARY, "archive: SHA-256 of its content"),
  CAPTURE_COMPLETE("captures[].complete", BOOLEAN, OF_SUMMARY, "whether it was read to its end"),
  CAPTURE_PROBLEM("captures[].problem", TEXT_OR_NULL, OF_SUMMARY, "why not"),
  CAPTURE_VANTAGE(
      "captures[].vantage",
      TEXT,
      OF_SUMMARY,
      "where it was captured: at the client, at the broker, middle (in transit) or unknown"),
  CAPTURE_VANTAGE_FROM(
      "captures[].vantage_from",
      TEXT,
      OF_SUMMARY,
      "given by --vantage, or inferred from the packets"),
  CAPTURE_FIRST("captures[].first", TIME_OR_NULL, OF_SUMMARY, "time of its earliest packet"),
  CAPTURE_LAST("captures[].last", TIME_OR_NULL, OF_SUMMARY, "time of its latest packet"),
  CAPTURE_PACKETS("captures[].packets", INTEGER, OF_SUMMARY, "packets read"),
  CAPTURE_SEGMENTS(
      "captures[].segments", INTEGER, OF_SUMMARY, "TCP segments on the brokers' ports"),
  CAPTURE_FLOWS("captures[].flows", INTEGER, OF_SUMMARY, "flows on the brokers' ports"),
  CAPTURE_EVICTED(
      "captures[].evicted_flows",
      INTEGER,
      OF_SUMMARY,
      "flows evicted because the table was full, longest idle first"),
  CAPTURE_EVICTED_ATTEMPTS(
      "captures[].evicted_attempts",
      INTEGER,
      OF_SUMMARY,
      "those of them that were half-open connections"),
  CAPTURE_FLOWS_LEFT_OUT(
      "captures[].flows_left_out",
      INTEGER,
      OF_SUMMARY,
      "flows not analysed, counted only (memory limit)"),
  CAPTURE_RESETS_LEFT_OUT(
      "captures[].resets_left_out",
      INTEGER,
      OF_SUMMARY,
      "resets not analysed, counted only (memory limit, or too many)"),
  CAPTURE_NAMES_LEFT_OUT(
      "captures[].names_left_out",
      INTEGER,
      OF_SUMMARY,
      "names truncated and AMQP frames skipped (memory limit)"),
  CAPTURE_DROPPED(
      "captures[].dropped_packets",
      INTEGER,
      OF_SUMMARY,
      "packets dropped by the capture, as the capturing system counts them"),
  CAPTURE_CUT("captures[].cut_packets", INTEGER, OF_SUMMARY, "packets cut by the snap length"),
  CAPTURE_UNDECODED(
      "captures[].undecoded_packets",
      INTEGER,
      OF_SUMMARY,
      "TCP packets too short or with lengths that lie"),
  CAPTURE_FRAGMENTS(
      "captures[].later_fragments", INTEGER, OF_SUMMARY, "IP fragments other than first ones"),
  CAPTURE_LINK_TYPE(
      "captures[].unknown_link_type_packets",
      INTEGER,
      OF_SUMMARY,
      "packets of a link type that is not supported"),
  CAPTURE_ONE_SIDED(
      "captures[].one_sided_flows",
      INTEGER,
      OF_SUMMARY,
      "flows of which one side alone is in it: losses may not show"),
  CAPTURE_DUPLICATES(
      "captures[].duplicate_segments", INTEGER, OF_SUMMARY, "segments seen again at another point"),
  CAPTURE_BACKWARDS(
      "captures[].times_backwards",
      INTEGER,
      OF_SUMMARY,
      "packets whose time lies before the previous one's"),
  CAPTURE_SET_FORWARD(
      "captures[].clock_set_forward_s",
      NUMBER,
      OF_SUMMARY,
      "by how much the capture's clock was set forward while no packet came, as TCP timestamps show,"
          + " s; idle times are without it, 0 when it was not");

  private final String path;
  private final String key;
  private final FieldType type;
  private final Set<RecordType> records;
  private final String explanation;

  Field(String path, FieldType type, Set<RecordType> records, String explanation) {
    this.path = path;
    this.key = path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
    this.type = type;
    this.records = records;
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return path;
  }

  /** Its own name, the last of its path, as it is written. */
  String key() {
    return key;
  }

  FieldType type() {
    return type;
  }

  boolean isIn(RecordType record) {
    return records.contains(record);
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
