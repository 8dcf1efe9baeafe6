"""Who put a reset on the wire: the first host whose outgoing interface showed it.

A reset is recognised from host to host by what no router or NAT changes: its direction, sequence
and acknowledgement number, flags and IP ID. All hosts share one clock.
"""

from collections import defaultdict

from rstlab.packets import OUTGOING, PORTS, RST, read_segments
from rstlab.processes import LabError

JOURNEY_NS = (
    100_000_000  # longest time a packet is under way in the lab; the long cable takes 20 ms
)
STAMP_NS = 2_000_000  # stamps of one packet on one interface differ a little between recorders


class Witnesses:
    """All hosts' witness captures of one scene."""

    def __init__(self, captures, sequences_change=False):
        """`captures`: pairs of a host and the path of its witness.

        `sequences_change`: a SYN proxy on the path shifts sequence numbers, but changes no port.
        """
        self._identity = _identity_by_port if sequences_change else _identity
        self.segments = {host: read_segments(path) for host, path in captures}
        self._sent = defaultdict(list)
        for host, segments in self.segments.items():
            for segment in segments:
                if segment.has(RST) and segment.packet_type == OUTGOING:
                    self._sent[self._identity(segment)].append((segment.ts, host))
        for sightings in self._sent.values():
            sightings.sort(key=lambda sighting: sighting[0])

    def originator(self, reset):
        """The host that sent `reset`, as seen in any capture."""
        earliest, latest = reset.ts - JOURNEY_NS, reset.ts + STAMP_NS
        for ts, host in self._sent[self._identity(reset)]:
            if earliest <= ts <= latest:
                return host
        raise LabError("no host is seen to send the reset of frame %d" % reset.frame)


def _identity(segment):
    to_broker = segment.destination_port in PORTS
    return to_broker, segment.sequence, segment.acknowledgement, segment.flags, segment.ip_id


def _identity_by_port(segment):
    return segment.source_port, segment.destination_port, segment.flags, segment.ip_id
