"""Forges resets of the flows it sees on port 5672. Runs on a forwarding device or a shared segment.

Lines of JSON on stdin tell it what to do; it answers each with the line `done`:
{"port": 40001, "claim": "client", "shape": "crafted", "ttl": "same", "mac": "same"}

port         the client's port
claim        whose address the reset bears: client or broker
shape        crafted (random IP ID, DF clear), stateless or socket
ttl, mac     "same" as the claimed sender's packets here; by default the device's own
initial_ttl  the device's own TTL
offset       added to the exact sequence number
ladder       1 to 3 resets: exact, and one and three windows further
on_packet    true: wait for the next packet of the other side and answer that
clock        "copied": the timestamp of the claimed sender's last packet, as it was
reflects     true: IP ID and window are those of the other side's last packet
reason       text that the reset carries

{"idle": 3.0} makes it a device that resets both sides of each flow once that was silent for so
many seconds, with "every": 10 only when it looks, every so many seconds; with "reason", too.
It then reads no further.
"""

import json
import os
import random
import select
import socket
import sys
import time
from dataclasses import dataclass

from rstlab.devices.delay_line import ETH_P_ALL, MAX_FRAME, PACKET_IGNORE_OUTGOING, SOL_PACKET
from rstlab.devices.forge import frame, tcp_header
from rstlab.packets import ACK, LINK_ETHERNET, RST, SYN, Segment, decode

PORT = 5672
OWN_TTL = 64
OTHER_HOST = 3


@dataclass
class Side:
    """The last segment one side sent, and the interface it came in on."""

    last: Segment
    interface: str
    overheard: bool  # the frame was for another host: we sit on a shared segment
    seen: float


class Flows:
    def __init__(self):
        self.sides = {}  # (client port, "client" or "broker") -> Side
        self.ways_out = {}  # interface -> socket to send on
        self.sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self.sniffer.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)

    def look(self, timeout):
        """Reads one frame; returns the key of the side that sent it, or None."""
        if not select.select([self.sniffer], [], [], timeout)[0]:
            return None
        data, (interface, _, packet_type, _, _) = self.sniffer.recvfrom(MAX_FRAME)
        segment = decode(0, time.time_ns(), LINK_ETHERNET, data) if len(data) > 53 else None
        if segment is None or PORT not in (segment.source_port, segment.destination_port):
            return None
        from_client = segment.destination_port == PORT
        port = segment.source_port if from_client else segment.destination_port
        key = (port, "client" if from_client else "broker")
        self.sides[key] = Side(segment, interface, packet_type == OTHER_HOST, time.monotonic())
        return key

    def send(self, interface, data):
        # Its socket stays open: to close one takes the kernel tens of milliseconds.
        if interface not in self.ways_out:
            self.ways_out[interface] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
            self.ways_out[interface].bind((interface, 0))
        self.ways_out[interface].send(data)

    def catch_up(self):
        while select.select([self.sniffer], [], [], 0)[0]:
            self.look(0)


def other(side):
    return "broker" if side == "client" else "client"


def reset(
    flows,
    port,
    claim,
    shape="crafted",
    ttl="own",
    mac="own",
    offset=0,
    initial_ttl=OWN_TTL,
    clock="ticking",
    reflects=False,
    reason="",
):
    """Sends one reset of a flow in the name of `claim`."""
    claimed, victim = flows.sides[port, claim], flows.sides[port, other(claim)]
    source, target = claimed.last, victim.last
    # The next sequence number the victim expects: what it acknowledged, or what we saw go by since.
    sequence = (target.acknowledgement if shape == "stateless" else source.next_sequence) + offset
    acknowledgement, flags, window, timestamps, ip_id, df = 0, RST, 0, None, 0, True
    if shape == "crafted":
        ip_id, df = random.randrange(1, 65536), False
    if shape == "socket":
        flags, window = RST | ACK, source.window
        acknowledgement = target.next_sequence
        ip_id = (source.ip_id or 0) + 1 & 0xFFFF
        if source.timestamps and target.timestamps:
            passed = (time.time_ns() - source.ts) // 1_000_000 if clock == "ticking" else 0
            timestamps = (source.timestamps[0] + passed & 0xFFFFFFFF, target.timestamps[0])
    if reflects:
        ip_id, window = target.ip_id, target.window
    segment = tcp_header(
        source.source_port,
        source.destination_port,
        sequence,
        acknowledgement,
        flags,
        window,
        timestamps,
    )
    segment += reason.encode()
    own_mac = interface_mac(victim.interface)
    imitated = source.mac_source if mac == "same" and victim.overheard else own_mac
    hops = source.ttl - (0 if victim.overheard else 1)  # a router would have taken one
    data = frame(
        imitated,
        target.mac_source,
        source.source,
        source.destination,
        segment,
        hops if ttl == "same" else initial_ttl,
        ip_id,
        df,
    )
    flows.send(victim.interface, data)


def interface_mac(name):
    with open("/sys/class/net/%s/address" % name) as file:
        return bytes.fromhex(file.read().strip().replace(":", ""))


def obey(flows, order):
    flows.catch_up()
    if order.pop("on_packet", False):
        awaited = (order["port"], other(order["claim"]))
        while flows.look(None) != awaited:
            pass
    window = flows.sides[order["port"], order["claim"]].last.window
    for step in range(order.pop("ladder", 1)):
        offset = order.get("offset", 0) + (0, 1, 3)[step] * window
        reset(flows, **{**order, "offset": offset})


def reset_idle(flows, idle_s, every=0, **how):
    """Resets both sides of each flow that was silent for idle_s seconds."""
    due = time.monotonic() + every
    while True:
        flows.look(0.05)
        if time.monotonic() < due:
            continue
        due += every
        for port in {port for port, _ in flows.sides}:
            sides = [flows.sides.get((port, side)) for side in ("client", "broker")]
            if not all(sides):
                continue
            if any(s.last.flags & (RST | SYN) == RST for s in sides):
                del flows.sides[port, "client"], flows.sides[port, "broker"]
            elif time.monotonic() - max(s.seen for s in sides) >= idle_s:
                reset(flows, port, "client", **how)
                reset(flows, port, "broker", **how)
                del flows.sides[port, "client"], flows.sides[port, "broker"]


def main():
    flows = Flows()
    print("ready", flush=True)
    pending = b""
    while True:
        ready = select.select([flows.sniffer, sys.stdin], [], [])[0]
        if flows.sniffer in ready:
            flows.look(0)
        if sys.stdin in ready:
            pending += os.read(0, 4096) or sys.exit()
            while b"\n" in pending:
                line, pending = pending.split(b"\n", 1)
                order = json.loads(line)
                if "idle" in order:
                    print("done", flush=True)
                    reset_idle(flows, order.pop("idle"), **order)
                obey(flows, order)
                print("done", flush=True)


if __name__ == "__main__":
    main()
