"""raw_client HOST ORDER...: a TCP client that speaks no AMQP of its own.

Orders, done one after the other: `send:TEXT` (Python escapes), `read`, `close`, `abort` (linger 0),
`hold`. Prints its ports first; refused connections print none.
"""

import json
import socket
import struct
import sys


def main():
    try:
        connection = socket.create_connection((sys.argv[1], 5672), 3)
    except OSError:
        print(json.dumps({"ports": []}), flush=True)
        return
    print(json.dumps({"ports": [connection.getsockname()[1]]}), flush=True)
    for order in sys.argv[2:]:
        if order.startswith("send:"):
            connection.sendall(order[5:].encode().decode("unicode_escape").encode("latin-1"))
        elif order == "read":
            connection.recv(65536)
        elif order == "abort":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        elif order == "close":
            connection.close()
        elif order == "hold":
            sys.stdin.read()


if __name__ == "__main__":
    main()
