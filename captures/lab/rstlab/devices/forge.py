"""Builds TCP resets, byte by byte, as a device or an attacker does."""

import socket
import struct

from rstlab.packets import ETHERTYPE_IPV4, ETHERTYPE_IPV6, PROTOCOL_TCP

DONT_FRAGMENT = 0x4000


def frame(mac_source, mac_destination, source, destination, tcp, ttl, ip_id=0, df=True):
    """An Ethernet frame with an IP packet (the version follows from the addresses) and `tcp`."""
    family, addresses = _addresses(source, destination)
    tcp = with_checksum(tcp, source, destination)
    if family == socket.AF_INET6:
        header = struct.pack(">IHBB", 6 << 28, len(tcp), PROTOCOL_TCP, ttl) + addresses
        ethertype = ETHERTYPE_IPV6
    else:
        fields = (0x45, 0, 20 + len(tcp), ip_id, DONT_FRAGMENT if df else 0, ttl, PROTOCOL_TCP)
        header = struct.pack(">BBHHHBB", *fields)
        total = checksum(header + b"\0\0" + addresses)
        header += struct.pack(">H", total) + addresses
        ethertype = ETHERTYPE_IPV4
    return mac_destination + mac_source + struct.pack(">H", ethertype) + header + tcp


def tcp_header(
    source_port, destination_port, sequence, acknowledgement, flags, window, timestamps=None
):
    options = b"\x01\x01\x08\x0a" + struct.pack(">II", *timestamps) if timestamps else b""
    words = (20 + len(options)) // 4 << 4
    sequence, acknowledgement = sequence & 0xFFFFFFFF, acknowledgement & 0xFFFFFFFF
    fields = (source_port, destination_port, sequence, acknowledgement, words, flags, window, 0, 0)
    return struct.pack(">HHIIBBHHH", *fields) + options


def with_checksum(tcp, source, destination):
    """`tcp` with its checksum over the pseudo header filled in."""
    pseudo_header = _addresses(source, destination)[1] + struct.pack(">II", len(tcp), PROTOCOL_TCP)
    return tcp[:16] + struct.pack(">H", checksum(pseudo_header + tcp)) + tcp[18:]


def _addresses(source, destination):
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    return family, socket.inet_pton(family, source) + socket.inet_pton(family, destination)


def checksum(data):
    """RFC 1071."""
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
