"""delay_line IN OUT MS: a long cable between two interfaces; every frame arrives MS later.

A frame is neither changed nor reordered. (netem would do the same where the kernel has it.)
"""

import errno
import select
import socket
import sys
import time
from collections import deque

ETH_P_ALL = 3
SOL_PACKET, PACKET_IGNORE_OUTGOING = 263, 23
MAX_FRAME = 65536


def packet_socket(interface):
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    opened.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    opened.bind((interface, 0))
    # Promiscuous (PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC): the frames are for other hosts.
    request = socket.if_nametoindex(interface).to_bytes(4, sys.byteorder) + b"\x01\x00" + bytes(10)
    opened.setsockopt(SOL_PACKET, 1, request)
    return opened


def relay(a, b, delay_s):
    opposite = {a: b, b: a}
    held = deque()
    while True:
        wait = max(0, held[0][0] - time.monotonic()) if held else None
        for ready in select.select([a, b], [], [], wait)[0]:
            held.append((time.monotonic() + delay_s, opposite[ready], ready.recv(MAX_FRAME)))
        while held and held[0][0] <= time.monotonic():
            _, out, frame = held.popleft()
            out.send(frame)


if __name__ == "__main__":
    try:
        relay(packet_socket(sys.argv[1]), packet_socket(sys.argv[2]), float(sys.argv[3]) / 1000)
    except OSError as error:  # the cable was taken away: the scene is over
        sys.exit(error.errno not in (errno.ENETDOWN, errno.ENXIO))
