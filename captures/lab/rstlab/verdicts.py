"""What one capture supports saying about who sent a reset, given who really did.

The rules, in the order they are asked; README.md says the same in words.
"""

from dataclasses import dataclass

from rstlab.packets import ACK, OUTGOING, RST

NOTICEABLE_RTT_NS = 2_000_000
STOOD_STILL_NS = 200_000_000
MUCH_FASTER = 0.5  # of the round trip
TRIGGER_WINDOW_NS = 1_000_000_000

PROXY = "the TCP peer is a proxy: all matches, because the peer itself sent it"
NO_BASELINE = "no packet of this sender before the reset"
SAME_SEGMENT = "a transparent device on this segment makes the identical packet"
STATELESS = "a device that takes as many hops could make the identical packet"
SHAPE_ONLY = "only the shape of the packet tells"
SENT_HERE = "only the direction marks of this capture tell: sent, but never received"
CLOCK = "only the sender's clock, which stood still, tells"
IMITATION = "TTL, MAC and shape are those of the claimed sender"


@dataclass(frozen=True)
class Verdict:
    best: str
    accepted: tuple
    ambiguous_why: str | None = None
    misleading: bool = False


@dataclass(frozen=True)
class Sight:
    """A reset in one capture with all that bears on it."""

    reset: object
    claimed: str  # client or broker: the side whose address it bears
    originator: object  # the host that sent it
    here: object  # the host that recorded
    same_segment: bool
    proxy: bool  # the claimed side's address is the proxy's
    flow: list  # all segments of the flow in this capture
    baseline: list  # earlier segments of the claimed sender: of the flow, else of other flows


def verdict(sight):
    if sight.proxy and sight.reset.source in sight.originator.addresses():
        return Verdict("peer", ("peer", sight.claimed, "undetermined", "middlebox_as_peer"), PROXY)
    if sight.originator.role == sight.claimed:
        return _genuine(sight)
    return _foreign(sight)


def _genuine(sight):
    claimed = sight.claimed
    if not sight.baseline:
        return Verdict("undetermined", ("undetermined", claimed), NO_BASELINE)
    if _of_a_living_socket(sight.reset) or sight.here is sight.originator:
        return Verdict(claimed, (claimed,))
    if sight.same_segment:
        return Verdict("undetermined", ("undetermined", claimed), SAME_SEGMENT)
    return Verdict(claimed, (claimed, "undetermined"), STATELESS)


def _foreign(sight):
    if (
        _looks_different(sight)
        or _received_from_itself(sight)
        or _lives_on(sight)
        or _too_fast(sight)
    ):
        return Verdict("middlebox", ("middlebox",))
    if _crafted(sight):
        return Verdict("middlebox", ("middlebox", "undetermined"), SHAPE_ONLY)
    if _clock_stood_still(sight):
        return Verdict("middlebox", ("middlebox", "undetermined"), CLOCK)
    if sight.here is sight.originator and sight.reset.packet_type == OUTGOING:
        return Verdict("middlebox", ("middlebox", "undetermined"), SENT_HERE)
    if not sight.baseline:
        return Verdict("undetermined", ("undetermined", "middlebox"), NO_BASELINE)
    if _of_a_living_socket(sight.reset):
        return Verdict("undetermined", ("undetermined", sight.claimed), IMITATION, misleading=True)
    return Verdict("undetermined", ("undetermined", "middlebox"), SAME_SEGMENT)


def _of_a_living_socket(reset):
    """RST,ACK with a window; without such a socket the window is 0, in a refusal too."""
    return reset.has(ACK) and reset.window != 0


def _looks_different(sight):
    seen = sight.baseline
    return bool(seen) and (
        sight.reset.ttl not in {s.ttl for s in seen}
        or sight.reset.mac_source not in {s.mac_source for s in seen}
    )


def _received_from_itself(sight):
    mark = sight.reset.packet_type
    return mark not in (None, OUTGOING) and sight.reset.source in sight.here.addresses()


def _lives_on(sight):
    """The claimed sender speaks on, in a segment that is no reset."""
    return any(
        s.ts > sight.reset.ts and s.source == sight.reset.source and not s.has(RST)
        for s in sight.flow
    )


def _too_fast(sight):
    """It came back much faster than anything the claimed sender answers."""
    other_side = [s for s in sight.flow if s.source != sight.reset.source and s.ts < sight.reset.ts]
    round_trip = _round_trip(sight, other_side)
    if not other_side or round_trip < NOTICEABLE_RTT_NS:
        return False
    recent = [s for s in other_side if sight.reset.ts - s.ts < TRIGGER_WINDOW_NS]
    oldest = min((s.ts for s in recent), default=0)
    return sight.reset.ts - oldest < MUCH_FASTER * round_trip


def _round_trip(sight, other_side):
    """From the first segment of the other side to the answer: a step of the handshake."""
    if not other_side:
        return 0
    first = other_side[0]
    answers = [
        s.ts - first.ts
        for s in sight.baseline
        if s.ts > first.ts and s.acknowledgement == first.next_sequence
    ]
    return min(answers, default=0)


def _clock_stood_still(sight):
    """Its timestamp is that of a packet long before: a living socket's would have gone on."""
    if not sight.reset.timestamps:
        return False
    shown = sight.reset.timestamps[0]
    same = [s.ts for s in sight.baseline if s.timestamps and s.timestamps[0] == shown]
    return bool(same) and sight.reset.ts - max(same) >= STOOD_STILL_NS


def _crafted(sight):
    """No Linux kernel sends a bare RST with an IP ID (tcp_v4_send_reset sets none)."""
    return not sight.reset.has(ACK) and bool(sight.reset.ip_id)
