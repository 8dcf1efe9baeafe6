package io.rstscope.report.json;

import io.rstscope.net.Term;

/** The fields of the JSON report by their paths; {@code [].} stands for each element of a list. */
public enum Field implements Term {
  TYPE(
      "type",
      "flow; summary for the last line; incident for what watch --on-incident passes to its program"),
  SCHEMA("schema", "version of this record; names are added, never changed"),
  CAPTURE("capture", "name of the capture file, - for standard input; watch: the interface"),
  SOURCE(
      "source", "the capture as given, with its folders, as captures[].path; watch: the interface"),
  CLIENT_ADDRESS("client.address", "of the client, or of the proxy in its place"),
  CLIENT_PORT("client.port", "its port"),
  BROKER_ADDRESS("broker.address", "of the broker"),
  BROKER_PORT("broker.port", "its port"),
  STARTED("started", "time of the flow's first packet, RFC 3339, UTC"),
  LAST("last", "time of its last packet"),
  HANDSHAKE_SEEN("handshake_seen", "whether both SYN and SYN,ACK are in the capture"),
  ROLES_GUESSED("roles_guessed", "whether client and broker are inferred from port numbers only"),
  HISTORY(
      "history",
      "what happened, a letter each in order of first occurrence, upper case for the client: S SYN,"
          + " H SYN,ACK, A pure ACK, D data, F FIN, R RST, T retransmission, W zero window, G bytes"
          + " missing from the capture, K keep-alive or window probe"),
  LONGEST_IDLE(
      "longest_idle_s",
      "longest idle time that the connection survived: a packet followed and was answered, s"),
  DUPLICATES("duplicates", "packets seen again at another point of the capture"),
  AMQP_PROTOCOL("amqp.protocol", "0-9-1, 1.0, tls, unknown, or none; amqp is null without payload"),
  AMQP_STATE("amqp.state", "none, handshake, open, blocked, closing or closed"),
  AMQP_STEP(
      "amqp.handshake_step",
      "last step seen: none, header, start, start-ok, tune, tune-ok, open, open-ok"),
  AMQP_HEARTBEAT("amqp.heartbeat_s", "negotiated heartbeat, s; 0 is off, null is not seen"),
  AMQP_HEARTBEAT_PROPOSED("amqp.heartbeat_proposed_s", "what the broker offered, s"),
  AMQP_HEARTBEATS_CLIENT(
      "amqp.heartbeats_from_client", "heartbeat frames seen from the client, at most 524287"),
  AMQP_HEARTBEATS_BROKER(
      "amqp.heartbeats_from_broker", "heartbeat frames seen from the broker, at most 524287"),
  AMQP_VHOST("amqp.vhost", "virtual host"),
  AMQP_PRODUCT("amqp.product", "what the client says it is"),
  AMQP_VERSION("amqp.version", "its version"),
  AMQP_PLATFORM("amqp.platform", "what it runs on"),
  AMQP_NAME("amqp.connection_name", "name that the client gave the connection"),
  AMQP_USER("amqp.user", "who had logged in, by --connections; null when not known"),
  AMQP_LISTED("amqp.listed", "the fields of amqp that are known from --connections alone"),
  AMQP_CLOSE_BY(
      "amqp.close.by", "client or broker: who asked for the close; close is null if nobody"),
  AMQP_CLOSE_CODE("amqp.close.code", "reply code, 200 is success"),
  AMQP_CLOSE_CONDITION("amqp.close.condition", "name of that code"),
  AMQP_CLOSE_TEXT("amqp.close.text", "reply text"),
  AMQP_CLOSE_CONFIRMED("amqp.close.confirmed", "whether close-ok was seen"),
  AMQP_BLOCKED("amqp.blocked", "whether the broker had blocked the client from publishing"),
  AMQP_BLOCKED_REASON("amqp.blocked_reason", "why"),
  AMQP_PROXIED("amqp.proxied_client", "the client that a PROXY protocol header names"),
  AMQP_INCOMPLETE(
      "amqp.incomplete", "whether AMQP frames were missed, for gaps or the snap length"),
  RESET_FRAME(
      "resets[].frame",
      "number of the packet in its file, from 1, as Wireshark counts; with --series in all files"
          + " together, as if they were joined in the order of time"),
  RESET_FILE("resets[].file", "with --series only: the file that holds it"),
  RESET_FILE_FRAME("resets[].file_frame", "with --series only: its number in that file, from 1"),
  RESET_TIME("resets[].time", "RFC 3339, UTC"),
  RESET_DIRECTION(
      "resets[].direction", "client-to-broker or broker-to-client, as the packet claims"),
  RESET_SENDER("resets[].sender", "who put it on the wire"),
  RESET_CONFIDENCE("resets[].confidence", "of the verdicts given with it, this share is right"),
  RESET_PROXY(
      "resets[].peer_may_be_proxy",
      "whether the broker's TCP peer may be a proxy, so that client means the proxy"),
  RESET_ROLE("resets[].role", "what it did to its connection"),
  RESET_SHAPE("resets[].shape", "what it looks like"),
  IDLE_SAME("resets[].idle_s.same_direction", "since the last packet of the claimed sender, s"),
  IDLE_OPPOSITE("resets[].idle_s.opposite", "since the last packet of the other side, s"),
  IDLE_PAYLOAD("resets[].idle_s.payload", "since the last payload of either side, s"),
  IDLE_BEFORE_TRIGGER(
      "resets[].idle_s.before_trigger",
      "idle time of the flow before the packet that the reset answers, s: what an idle timer saw"),
  RESET_TRIGGER("resets[].trigger_frame", "the packet it answers, null if none"),
  RESET_TRIGGER_DELAY("resets[].trigger_delay_ms", "from that packet to the reset, ms"),
  RESET_SAME("resets[].same_packet_as", "frame of an earlier reset that is the same packet"),
  OBSERVED_TTL("resets[].observed.ttl", "TTL or hop limit of the reset"),
  OBSERVED_MAC("resets[].observed.mac", "its source MAC address"),
  OBSERVED_IP_ID("resets[].observed.ip_id", "its IPv4 identification"),
  OBSERVED_DF("resets[].observed.dont_fragment", "whether Don't Fragment is set; true on IPv6"),
  OBSERVED_FLAGS("resets[].observed.flags", "R for RST, and A ACK, P PSH, F FIN, S SYN, U URG"),
  OBSERVED_WINDOW("resets[].observed.window", "its window, not scaled"),
  OBSERVED_TIMESTAMPS(
      "resets[].observed.timestamps",
      "whether it has TCP timestamps; null if the capture cut its options"),
  OBSERVED_OFFSET(
      "resets[].observed.seq_offset",
      "its sequence number less the sender's next one; null if unknown"),
  OBSERVED_PAYLOAD("resets[].observed.payload_bytes", "bytes of payload that it carries"),
  OBSERVED_DIAGNOSTIC(
      "resets[].observed.diagnostic", "reason that a device wrote into its payload"),
  OBSERVED_MPTCP_REASON(
      "resets[].observed.mptcp_reason",
      "reason code of MPTCP in its option MP_TCPRST (RFC 8684, section 3.6), 0 to 255, null if none"),
  OBSERVED_MPTCP_TRANSIENT(
      "resets[].observed.mptcp_transient",
      "whether that option says that the subflow may be opened again; null without it"),
  BASELINE_PACKETS("resets[].baseline.packets", "packets of that direction before; 0: no baseline"),
  BASELINE_TTL("resets[].baseline.ttl", "their usual TTL"),
  BASELINE_MAC("resets[].baseline.mac", "their usual source MAC address"),
  BASELINE_IP_ID("resets[].baseline.ip_id", "IPv4 identification of the last of them"),
  BASELINE_WINDOW("resets[].baseline.window", "window of the last of them"),
  BASELINE_TIMESTAMPS(
      "resets[].baseline.timestamps",
      "whether they have TCP timestamps; null if the capture cut the options of all"),
  BASELINE_RTT("resets[].baseline.min_rtt_ms", "shortest time that side took to answer, ms"),
  AFTER_SAME(
      "resets[].after.same_direction_packets", "packets of the claimed sender that followed"),
  AFTER_OPPOSITE("resets[].after.opposite_packets", "packets of the other side that followed"),
  AFTER_NEXT("resets[].after.next_frame", "the first packet of the claimed sender that followed"),
  EVIDENCE_ID("resets[].evidence[].id", "the clue"),
  EVIDENCE_POINTS_TO(
      "resets[].evidence[].points_to", "whom it points to; undetermined: it explains"),
  EVIDENCE_WEIGHT("resets[].evidence[].weight", "how strongly, in natural log-odds"),
  EVIDENCE_SAYS("resets[].evidence[].says", "in a sentence"),
  EVIDENCE_FRAMES("resets[].evidence[].frames", "the packets it rests on"),
  EVIDENCE_OTHER_CAPTURE(
      "resets[].evidence[].other_capture",
      "with --other-side, of that clue: the capture at the other end"),
  EVIDENCE_OTHER_FRAMES(
      "resets[].evidence[].other_frames", "with --other-side: the packets there that it rests on"),
  FLOW_RESETS_LEFT_OUT(
      "resets_left_out",
      "further resets of the flow, too many to analyse: counted only; in the summary all that are"
          + " counted nowhere else"),
  PROXY_SIGNS("proxy_signs", "what shows that the broker's TCP peer may be a proxy"),
  ENDED_BY("ending.ended_by", "who ended the connection; often not the sender of the reset"),
  CAUSE("ending.cause", "why it ended"),
  ENDING_CONFIDENCE("ending.confidence", "of the causes given with it, this share is right"),
  BENIGN("ending.benign", "whether the ending is harmless: nothing was lost"),
  ENDING_IDLE("ending.idle_s", "idle time of the flow before it ended, s; null if unknown"),
  ENDING_SAYS(
      "ending.says",
      "in a sentence, which ends with the likeliest other cause if that has 0.15 or more"),
  ALTERNATIVE_CAUSE(
      "ending.alternatives[].cause", "another cause that it may have, the likeliest first"),
  ALTERNATIVE_PROBABILITY(
      "ending.alternatives[].probability", "how probable that is; those of 0.1 and more are named"),
  ENDING_EVIDENCE_ID(
      "ending.evidence[].id", "a fact that decided between the two likeliest causes"),
  ENDING_EVIDENCE_POINTS_TO("ending.evidence[].points_to", "the cause for which it speaks"),
  ENDING_EVIDENCE_WEIGHT("ending.evidence[].weight", "how strongly, in natural log-odds"),
  ENDING_EVIDENCE_SAYS("ending.evidence[].says", "in a sentence"),
  ENDING_EVIDENCE_FRAMES("ending.evidence[].frames", "the packet it rests on"),
  ADVICE("ending.advice", "what to do"),
  CHECKS("ending.checks", "commands that confirm the cause, or show it to be wrong"),
  CHECK_ON("ending.checks[].on", "host or device on which to run a command that confirms it"),
  CHECK_FOR("ending.checks[].look_for", "what its output shows"),
  CHECK_COMMAND(
      "ending.checks[].command",
      "for a POSIX shell, or what to start on Windows; what comes from the capture is quoted"),
  OTHER_LEG(
      "other_leg",
      "the client at the other leg of the same connection, when this is the leg of a proxy on the"
          + " capturing host to the broker: the loss is counted there; else null"),
  INCIDENT_OF(
      "incident", "number of the incident of its capture that the flow belongs to; null for none"),
  NUMBER("number", "watch: number of the connection, from 1, in the order of the notices"),
  REVISION(
      "revision",
      "watch: 0 for the first verdict on a connection; each further one replaces those before"),
  DROPPED_NEAR(
      "dropped_near",
      "watch: packets dropped by the capture near the ending; evidence may be missing"),
  CLOCK_STEP(
      "clock_step_s",
      "watch: by how much the clock was set during the connection, s; idle times are wrong by it"),
  NOT_CAPTURED(
      "not_captured_s",
      "watch: how long the interface was not captured near the ending, s; an RST may have passed"),
  LISTENER(
      "listener",
      "watch: the process of this host that listens at the broker's address and port, or null"),
  CLIENT_NAME("client_name", "watch: name of the client's address in the file of --hosts, or null"),
  BROKER_NAME("broker_name", "watch: name of the broker's address there, or null"),
  LOG_TIME(
      "broker_log.time",
      "with --broker-log: when the log has the end, by the broker's clock; broker_log is null when"
          + " it does not"),
  LOG_USER("broker_log.user", "with --broker-log: who had logged in; null if unknown"),
  LOG_VHOST("broker_log.vhost", "with --broker-log: virtual host"),
  LOG_NAME("broker_log.connection_name", "with --broker-log: name that the client gave it"),
  LOG_SAYS(
      "broker_log.says",
      "with --broker-log: the reason in the broker's words; null: closed normally"),
  LOG_CHANNEL_ERROR(
      "broker_log.channel_error",
      "with --broker-log: why the broker closed a channel at most 10 s before, or null"),
  LOGS("broker_logs", "with --broker-log, in the summary: for each capture what the log has of it"),
  LOGS_CAPTURE("broker_logs[].capture", "the capture, as in the flows"),
  LOGS_SOURCE("broker_logs[].source", "the capture as given, as in the flows"),
  LOGS_OFFSET(
      "broker_logs[].clock_offset_s",
      "by how much the broker's clock is ahead of the capture's, s: the median; null: no connection"
          + " is in both"),
  LOGS_SPREAD("broker_logs[].clock_spread_s", "half of the connections are within this of it, s"),
  LOGS_MEASURED("broker_logs[].clock_connections", "connections it was measured with"),
  LOGS_MATCHED("broker_logs[].matched", "lost connections of the capture that are in the log"),
  LOGS_BY_PORT(
      "broker_logs[].matched_by_port",
      "connections found by port and time, as the log has host names"),
  LOGS_OUTSIDE(
      "broker_logs[].outside", "losses in the log before or after the capture, or without a time"),
  LOGS_UNLOGGED("broker_logs[].not_logged", "lost connections that are not in the log"),
  UNLOGGED_CLIENT("broker_logs[].not_logged[].client", "address and port of its client"),
  UNLOGGED_BROKER("broker_logs[].not_logged[].broker", "address and port of its broker"),
  UNLOGGED_TIME("broker_logs[].not_logged[].time", "when it was lost, by the capture's clock"),
  LOGS_UNSEEN(
      "broker_logs[].not_captured", "losses in the log during the capture that it does not show"),
  UNSEEN_CLIENT("broker_logs[].not_captured[].client", "address and port of its client"),
  UNSEEN_BROKER("broker_logs[].not_captured[].broker", "address and port of its broker"),
  UNSEEN_TIME("broker_logs[].not_captured[].time", "when it was logged, by the broker's clock"),
  UNSEEN_USER("broker_logs[].not_captured[].user", "who had logged in"),
  UNSEEN_VHOST("broker_logs[].not_captured[].vhost", "virtual host"),
  UNSEEN_NAME("broker_logs[].not_captured[].connection_name", "name that the client gave it"),
  UNSEEN_SAYS("broker_logs[].not_captured[].says", "the reason in the broker's words"),
  UNSEEN_CHANNEL_ERROR(
      "broker_logs[].not_captured[].channel_error",
      "why the broker closed a channel before, or null"),
  SIDES(
      "other_sides",
      "with --other-side, in the summary: for each capture and each OTHER what they have in common"),
  SIDES_CAPTURE("other_sides[].capture", "the capture, as in the flows"),
  SIDES_SOURCE("other_sides[].source", "the capture as given, as in the flows"),
  SIDES_OTHER("other_sides[].other_capture", "name of the capture at the other end"),
  SIDES_PATH("other_sides[].other_path", "the same as given"),
  SIDES_STANDING(
      "other_sides[].standing",
      "what both are to each other: compared, proxy-between, other-time, other-hosts,"
          + " same-capture, clock-set, few-packets, headers-cut, no-times or unreadable; only if"
          + " compared it is of use"),
  SIDES_SAYS("other_sides[].says", "the same in a sentence"),
  SIDES_PROBLEM("other_sides[].problem", "why it could not be read to its end; null if it was"),
  SIDES_OFFSET(
      "other_sides[].clock_offset_s",
      "by how much its clock is ahead of the capture's, s; null unless compared"),
  SIDES_TIME("other_sides[].clock_time", "when, by the clock of the capture, amid what both hold"),
  SIDES_BOUND(
      "other_sides[].clock_bound_s",
      "the offset is off by this at most, s: half the shortest round trip between both"),
  SIDES_SKEW("other_sides[].clock_skew_ppm", "by how much its clock runs faster, ppm"),
  STEP_TIME(
      "other_sides[].clock_steps[].time",
      "when one of the two clocks was set, by the clock of the capture: the two are compared on each"
          + " side of it"),
  STEP_BY(
      "other_sides[].clock_steps[].by_s",
      "by how much the other clock is farther ahead since then, s; negative: less"),
  SIDES_CONNECTIONS(
      "other_sides[].connections", "connections that were reset or lost and are in both"),
  SIDES_CLIENT_COMPARED(
      "other_sides[].client_packets.compared",
      "packets of clients without payload that were looked for in it, near the ends of connections"
          + " and a sample of all others"),
  SIDES_CLIENT_MISSING("other_sides[].client_packets.missing", "those of them it does not have"),
  SIDES_BROKER_COMPARED("other_sides[].broker_packets.compared", "the same of brokers"),
  SIDES_BROKER_MISSING("other_sides[].broker_packets.missing", "those of them it does not have"),
  SIDES_TO_BROKER_SENT(
      "other_sides[].client_to_broker.sent",
      "packets without payload that left at the client's end for the broker's while both were"
          + " captured, as far as counted"),
  SIDES_TO_BROKER_LOST(
      "other_sides[].client_to_broker.lost",
      "those of them that are not at the other end: lost on the way, or not captured"),
  SIDES_TO_CLIENT_SENT("other_sides[].broker_to_client.sent", "the same from brokers to clients"),
  SIDES_TO_CLIENT_LOST("other_sides[].broker_to_client.lost", "those of them that are not there"),
  TRANSLATION_CLIENT(
      "other_sides[].translations[].client",
      "address and port of a client in the capture, where a NAT changes them"),
  TRANSLATION_OTHER("other_sides[].translations[].other_client", "the same in OTHER"),
  STOPPED_CLIENT(
      "other_sides[].stopped_resets[].client",
      "client of a connection of which an RST left there and did not arrive here"),
  STOPPED_BROKER("other_sides[].stopped_resets[].broker", "its broker"),
  STOPPED_DIRECTION("other_sides[].stopped_resets[].direction", "client-to-broker or the reverse"),
  STOPPED_FRAME("other_sides[].stopped_resets[].other_frame", "number of the RST in OTHER"),
  STOPPED_TIME("other_sides[].stopped_resets[].time", "when it left, by the clock of the capture"),
  PROXIED_CLIENT(
      "other_sides[].proxied[].client",
      "client of a leg of a connection through a proxy between both captures"),
  PROXIED_BROKER("other_sides[].proxied[].broker", "its broker, or the proxy"),
  PROXIED_OTHER_CLIENT("other_sides[].proxied[].other_client", "client of its other leg in OTHER"),
  PROXIED_OTHER_BROKER("other_sides[].proxied[].other_broker", "broker of the other leg"),
  PROXIED_LEG("other_sides[].proxied[].leg", "whose leg the capture has: client or broker"),
  PROXIED_ORDER(
      "other_sides[].proxied[].ended_first",
      "which leg's end caused that of the other one: client-first, broker-first, proxy-both,"
          + " proxy-first, proxy-one-leg, not-passed-on, both-ends, open or order-unknown"),
  PROXIED_SAYS("other_sides[].proxied[].says", "the same in a sentence"),
  PROXIED_FRAME(
      "other_sides[].proxied[].frame", "the packet that ended the leg here, or null when none did"),
  PROXIED_OTHER_FRAME("other_sides[].proxied[].other_frame", "the same in OTHER"),
  PROXIED_APART(
      "other_sides[].proxied[].apart_s",
      "by how much later the leg in OTHER ended, s; null when one has not"),
  PROXIED_BOUND("other_sides[].proxied[].bound_s", "that is off by this at most, s"),
  COMPLETE("complete", "summary: whether all captures were read to their ends"),
  RESETS("resets", "the resets of a flow; in the summary their number"),
  FLOWS_LEFT_OUT(
      "flows_left_out", "summary: flows that were not analysed and are counted nowhere else"),
  HARMLESS("harmless_resets", "summary: resets of connections whose ending is harmless"),
  HARMLESS_CONNECTIONS("harmless_connections", "summary: connections whose ending is harmless"),
  LOST(
      "lost_connections",
      "summary: connections whose ending is not harmless, other than refused ones"),
  REFUSED("refused_connections", "summary: connections that the port refused"),
  BY_SENDER("resets_by_sender", "summary: resets by who put them on the wire"),
  LOST_BY("lost_by", "summary: lost connections by who ended them"),
  CAUSES("causes", "summary: reset or lost connections by cause"),
  IDLE_HISTOGRAM(
      "idle_before_reset_s",
      "summary: idle time before the resets that ended lost connections: count, min, p50, p90, p99,"
          + " max, s"),
  RTT_HISTOGRAM(
      "min_rtt_ms", "summary: shortest round trip to the farther side of each reported flow, ms"),
  INCIDENTS(
      "incidents", "summary: incidents, an object for each: connections lost in the same event"),
  INCIDENT_CAPTURE("incidents[].capture", "the capture, as in the flows"),
  INCIDENT_SOURCE("incidents[].source", "the capture as given, as in the flows"),
  INCIDENT_NUMBER("incidents[].incident", "number in its capture, from 1, in the order of time"),
  INCIDENT_FIRST("incidents[].first", "when the first of its connections was lost"),
  INCIDENT_LAST("incidents[].last", "when the last was"),
  INCIDENT_CONNECTIONS(
      "incidents[].connections",
      "connections lost in the same event, 2 or more; refused ones that belong to it count too; a"
          + " record of type incident also has connections that were lost alone"),
  INCIDENT_CAUSE("incidents[].cause", "the most frequent cause among them"),
  INCIDENT_ENDED_BY("incidents[].ended_by", "who ended most of them"),
  SHARED_CLIENT(
      "incidents[].shared.client_host",
      "host of the client of all of them, or of the client that a proxy names; null where they"
          + " differ, as in the next four"),
  SHARED_NAME("incidents[].shared.connection_name", "the name that all of them have"),
  SHARED_PRODUCT("incidents[].shared.product", "the client library of all of them"),
  SHARED_BROKER("incidents[].shared.broker", "address and port that all of them went to"),
  SHARED_NEXT_HOP(
      "incidents[].shared.next_hop",
      "source MAC address of the client's packets in all of them: of the router nearest to the"
          + " capture, or the client's own"),
  DISTINCT_CLIENT("incidents[].distinct.client_host", "how many client hosts there are"),
  DISTINCT_NAME("incidents[].distinct.connection_name", "how many names; 0: none is known"),
  DISTINCT_PRODUCT("incidents[].distinct.product", "how many client libraries"),
  DISTINCT_BROKER("incidents[].distinct.broker", "how many brokers, by address and port"),
  DISTINCT_NEXT_HOP("incidents[].distinct.next_hop", "how many next hops towards the clients"),
  INCIDENT_SAYS("incidents[].says", "in a sentence"),
  INCIDENTS_LEFT_OUT(
      "incidents_left_out", "incidents that are not listed; of each capture the largest 1000 are"),
  EVENT_ANSWER(
      "answer",
      "watch: in a record of type incident what was lost, and why, in a sentence without full stop"),
  EVENT_FLOW(
      "flow",
      "watch: in a record of type incident the first loss of its first incident, as a record of type"
          + " flow"),
  MISSED_EVENTS(
      "missed.events",
      "watch: in a record of type incident the events since the last one for which the program was"
          + " not run, as it had been run just before"),
  MISSED_LOST("missed.lost_connections", "watch: connections lost in these"),
  TIMERS(
      "idle_timers",
      "summary: idle timers of the paths, those with most connections showing them first, up to"
          + " 1000 a capture"),
  TIMER_CAPTURE("idle_timers[].capture", "the capture that shows an idle timer"),
  TIMER_SOURCE("idle_timers[].source", "the capture as given, as in the flows"),
  TIMER_BROKER("idle_timers[].broker", "address of the broker's host"),
  TIMER_CLIENTS("idle_timers[].clients", "addresses of the clients' hosts on its paths, up to 10"),
  TIMER_CLIENT_HOSTS("idle_timers[].client_hosts", "how many they are"),
  TIMER_EXPIRY("idle_timers[].expiry", "what happens when it expires"),
  TIMER_AT_LEAST(
      "idle_timers[].at_least_s",
      "it is at least that long, s: the longest idle time that a connection survived, or, where the"
          + " device acts by itself, the shortest that ended a connection; null if unknown"),
  TIMER_AT_MOST(
      "idle_timers[].at_most_s",
      "it is at most that long, s: the shortest idle time after which a connection was no longer"
          + " known, or, where the device acts by itself, the longest that ended one"),
  TIMER_WITNESSES("idle_timers[].witnesses", "connections showing it: those that it ended"),
  TIMER_INDEPENDENT(
      "idle_timers[].independent",
      "how many of them no single event, such as a restart of a device, can explain together"),
  TIMER_SURVIVED(
      "idle_timers[].longest_survived_s",
      "longest idle time on the same paths that a connection survived, s; null: none of 1 s"),
  TIMER_CONTRADICTED("idle_timers[].contradicted", "whether that is longer than the timer"),
  TIMER_MAY_BE(
      "idle_timers[].may_be", "devices that have this timer by default: a hint, not proof"),
  TIMER_SAYS("idle_timers[].says", "in a clause"),
  HEARTBEATS(
      "heartbeats", "summary: for each capture that heartbeats would have helped, which and whose"),
  HEARTBEATS_CAPTURE("heartbeats[].capture", "the capture, as in the flows"),
  HEARTBEATS_SOURCE("heartbeats[].source", "the capture as given, as in the flows"),
  HEARTBEATS_SECONDS("heartbeats[].set_s", "heartbeat to set, s; a frame is sent every half of it"),
  HEARTBEATS_PREVENTED(
      "heartbeats[].prevented",
      "lost connections that it would have kept: an idle timer ended them, and their heartbeats"
          + " were off or longer than the timer"),
  HEARTBEATS_LOST("heartbeats[].lost", "all lost connections of the capture"),
  HEARTBEATS_PROVEN(
      "heartbeats[].proven",
      "whether connections are known to survive idle times as long as half of it"),
  HEARTBEATS_SAYS("heartbeats[].says", "in a sentence"),
  GAP_ADDRESS(
      "heartbeats[].clients[].address",
      "host of a program whose heartbeats did not help; up to 20 programs"),
  GAP_PRODUCT("heartbeats[].clients[].product", "what it says it is"),
  GAP_VERSION("heartbeats[].clients[].version", "its version"),
  GAP_NAME("heartbeats[].clients[].connection_name", "name that it gave its connections"),
  GAP_HEARTBEAT(
      "heartbeats[].clients[].heartbeat_s", "negotiated heartbeat, s; 0 is off, null is not seen"),
  GAP_CONNECTIONS(
      "heartbeats[].clients[].connections", "lost connections of it, each counted once"),
  HOST_COUNTED(
      "host_tcp.kernel",
      "watch, in the summary: by how much the kernel's counters rose, of all ports in the network namespace of watch:"
          + " out_rsts (Tcp OutRsts: no packet filter's RSTs), abort_on_data, abort_on_close,"
          + " abort_on_memory, abort_on_timeout, abort_on_linger, abort_failed (TcpExt TCPAbort...);"
          + " those that the kernel has"),
  HOST_CAPTURED(
      "host_tcp.captured_resets", "captured RSTs with an address of this network namespace"),
  HOST_NOT_OF_SOCKETS(
      "host_tcp.not_of_sockets",
      "how many of these no socket of it sent, at least: a packet filter on the host, a container"
          + " behind its address, or another host did"),
  CAPTURES("captures", "summary: one object for each capture"),
  CAPTURE_NAME("captures[].capture", "its name, as in the flows"),
  CAPTURE_PATH("captures[].path", "its path as given: the source of its flows"),
  CAPTURE_COMPLETE("captures[].complete", "whether it was read to its end"),
  CAPTURE_PROBLEM("captures[].problem", "why not"),
  CAPTURE_VANTAGE(
      "captures[].vantage",
      "where it was captured: at the client, at the broker, middle (in transit) or unknown"),
  CAPTURE_VANTAGE_FROM(
      "captures[].vantage_from", "given by --vantage, or inferred from the packets"),
  CAPTURE_FIRST("captures[].first", "time of its earliest packet"),
  CAPTURE_LAST("captures[].last", "time of its latest packet"),
  CAPTURE_PACKETS("captures[].packets", "packets read"),
  CAPTURE_SEGMENTS("captures[].segments", "TCP segments on the brokers' ports"),
  CAPTURE_FLOWS("captures[].flows", "flows on the brokers' ports"),
  CAPTURE_EVICTED(
      "captures[].evicted_flows", "flows evicted because the table was full, longest idle first"),
  CAPTURE_EVICTED_ATTEMPTS(
      "captures[].evicted_attempts", "those of them that were half-open connections"),
  CAPTURE_FLOWS_LEFT_OUT(
      "captures[].flows_left_out", "flows not analysed, counted only (memory limit)"),
  CAPTURE_RESETS_LEFT_OUT(
      "captures[].resets_left_out",
      "resets not analysed, counted only (memory limit, or too many)"),
  CAPTURE_NAMES_LEFT_OUT(
      "captures[].names_left_out", "names truncated and AMQP frames skipped (memory limit)"),
  CAPTURE_DROPPED(
      "captures[].dropped_packets",
      "packets dropped by the capture, as the capturing system counts them"),
  CAPTURE_CUT("captures[].cut_packets", "packets cut by the snap length"),
  CAPTURE_UNDECODED(
      "captures[].undecoded_packets", "TCP packets too short or with lengths that lie"),
  CAPTURE_FRAGMENTS("captures[].later_fragments", "IP fragments other than first ones"),
  CAPTURE_LINK_TYPE(
      "captures[].unknown_link_type_packets", "packets of a link type that is not supported"),
  CAPTURE_ONE_SIDED(
      "captures[].one_sided_flows", "flows of which one side alone is in it: losses may not show"),
  CAPTURE_DUPLICATES("captures[].duplicate_segments", "segments seen again at another point"),
  CAPTURE_BACKWARDS(
      "captures[].times_backwards", "packets whose time lies before the previous one's"),
  CAPTURE_SET_FORWARD(
      "captures[].clock_set_forward_s",
      "by how much the capture's clock was set forward while no packet came, as TCP timestamps show,"
          + " s; idle times are without it, 0 when it was not");

  private final String path;
  private final String key;
  private final String explanation;

  Field(String path, String explanation) {
    this.path = path;
    this.key = path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
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

  @Override
  public String explanation() {
    return explanation;
  }
}
