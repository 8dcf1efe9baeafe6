"""Truth lines: one JSON object per capture and flow that was reset or lost."""

import os
from collections import defaultdict

from rstlab.amqp import conversation
from rstlab.packets import ACK, FIN, PORTS, RST, SYN, read_segments
from rstlab.processes import LabError
from rstlab.verdicts import Sight, verdict

HARMLESS = {"healthy", "health_probe", "scan", "refused"}
SAME_SHAPE = "a killed process, an abrupt close and a destroyed socket look alike"
STATE_GONE = "a state timeout, a flushed table and a REJECT rule make the same packet"
SAME_BY_PROXY = "its idle timeout, its death and the relayed death of the far end look alike"
CAUSE_AMBIGUOUS = {
    "client_crash": SAME_SHAPE,
    "client_abort": SAME_SHAPE,
    "client_close_no_amqp": SAME_SHAPE,
    "client_crash_handshake": SAME_SHAPE,
    "client_abort_handshake": SAME_SHAPE,
    "socket_destroyed": SAME_SHAPE,
    "client_host_lost": "rebooted, its address moved, or reset by a third party on its side",
    "broker_host_lost": "rebooted, restarted, or reset by a third party on its side",
    "broker_crash": "per flow a killed broker is like one that closed; only all flows at once tell",
    "middlebox_idle_timeout": STATE_GONE,
    "middlebox_state_loss": STATE_GONE,
    "middlebox_silent_drop": "a timer, a broken path and a dead host are equally silent",
    "policy_reject": STATE_GONE,
    "proxy_idle_timeout": SAME_BY_PROXY,
    "proxy_crash": SAME_BY_PROXY,
}


def lines(story, scene, capture, witnesses):
    """The truth of one vantage's capture, flow by flow."""
    segments = read_segments(capture.path)
    flows = defaultdict(list)
    for segment in segments:
        flows[_key(segment)].append(segment)
    told = [
        _Flow(story, scene, capture, witnesses, segments, key, flow).line()
        for key, flow in flows.items()
    ]
    if story.cause not in {line["root_cause"] for line in told}:
        raise LabError("%s shows no flow that ended so" % os.path.basename(capture.path))
    return told


def worth_telling(line):
    """Whether a flow belongs in a capture's truth: it was reset, or lost without a reset."""
    return line["rsts"] or line["root_cause"] not in HARMLESS


def _key(segment):
    """Client and broker end of a segment's flow."""
    ends = (segment.source, segment.source_port), (segment.destination, segment.destination_port)
    return ends if segment.destination_port in PORTS else ends[::-1]


class _Flow:
    def __init__(self, story, scene, capture, witnesses, all_segments, key, segments):
        self.story, self.scene, self.capture, self.witnesses = story, scene, capture, witnesses
        self.all_segments, self.segments = all_segments, segments
        (self.client, self.client_port), (self.server, self.server_port) = key
        self.heard = [s for s in witnesses.segments[capture.host] if _key(s) == key]
        self.spoken = conversation(self.heard)
        self.root_cause = scene.causes.get(self.client_port) or self._default_cause()

    def line(self):
        middle = {
            a for h in self.scene.hosts.values() if h.role == "middlebox" for a in h.addresses()
        }
        rsts = self._resets()
        return {
            "capture": os.path.basename(self.capture.path),
            "vantage": self.capture.vantage,
            "interface": "any" if self.capture.interface == "any" else "eth",
            "flow": {
                "client": self.client,
                "client_port": self.client_port,
                "server": self.server,
                "server_port": self.server_port,
            },
            "ip_version": 6 if ":" in self.client else 4,
            "client_is_proxy_or_nat": self.client in middle,
            "server_is_proxy": self.server in middle,
            "client_software": self.scene.software.get(self.client_port),
            "root_cause": self.root_cause,
            "root_note": self.story.note,
            "heartbeat_negotiated": self.scene.heartbeats.get(
                self.client_port, self.spoken.heartbeat_s
            ),
            "amqp_state_end": self._state(self.heard),
            "amqp_close_by": self.spoken.close_by,
            "fins": {
                side: any(s.has(FIN) and s.source == address for s in self.segments)
                for side, address in (("client", self.client), ("server", self.server))
            },
            "ambiguous": any(r["ambiguous"] for r in rsts),
            "rsts": rsts,
        }

    def _default_cause(self):
        """The story's, except of flows that no client of the story could be asked about.

        That is an attempt that was refused, and a proxy's flow for a client that closed normally.
        """
        if self.client in self._proxy_addresses() and self.spoken.close_by == "client":
            return "healthy"
        answers = [s for s in self.segments if s.source == self.server]
        refused = answers and all(s.has(RST) and not s.has(SYN) for s in answers)
        attempt = any(s.has(SYN) for s in self.segments if s.source == self.client)
        return "refused" if refused and attempt else self.story.cause

    def _resets(self):
        told, earlier = [], []
        for reset in (s for s in self.segments if s.has(RST)):
            line = self._reset(reset, earlier)
            if line["role"] == "same_packet_again":
                line["cause"] = told[-1]["cause"]
            told.append(line)
            earlier.append(reset)
        return told

    def _reset(self, reset, earlier):
        originator = self.witnesses.originator(reset)
        supported = verdict(self._sight(reset, originator))
        role = self._role(reset, earlier)
        cause_why = CAUSE_AMBIGUOUS.get(self.root_cause)
        return {
            "frame": reset.frame,
            "ts": "%d.%09d" % divmod(reset.ts, 10**9),
            "direction": "client_to_broker" if reset.source == self.client else "broker_to_client",
            "originator": originator.role,
            "originator_host": originator.name,
            "cause": self._cause(reset, originator),
            "kernel_reason": None,
            "best_verdict": supported.best,
            "accepted_verdicts": list(supported.accepted),
            "evidence_misleading": supported.misleading,
            "ambiguous": supported.ambiguous_why is not None,
            "ambiguous_why": supported.ambiguous_why,
            "cause_ambiguous": cause_why is not None,
            "cause_ambiguous_why": cause_why,
            "idle_before_s": self._idle(reset),
            "amqp_state": self._state([s for s in self.heard if s.ts < reset.ts]),
            "role": role,
        }

    def _state(self, segments):
        """None: TLS hides it."""
        hidden = self.client_port in self.scene.heartbeats
        return None if hidden else conversation(segments).state

    def _sight(self, reset, originator):
        before = [
            s
            for s in self.all_segments
            if s.source == reset.source and s.ts < reset.ts and not s.has(RST)
        ]
        own = [s for s in before if _key(s) == _key(reset)]
        return Sight(
            reset=reset,
            claimed="client" if reset.source == self.client else "broker",
            originator=originator,
            here=self.capture.host,
            same_segment=self.scene.topology.same_segment,
            proxy=reset.source in self._proxy_addresses(),
            flow=self.segments,
            baseline=own or before,
        )

    def _proxy_addresses(self):
        hosts = (self.scene.hosts[name] for name in self.scene.topology.proxies)
        return {address for host in hosts for address in host.addresses()}

    def _role(self, reset, earlier):
        if any(_same_packet(reset, e) for e in earlier):
            return "same_packet_again"
        if earlier:
            return "later_rst"
        before = [s for s in self.segments if s.ts < reset.ts]
        if reset.has(ACK) and not any(s.has(SYN | ACK) for s in before):
            if any(s.has(SYN) for s in before) and reset.source == self.server:
                return "refuses_connection"
        if any(s.has(FIN) and s.source == reset.source for s in before):
            return "after_own_fin"
        if any(s.has(FIN) for s in before):
            return "answer_to_fin"
        return "first_termination"

    def _cause(self, reset, originator):
        """Of this packet. An endpoint's late answer says less than what ended the connection."""
        if originator.role == "middlebox" or self.root_cause == "scan":
            return self.root_cause
        if not reset.has(ACK):
            return "stateless_unknown_flow"
        others_fin = any(
            s.has(FIN) and s.source != reset.source and s.ts < reset.ts for s in self.segments
        )
        return "benign_after_close" if others_fin else self.root_cause

    def _idle(self, reset):
        before = [s for s in self.segments if s.ts < reset.ts]
        same = [s for s in before if s.source == reset.source]
        opposite = [s for s in before if s.source != reset.source]
        trigger = opposite[-1] if opposite else None
        return {
            "same_direction": _since(reset, same),
            "opposite": _since(reset, opposite),
            "same_direction_data": _since(reset, [s for s in same if s.payload_length]),
            "opposite_data": _since(reset, [s for s in opposite if s.payload_length]),
            "gap_before_trigger": _since(trigger, [s for s in before if s.ts < trigger.ts])
            if trigger
            else None,
        }


def _since(segment, earlier):
    """Seconds from the last of the earlier segments, or null when there is none."""
    return round((segment.ts - earlier[-1].ts) / 1e9, 6) if earlier else None


def _same_packet(a, b):
    """One packet seen twice: an `any` capture on a forwarding host shows it in and out."""
    return (
        a.packet_type != b.packet_type
        and abs(a.ts - b.ts) < 5_000_000
        and (a.source, a.sequence, a.flags, a.ip_id) == (b.source, b.sequence, b.flags, b.ip_id)
    )
