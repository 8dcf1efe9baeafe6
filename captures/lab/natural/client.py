"""Clients that end their connections in the ways that clients do, over IPv4 and IPv6."""
import random
import socket
import struct
import subprocess
import threading
import time

ROUNDS = 4
ECHO, UNREAD, ABORTS, STREAM, CLOSES, IDLE = range(8001, 8007)


def connect(port, ipv6):
    return socket.create_connection(('fd81:2::2' if ipv6 else '10.81.2.2', port), timeout=5)


def abort(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    connection.close()


def is_refused(ipv6):
    connect(9000 + random.randrange(5), ipv6)


def aborts(ipv6):
    connection = connect(ECHO, ipv6)
    connection.sendall(b'hi')
    time.sleep(random.random())
    abort(connection)


def is_closed_with_data_unread(ipv6):
    connection = connect(UNREAD, ipv6)
    connection.sendall(b'z' * 50)
    time.sleep(1)
    connection.close()


def is_aborted(ipv6):
    connection = connect(ABORTS, ipv6)
    connection.sendall(b'q')
    time.sleep(1.5)
    connection.close()


def closes_with_data_unread(ipv6):
    connection = connect(STREAM, ipv6)
    time.sleep(0.3)
    connection.recv(10)
    connection.close()


def aborts_a_stream(ipv6):
    connection = connect(STREAM, ipv6)
    time.sleep(0.2)
    abort(connection)


def writes_to_a_closed_connection(ipv6):
    connection = connect(CLOSES, ipv6)
    time.sleep(0.2)
    connection.sendall(b'late')
    time.sleep(0.1)
    connection.sendall(b'more')


def falls_silent(ipv6):
    connection = connect(IDLE, ipv6)
    connection.sendall(b'a')
    time.sleep(5)
    connection.close()


def is_killed(ipv6):
    page = 'http://%s:8080/' % ('[fd81:2::2]' if ipv6 else '10.81.2.2')
    curl = subprocess.Popen(['curl', '-s', '--limit-rate', '4000', page, '-o', '/dev/null'])
    time.sleep(0.5)
    curl.kill()
    curl.wait()


def aborts_a_half_closed_connection(ipv6):
    connection = connect(ECHO, ipv6)
    connection.sendall(b'x')
    connection.shutdown(socket.SHUT_WR)
    time.sleep(0.3)
    abort(connection)


def aborts_after_a_pause(ipv6):
    connection = connect(ECHO, ipv6)
    for word in (b'x', b'y'):
        connection.sendall(word)
        connection.recv(10)
        time.sleep(2)
    abort(connection)


def quietly(way, ipv6):
    try:
        way(ipv6)
    except OSError:
        pass


random.seed(3)
WAYS = (
    is_refused, aborts, is_closed_with_data_unread, is_aborted, closes_with_data_unread, aborts_a_stream,
    writes_to_a_closed_connection, falls_silent, is_killed, aborts_a_half_closed_connection, aborts_after_a_pause)
running = []
for turn in range(ROUNDS):
    for way in WAYS:
        running.append(threading.Thread(target=quietly, args=(way, turn % 2 == 1)))
        running[-1].start()
        time.sleep(0.05)
for thread in running:
    thread.join()
