"""pika_client HOST OPTIONS: an AMQP client that obeys lines on stdin; see rstlab/clients.py.

OPTIONS is a JSON object: heartbeat, user, password, vhost, name (of the connection), port, tls,
verify (of the certificate). When the broker closes its channel, the client leaves without a word,
as programs do that do not catch it.
"""

import json
import logging
import os
import select
import socket
import ssl
import struct
import sys

import pika

QUEUE = "lab"


def connect(
    host,
    user="guest",
    password="guest",
    vhost="/",
    heartbeat=None,
    name=None,
    port=5672,
    tls=False,
    verify=False,
):
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return pika.BlockingConnection(
        pika.ConnectionParameters(
            host=host,
            port=port,
            ssl_options=pika.SSLOptions(context) if tls else None,
            virtual_host=vhost,
            credentials=pika.PlainCredentials(user, password),
            heartbeat=heartbeat,
            client_properties={"connection_name": name} if name else None,
        )
    )


class Session:
    def __init__(self, connection):
        self.connection = connection
        self.channel = connection.channel()
        self.channel._impl.add_on_close_callback(self.leave)

    def obey(self, order, *words):
        getattr(self, order)(*map(int, words))
        print("done", flush=True)

    def publish(self, count, size):
        for _ in range(count):
            self.channel.basic_publish("", QUEUE, b"x" * size)
        self.connection.process_data_events(0)

    def consume(self):
        self.channel.queue_declare(QUEUE, auto_delete=True)
        self.channel.basic_consume(QUEUE, lambda *delivery: None, auto_ack=True)

    def consume_unacknowledged(self):
        self.channel.queue_declare(QUEUE, auto_delete=True)
        self.channel.basic_consume(QUEUE, lambda *delivery: None)

    def ask_for_nothing(self):
        """Declares passively a queue that is not there: 404, which closes the channel."""
        self.channel.queue_declare("nothing", passive=True)

    def leave(self, channel, reason):
        if isinstance(reason, pika.exceptions.ChannelClosedByBroker):
            os._exit(1)

    def close(self):
        self.connection.close()

    def drop(self):
        """Closes the socket without a word of AMQP."""
        self.socket().close()

    def abort(self):
        self.socket().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket().close()

    def socket(self):
        return self.connection._impl._transport._sock


def main():
    logging.disable(logging.CRITICAL)
    connection = connect(sys.argv[1], **json.loads(sys.argv[2]))
    session = Session(connection)
    print(json.dumps({"ports": [session.socket().getsockname()[1]]}), flush=True)
    while True:
        try:
            connection.process_data_events(0.05)
        except Exception:  # the story ended the connection: nothing more to do but wait for the end
            sys.stdin.read()
            return
        if select.select([sys.stdin], [], [], 0)[0]:
            order = sys.stdin.readline().split()
            if not order:
                return
            session.obey(*order)
            if order[0] in ("close", "drop", "abort"):
                sys.stdin.read()
                return


if __name__ == "__main__":
    main()
