"""From a scene's recordings to truth lines, in the form of the lab's own (see ../README.md)."""

import os
from collections import defaultdict

from rstlab.amqp import PROXY_V2, conversation
from rstlab.packets import ACK, FIN, OUTGOING, RST, SYN, read_segments
from rstlab.processes import LabError
from rstlab.truth import CAUSE_AMBIGUOUS
from rstlab.verdicts import Sight, verdict

PORTS = {5671, 5672}
JOURNEY_NS, STAMP_NS = 100_000_000, 2_000_000
WHY = dict(
    CAUSE_AMBIGUOUS,
    broker_shutdown="over TLS nothing of the broker's words is seen",
)


def key(segment):
    ends = (segment.source, segment.source_port), (segment.destination, segment.destination_port)
    return ends if segment.destination_port in PORTS else ends[::-1]


def identity(segment):
    return (
        key(segment)[0][1],
        segment.source_port in PORTS,
        segment.sequence,
        segment.acknowledgement,
        segment.flags,
        segment.ip_id,
    )


def _by_flow(segments):
    flows = defaultdict(list)
    for segment in segments:
        flows[key(segment)].append(segment)
    return flows


def _first_words(segments):
    """The first 400 bytes of a client, without a PROXY header: they hold its name or TLS random."""
    at, said = None, b""
    for s in segments:
        if s.destination_port not in PORTS:
            continue
        if s.has(SYN):
            at = s.next_sequence
        elif at is not None and s.payload and s.sequence == at:
            said += s.payload
            at = s.next_sequence
    if said.startswith(PROXY_V2):
        said = said[16 + int.from_bytes(said[14:16], "big") :]
    if said.startswith(b"PROXY "):
        said = said.partition(b"\r\n")[2]
    return said


class Truth:
    """All that was seen and played in one scene."""

    def __init__(self, scene):
        self.scene, self.story = scene, scene.story
        self.heard = {r.host.name: read_segments(r.path) for r in scene.witnesses}
        self.flows = {name: _by_flow(segments) for name, segments in self.heard.items()}
        self.sent = defaultdict(list)
        for name, segments in self.heard.items():
            for s in segments:
                if s.has(RST) and s.packet_type == OUTGOING:
                    self.sent[identity(s)].append((s.ts, scene.hosts[name]))
        self.clients = {}  # (address, port) of a client's end -> Client
        for client in scene.clients:
            for port in client.ports:
                self.clients[scene.hosts[client.where].address(), port] = client
        if self.story.proxy:
            self._pair()

    def _pair(self):
        """Finds for each connection that px made the client it stands for."""
        words = {}
        flows = _by_flow(self.heard["px"])
        px = self.scene.hosts["px"].address()
        for ends, segments in flows.items():
            if ends[0] in self.clients:
                words[ends[0]] = _first_words(segments)
        for ends, segments in flows.items():
            said = _first_words(segments)
            if ends[0][0] != px or len(said) < 9:
                continue
            for end, theirs in words.items():
                if len(theirs) > 8 and theirs[:400] == said[:400]:
                    self.clients[ends[0]] = self.clients[end]

    def originator(self, reset):
        for ts, host in sorted(self.sent[identity(reset)], key=lambda sighting: sighting[0]):
            if reset.ts - JOURNEY_NS <= ts <= reset.ts + STAMP_NS:
                return host
        raise LabError("no host is seen to send the reset of frame %d" % reset.frame)

    def cause(self, ends, segments):
        client = self.clients.get(ends[0])
        if client is None:
            return self.story.cause  # a health check, or too short to be joined
        server = [s for s in segments if s.source_port in PORTS]
        if (
            server
            and all(s.has(RST) and not s.has(SYN) for s in server)
            and any(s.has(SYN) for s in segments)
        ):
            return "refused"
        return client.cause or self.story.cause

    def of(self, capture):
        """Truth lines of flows with resets, and ends of flows without any."""
        segments = read_segments(capture.path)
        lines, quiet = [], []
        for ends, flow in _by_flow(segments).items():
            line = self._line(capture, segments, ends, flow)
            lines.append(line)
            if not line["rsts"]:
                quiet.append(
                    {
                        "client": ends[0][0],
                        "client_port": ends[0][1],
                        "root_cause": line["root_cause"],
                    }
                )
        return lines, quiet

    def _line(self, capture, segments, ends, flow):
        px = self.scene.hosts["px"].address()
        client = self.clients.get(ends[0])
        cause = self.cause(ends, flow)
        heard = self.flows[capture.host.name][ends]
        spoken = conversation(heard)
        plain = client and client.kind == "pika" and not client.options.get("tls")
        state, heartbeat = spoken.state, spoken.heartbeat_s
        if client and not plain and client.kind != "tcp":
            heartbeat = client.options["heartbeat"]
            state = (
                "open"
                if client.state == "open" and cause != "healthy"
                else "closed" if client.state == "open" else "handshake"
            )
        resets, earlier = [], []
        for reset in (s for s in flow if s.has(RST)):
            resets.append(
                self._reset(
                    capture,
                    segments,
                    ends,
                    flow,
                    heard,
                    reset,
                    earlier,
                    cause,
                    None if plain else state,
                )
            )
            earlier.append(reset)
        return {
            "capture": os.path.basename(capture.path),
            "vantage": capture.vantage if capture.vantage != "proxy" else "middle",
            "interface": "any" if capture.interface == "any" else "eth",
            "flow": {
                "client": ends[0][0],
                "client_port": ends[0][1],
                "server": ends[1][0],
                "server_port": ends[1][1],
            },
            "ip_version": 4,
            "client_is_proxy_or_nat": ends[0][0] == px,
            "server_is_proxy": ends[1][0] == px,
            "client_software": client.kind if client else None,
            "protocol": (
                None
                if not client
                else ("tls " if client.options.get("tls") else "")
                + (
                    "amqp-1.0"
                    if client.kind in ("raw10", "proton")
                    else "amqp-0-9-1" if client.kind == "pika" else "other"
                )
            ),
            "root_cause": cause,
            "root_note": self.story.note,
            "heartbeat_negotiated": heartbeat,
            "amqp_state_end": state,
            "amqp_close_by": spoken.close_by,
            "fins": {
                "client": any(s.has(FIN) and s.source_port not in PORTS for s in flow),
                "server": any(s.has(FIN) and s.source_port in PORTS for s in flow),
            },
            "ambiguous": any(r["ambiguous"] for r in resets),
            "rsts": resets,
        }

    def _reset(self, capture, segments, ends, flow, heard, reset, earlier, cause, state):
        client = self.clients.get(ends[0])
        originator = self.originator(reset)
        before = [
            s for s in segments if s.source == reset.source and s.ts < reset.ts and not s.has(RST)
        ]
        own = [s for s in before if key(s) == key(reset)]
        claimed = "broker" if reset.source_port in PORTS else "client"
        supported = verdict(
            Sight(
                reset=reset,
                claimed=claimed,
                originator=originator,
                here=capture.host,
                same_segment=False,
                proxy=reset.source == self.scene.hosts["px"].address(),
                flow=flow,
                baseline=own or before,
            )
        )
        why = WHY.get(cause)
        if client and client.options["vhost"] != "/" and client.kind in ("raw10", "proton"):
            why = "RabbitMQ 4 says nothing to AMQP 1.0: it resets 3 s after open"
        line = {
            "frame": reset.frame,
            "ts": "%d.%09d" % divmod(reset.ts, 10**9),
            "direction": "broker_to_client" if claimed == "broker" else "client_to_broker",
            "originator": originator.role,
            "originator_host": originator.name,
            "cause": self._packet_cause(flow, reset, originator, cause),
            "kernel_reason": None,
            "best_verdict": supported.best,
            "accepted_verdicts": list(supported.accepted),
            "evidence_misleading": supported.misleading,
            "ambiguous": supported.ambiguous_why is not None,
            "ambiguous_why": supported.ambiguous_why,
            "cause_ambiguous": why is not None,
            "cause_ambiguous_why": why,
            "idle_before_s": _idle(flow, reset),
            "amqp_state": state
            or conversation([s for s in heard if s.ts < reset.ts]).state,
            "role": _role(flow, reset, earlier),
        }
        if self.story.unscored and cause == self.story.cause:
            line["cause_unscored"] = True
        return line

    def _packet_cause(self, flow, reset, originator, cause):
        if originator.role == "middlebox":
            return cause
        if not reset.has(ACK):
            return "stateless_unknown_flow"
        fin = any(s.has(FIN) and s.source != reset.source and s.ts < reset.ts for s in flow)
        return "benign_after_close" if fin else cause


def _role(flow, reset, earlier):
    if earlier:
        return "later_rst"
    before = [s for s in flow if s.ts < reset.ts]
    if reset.has(ACK) and reset.source_port in PORTS and any(s.has(SYN) for s in before):
        if not any(s.has(SYN | ACK) for s in before):
            return "refuses_connection"
    if any(s.has(FIN) and s.source == reset.source for s in before):
        return "after_own_fin"
    return "answer_to_fin" if any(s.has(FIN) for s in before) else "first_termination"


def _idle(flow, reset):
    before = [s for s in flow if s.ts < reset.ts]
    same = [s for s in before if s.source == reset.source]
    opposite = [s for s in before if s.source != reset.source]
    trigger = opposite[-1] if opposite else None
    return {
        "same_direction": _since(reset, same),
        "opposite": _since(reset, opposite),
        "same_direction_data": _since(reset, [s for s in same if s.payload_length]),
        "opposite_data": _since(reset, [s for s in opposite if s.payload_length]),
        "gap_before_trigger": trigger and _since(trigger, [s for s in before if s.ts < trigger.ts]),
    }


def _since(segment, earlier):
    return round((segment.ts - earlier[-1].ts) / 1e9, 6) if earlier else None
