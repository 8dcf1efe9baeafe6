"""client.py pika|raw10|proton|tcp OPTIONS: one client in the chroot; obeys lines on stdin.

OPTIONS is a JSON object: host, port, name, heartbeat (s; for AMQP 1.0 twice the idle-time-out it
announces, 0: none), user, password, vhost, tls (trust, distrust), beat (s between empty frames of
raw10, 0: none), send (hex that tcp sends). Prints JSON lines: {"port": N} for each connect,
{"open": ...} when AMQP is open or refused, {"lost": why} when the connection ended.
"""

import json
import logging
import os
import select
import socket
import ssl
import struct
import sys
import time

POLL_S = 0.1


def say(**words):
    print(json.dumps(words), flush=True)


class Orders:
    """Lines of stdin, without waiting."""

    def __init__(self):
        self.pending = b""

    def take(self, wait_s=0, other=()):
        found, _, _ = select.select([0, *other], [], [], wait_s)
        if 0 in found:
            read = os.read(0, 4096)
            if not read:
                sys.exit(0)
            self.pending += read
        *whole, self.pending = self.pending.split(b"\n")
        return [line.decode().split() for line in whole], [f for f in found if f != 0]

    def rest(self):
        """The connection is gone; nothing more to do but wait to be ended."""
        while True:
            self.take(60)


ORDERS = Orders()


def tls_context(o):
    context = ssl.create_default_context()
    context.check_hostname = False
    if o["tls"] == "trust":
        context.load_verify_locations("/lab/tls/ca.pem")
    return context


class PikaClient:
    def __init__(self, o):
        import pika

        self.pika = pika
        logging.disable(logging.CRITICAL)
        options = {}
        if o.get("tls"):
            options["ssl_options"] = pika.SSLOptions(tls_context(o))
        self.connection = pika.BlockingConnection(
            pika.ConnectionParameters(
                host=o["host"],
                port=o["port"],
                virtual_host=o["vhost"],
                credentials=pika.PlainCredentials(o["user"], o["password"]),
                heartbeat=o["heartbeat"],
                client_properties={"connection_name": o["name"]},
                connection_attempts=1,
                socket_timeout=15,
                **options
            )
        )
        self.channel = self.connection.channel()
        self.queue = o["name"]

    def run(self):
        while True:
            self.connection.process_data_events(POLL_S)
            for order, *words in ORDERS.take()[0]:
                getattr(self, order)(*words)
                if order in ("close", "drop", "abort"):
                    say(done=order)
                    ORDERS.rest()

    def declare(self):
        self.channel.queue_declare(self.queue, auto_delete=True)

    def consume(self):
        self.declare()
        self.channel.basic_consume(self.queue, lambda *delivery: None, auto_ack=True)

    def hold(self):
        """Consumes and never acknowledges."""
        self.declare()
        self.channel.basic_consume(self.queue, lambda *delivery: None, auto_ack=False)

    def publish(self, count="1", size="100", queue=None):
        for _ in range(int(count)):
            self.channel.basic_publish("", queue or self.queue, b"x" * int(size))
        self.connection.process_data_events(0)

    def close(self):
        self.connection.close()

    def socket(self):
        return self.connection._impl._transport._sock

    def drop(self):
        self.socket().close()

    def abort(self):
        self.socket().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket().close()


class ProtonClient:
    def __init__(self, o):
        from proton.reactor import Container
        from proton.utils import BlockingConnection

        container = Container()
        container.container_id = o["name"]
        options = {"virtual_host": "vhost:" + o["vhost"]} if o["vhost"] != "/" else {}
        self.connection = BlockingConnection(
            "amqp://%s:%d" % (o["host"], o["port"]),
            timeout=12,
            container=container,
            heartbeat=o["heartbeat"] or None,
            user=o["user"],
            password=o["password"],
            allowed_mechs="PLAIN",
            **options
        )
        self.sender = self.connection.create_sender("/exchanges/amq.topic/lab")

    def run(self):
        while True:
            self.connection.container.timeout = POLL_S
            self.connection.container.process()
            if self.connection.disconnected:
                raise OSError("disconnected")
            for order, *words in ORDERS.take()[0]:
                getattr(self, order.replace("-", "_"))(*words)
                if order.startswith("close"):
                    say(done=order)
                    ORDERS.rest()

    def publish(self, count="1", size="100"):
        from proton import Message, Timeout
        from proton.utils import SendException

        for _ in range(int(count)):
            try:
                self.sender.send(Message(body="x" * int(size)), timeout=5)
            except SendException:  # released, as nothing is bound
                pass
            except Timeout:  # the broker is silent
                return

    def close(self):
        self.connection.close()

    def lost(self):
        """What an application does when the library raises: it closes."""
        self.connection.timeout = 1
        self.connection.close()

    def close_error(self):
        from proton import Condition

        self.connection.conn.condition = Condition("amqp:internal-error", "the application failed")
        self.connection.close()


OPEN, BEGIN, ATTACH, FLOW, TRANSFER, DISPOSITION, DETACH, END, CLOSE = range(0x10, 0x19)
NULL, TRUE, FALSE, ZERO = b"\x40", b"\x41", b"\x42", b"\x43"


def text(value, kind=0xA1):
    value = value.encode() if isinstance(value, str) else value
    return bytes([kind, len(value)]) + value


def uint(value):
    return b"\x70" + struct.pack(">I", value)


def described(code, *fields):
    body = b"".join(fields)
    size = struct.pack(">II", len(body) + 4, len(fields))
    return b"\x00\x53" + bytes([code]) + b"\xd0" + size + body


class Raw10Client:
    """As much AMQP 1.0 as keeps a connection alive and sends messages to nowhere."""

    def __init__(self, o):
        self.o = o
        self.idle_s = o["heartbeat"] / 2
        self.socket = socket.create_connection((o["host"], o["port"]), 10)
        if o.get("tls"):
            self.socket = tls_context(o).wrap_socket(self.socket)
        self.socket.settimeout(10)
        self.read, self.delivery = b"", 0
        self.socket.sendall(b"AMQP\x03\x01\x00\x00")
        self.header()
        self.expect(0x40)
        secret = text("\0%s\0%s" % (o["user"], o["password"]), 0xA0)
        self.send(described(0x41, text("PLAIN", 0xA3), secret, text(o["host"])), kind=1)
        if self.expect(0x44)[-1:] != b"\x00":
            raise OSError("refused: sasl outcome")
        self.socket.sendall(b"AMQP\x00\x01\x00\x00")
        self.header()
        name = o["host"] if o["vhost"] == "/" else "vhost:" + o["vhost"]
        idle = uint(int(self.idle_s * 1000)) if self.idle_s else NULL
        self.send(described(OPEN, text(o["name"]), text(name), uint(65536), b"\x60\0\xff", idle))
        self.expect(OPEN)
        self.send(described(BEGIN, NULL, ZERO, uint(1000), uint(1000)))
        self.expect(BEGIN)
        source = described(0x28)
        target = described(0x29, text("/exchanges/amq.topic/lab"))
        link = text("sender"), ZERO, FALSE, b"\x50\x01", NULL, source, target, NULL, NULL, ZERO
        self.send(described(ATTACH, *link))
        self.expect(FLOW)

    def send(self, body, kind=0):
        self.socket.sendall(struct.pack(">IBBH", len(body) + 8, 2, kind, 0) + body)
        self.sent = time.monotonic()

    def more(self):
        read = self.socket.recv(65536)
        if not read:
            raise OSError("end of stream")
        self.read += read
        self.heard = time.monotonic()

    def header(self):
        while len(self.read) < 8:
            self.more()
        self.read = self.read[8:]

    def frames(self):
        while len(self.read) >= 8:
            (size,) = struct.unpack(">I", self.read[:4])
            if len(self.read) < size:
                return
            body, self.read = self.read[8:size], self.read[size:]
            yield body[2] if body else None, body

    def expect(self, code):
        while True:
            for got, body in self.frames():
                if got == code:
                    # the outcome's code is its first field: ubyte 0x50 n
                    return body[body.index(b"\x50") + 1 :][:1] if code == 0x44 else body
                if got == CLOSE:
                    self.answer_close(body)
            self.more()

    def answer_close(self, body):
        self.send(described(CLOSE))
        self.socket.close()
        raise OSError("closed by the broker: %r" % body[:200])

    def run(self):
        beat = self.o.get("beat", 0)
        self.socket.setblocking(True)
        while True:
            orders, readable = ORDERS.take(POLL_S, [self.socket])
            if readable:
                self.more()
                for got, body in self.frames():
                    if got == CLOSE:
                        self.answer_close(body)
            for order, *words in orders:
                getattr(self, order.replace("-", "_"))(*words)
                if order.startswith("close") or order in ("drop", "abort"):
                    say(done=order)
                    ORDERS.rest()
            now = time.monotonic()
            if beat and now - self.sent >= beat:
                self.send(b"")
            if self.idle_s and now - self.heard > 2 * self.idle_s:
                error = described(
                    0x1D,
                    text("amqp:resource-limit-exceeded", 0xA3),
                    text("local-idle-timeout expired"),
                )
                self.send(described(CLOSE, error))
                self.socket.close()
                raise OSError("idle time-out: the broker was silent")

    def publish(self, count="1", size="100"):
        for _ in range(int(count)):
            self.delivery += 1
            tag = text(b"%d" % self.delivery, 0xA0)
            transfer = described(TRANSFER, ZERO, uint(self.delivery), tag, ZERO, TRUE)
            self.send(transfer + b"\x00\x53\x75" + text(b"x" * int(size), 0xA0))

    def finish(self, close):
        self.send(close)
        try:
            while True:
                for got, _ in self.frames():
                    if got == CLOSE:
                        return
                self.more()
        except OSError:
            pass
        finally:
            self.socket.close()

    def close(self):
        self.finish(described(CLOSE))

    def close_error(self):
        error = text("amqp:internal-error", 0xA3), text("the application failed")
        self.finish(described(CLOSE, described(0x1D, *error)))

    def drop(self):
        self.socket.close()

    def abort(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


class TcpClient:
    """Sends bytes, or greets with TLS, and reads what comes."""

    def __init__(self, o):
        self.socket = socket.create_connection((o["host"], o["port"]), 10)
        if o.get("tls"):
            self.socket = tls_context(o).wrap_socket(self.socket)
        if o.get("send"):
            self.socket.sendall(bytes.fromhex(o["send"]))

    def run(self):
        while True:
            orders, readable = ORDERS.take(POLL_S, [self.socket])
            if readable and not self.socket.recv(65536):
                self.socket.close()
                raise OSError("end of stream")
            for order, *words in orders:
                if order == "send":
                    self.socket.sendall(bytes.fromhex(words[0]))
                elif order == "drop":
                    self.socket.close()
                    say(done=order)
                    ORDERS.rest()


KINDS = {"pika": PikaClient, "proton": ProtonClient, "raw10": Raw10Client, "tcp": TcpClient}


def tell_ports():
    connect = socket.socket.connect

    def telling(self, address):
        try:
            return connect(self, address)
        finally:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                say(port=self.getsockname()[1])

    socket.socket.connect = telling


def main():
    tell_ports()
    client = None
    try:
        client = KINDS[sys.argv[1]](json.loads(sys.argv[2]))
        say(open=True)
        client.run()
    except Exception as e:
        say(**({"lost": repr(e)} if client else {"open": False, "why": repr(e)}))
        if hasattr(client, "lost"):
            try:
                client.lost()
            except Exception:
                pass
    ORDERS.rest()


if __name__ == "__main__":
    main()
