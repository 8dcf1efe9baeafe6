"""Reads pcap and pcapng files and decodes the TCP segments in them, as far as the truth needs."""

import socket
import struct
from dataclasses import dataclass

FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10
LINK_ETHERNET, LINK_SLL, LINK_SLL2 = 1, 113, 276
OUTGOING = 4  # packet type of Linux cooked captures: sent by this host
ETHERTYPE_IPV4, ETHERTYPE_IPV6 = 0x0800, 0x86DD
PROTOCOL_TCP = 6
PORTS = (5672, 5671)  # of brokers and proxies: AMQP, and AMQP over TLS


@dataclass(frozen=True)
class Segment:
    """One TCP segment of a capture. None: the link type or IP version has no such field."""

    frame: int
    ts: int  # ns since the epoch
    packet_type: int | None  # of a cooked capture: 0 to us, 3 to another host, 4 sent by us
    interface_index: int | None
    mac_source: bytes | None
    mac_destination: bytes | None
    source: str
    source_port: int
    destination: str
    destination_port: int
    ttl: int
    ip_id: int | None
    sequence: int
    acknowledgement: int
    flags: int
    window: int
    timestamps: tuple[int, int] | None
    payload_length: int
    payload: bytes  # shorter than payload_length in a snapped capture

    def has(self, flags):
        return self.flags & flags == flags

    @property
    def next_sequence(self):
        ghosts = bool(self.flags & SYN) + bool(self.flags & FIN)
        return (self.sequence + self.payload_length + ghosts) & 0xFFFFFFFF


def read_segments(path):
    """All TCP segments of a capture, in its order."""
    with open(path, "rb") as file:
        content = file.read()
    records = _pcapng(content) if content[:4] == b"\x0a\x0d\x0d\x0a" else _pcap(content)
    found = (decode(*record) for record in records)
    return [segment for segment in found if segment]


def _pcap(content):
    (magic,) = struct.unpack_from("<I", content)
    scale = {0xA1B2C3D4: 1000, 0xA1B23C4D: 1}[magic]
    (link,) = struct.unpack_from("<I", content, 20)
    offset, frame = 24, 0
    while offset + 16 <= len(content):
        seconds, fraction, kept, _ = struct.unpack_from("<IIII", content, offset)
        frame += 1
        yield frame, seconds * 10**9 + fraction * scale, link, content[
            offset + 16 : offset + 16 + kept
        ]
        offset += 16 + kept


def _pcapng(content):
    links, offset, frame = [], 0, 0
    while offset + 12 <= len(content):
        kind, length = struct.unpack_from("<II", content, offset)
        if kind == 1:
            (link,) = struct.unpack_from("<H", content, offset + 8)
            links.append((link, _resolution(content[offset + 16 : offset + length - 4])))
        elif kind == 6:
            index, high, low, kept, _ = struct.unpack_from("<IIIII", content, offset + 8)
            link, scale = links[index]
            frame += 1
            yield frame, ((high << 32) + low) * scale, link, content[
                offset + 28 : offset + 28 + kept
            ]
        offset += length


def _resolution(options):
    """Nanoseconds per tick: option if_tsresol (9) holds a power of ten; without it microseconds."""
    offset = 0
    while offset + 4 <= len(options):
        code, length = struct.unpack_from("<HH", options, offset)
        if code == 9:
            return 10 ** (9 - options[offset + 4])
        offset += 4 + (length + 3 & ~3)
    return 1000


def decode(frame, ts, link, data):
    """The TCP segment in a frame, or None when it holds none."""
    packet_type = index = source_mac = destination_mac = None
    if link == LINK_ETHERNET:
        destination_mac, source_mac = data[:6], data[6:12]
        ethertype, start = struct.unpack_from(">H", data, 12)[0], 14
    elif link == LINK_SLL:
        (packet_type,) = struct.unpack_from(">H", data)
        source_mac, ethertype, start = data[6:12], struct.unpack_from(">H", data, 14)[0], 16
    elif link == LINK_SLL2:
        ethertype, _, index, _, packet_type, _ = struct.unpack_from(">HHIHBB", data)
        source_mac, start = data[12:18], 20
    else:
        return None
    packet = _ip(ethertype, data[start:])
    if packet is None:
        return None
    source, destination, ttl, ip_id, tcp, tcp_length = packet
    ports_to_window = struct.unpack_from(">HHIIBBH", tcp)
    source_port, destination_port, sequence, acknowledgement, words, flags, window = ports_to_window
    header = (words >> 4) * 4
    return Segment(
        frame,
        ts,
        packet_type,
        index,
        source_mac,
        destination_mac,
        source,
        source_port,
        destination,
        destination_port,
        ttl,
        ip_id,
        sequence,
        acknowledgement,
        flags,
        window,
        _timestamps(tcp[20:header]),
        tcp_length - header,
        tcp[header:tcp_length],
    )


def _ip(ethertype, data):
    """Addresses, TTL, IP ID, TCP bytes and their true length."""
    if ethertype == ETHERTYPE_IPV4 and data[9] == PROTOCOL_TCP:
        header = (data[0] & 15) * 4
        total, ip_id = struct.unpack_from(">HH", data, 2)
        source, destination = (socket.inet_ntop(socket.AF_INET, data[i : i + 4]) for i in (12, 16))
        return source, destination, data[8], ip_id, data[header:], total - header
    if ethertype == ETHERTYPE_IPV6 and data[6] == PROTOCOL_TCP:
        (length,) = struct.unpack_from(">H", data, 4)
        source, destination = (socket.inet_ntop(socket.AF_INET6, data[i : i + 16]) for i in (8, 24))
        return source, destination, data[7], None, data[40:], length
    return None


def _timestamps(options):
    offset = 0
    while offset < len(options) and options[offset] != 0:
        if options[offset] == 1:
            offset += 1
            continue
        if options[offset] == 8 and offset + 10 <= len(options):
            return struct.unpack_from(">II", options, offset + 2)
        if offset + 1 >= len(options) or options[offset + 1] < 2:
            return None
        offset += options[offset + 1]
    return None
