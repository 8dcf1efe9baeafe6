"""syn_scan ADDRESS COUNT: sends SYNs to port 5672 behind the kernel's back.

The kernel routes them (raw socket), but no socket of its own awaits the SYN/ACK.
"""

import random
import socket
import sys
import time

from rstlab.devices.forge import tcp_header, with_checksum
from rstlab.packets import SYN

WINDOW = 1024  # as nmap sends it


def scan(address, count):
    out = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
    out.connect((address, 0))
    own = out.getsockname()[0]
    for _ in range(count):
        port, isn = random.randrange(1024, 32768), random.getrandbits(32)
        out.send(with_checksum(tcp_header(port, 5672, isn, 0, SYN, WINDOW), own, address))
        time.sleep(0.1)


if __name__ == "__main__":
    scan(sys.argv[1], int(sys.argv[2]))
