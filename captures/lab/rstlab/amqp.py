"""As much AMQP 0-9-1 as the truth needs: how far a connection got, its heartbeat, who closed it."""

import struct
from dataclasses import dataclass

from rstlab.packets import PORTS

METHOD_FRAME = 1
CONNECTION_CLASS = 10
PROXY_V2 = b"\r\n\r\n\0\r\nQUIT\n"  # HAProxy, doc/proxy-protocol.txt, section 2.2
TUNE_OK, OPEN_OK, CLOSE, CLOSE_OK = 31, 41, 50, 51


@dataclass
class Conversation:
    """`state` is syn (no AMQP byte), handshake, open, closing or closed."""

    state: str = "syn"
    heartbeat_s: int | None = None
    close_by: str | None = None


def conversation(segments):
    """What the segments of one flow say. A retransmission or a second sight is read once."""
    found = Conversation()
    sides = {"client": _Stream(), "broker": _Stream()}
    for segment in segments:
        side = "broker" if segment.source_port in PORTS else "client"
        for method, arguments in sides[side].feed(segment):
            _tell(found, side, method, arguments)
        if segment.payload_length and found.state == "syn":
            found.state = "handshake"
    return found


def _tell(found, side, method, arguments):
    if method == TUNE_OK:
        (found.heartbeat_s,) = struct.unpack_from(">H", arguments, 6)
    elif method == OPEN_OK:
        found.state = "open"
    elif method == CLOSE and found.close_by is None:
        found.state, found.close_by = "closing", side
    elif method == CLOSE_OK:
        found.state = "closed"


class _Stream:
    """One direction: bytes in order, cut into frames; gives the methods of class connection."""

    def __init__(self):
        self.next = None
        self.pending = b""

    def feed(self, segment):
        new = segment.payload
        if self.next is not None:
            behind = (self.next - segment.sequence) & 0xFFFFFFFF
            new = new[behind:] if behind < 1 << 31 else new
        if not new:
            return
        self.next = segment.next_sequence
        self.pending += new
        if self.pending.startswith(PROXY_V2):
            (length,) = struct.unpack_from(">H", self.pending, 14)
            self.pending = self.pending[16 + length :]
        if self.pending.startswith(b"AMQP"):
            self.pending = self.pending[8:]
        while len(self.pending) >= 8:
            kind, _, size = struct.unpack_from(">BHI", self.pending)
            if len(self.pending) < size + 8:
                return
            payload, self.pending = self.pending[7 : 7 + size], self.pending[8 + size :]
            if kind == METHOD_FRAME:
                group, method = struct.unpack_from(">HH", payload)
                if group == CONNECTION_CLASS:
                    yield method, payload[4:]
