"""Servers that end their connections in the ways that servers do, each on a port of its own."""
import http.server
import random
import socket
import struct
import threading
import time


def abort(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    connection.close()


def echo(connection):
    while data := connection.recv(4096):
        connection.sendall(data)
    connection.close()


def leaves_data_unread(connection):
    connection.recv(10)
    time.sleep(random.random() * 0.3)
    connection.close()


def aborts(connection):
    connection.recv(100)
    time.sleep(random.random())
    abort(connection)


def streams(connection):
    while True:
        connection.sendall(b'x' * 1000)
        time.sleep(0.02)


def closes_at_once(connection):
    connection.close()


def gives_up_the_idle(connection):
    connection.settimeout(4)
    try:
        while connection.recv(10):
            pass
    except TimeoutError:
        pass
    abort(connection)


def serve(port, handle):
    listening = socket.create_server(('::', port), family=socket.AF_INET6, dualstack_ipv6=True)
    while True:
        threading.Thread(target=quietly, args=(handle, listening.accept()[0]), daemon=True).start()


def quietly(handle, connection):
    try:
        handle(connection)
    except OSError:
        connection.close()


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        body = b'y' * 20000
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class WebServer(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6


HANDLERS = (echo, leaves_data_unread, aborts, streams, closes_at_once, gives_up_the_idle)
for number, handler in enumerate(HANDLERS):
    threading.Thread(target=serve, args=(8001 + number, handler), daemon=True).start()
WebServer(('::', 8080), Pages).serve_forever()
