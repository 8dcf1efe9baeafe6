"""Drives the client programs in `clients/`: starts them in a host, tells them what to do."""

import json
import os
import select
import signal
import subprocess

from rstlab.processes import LabError

CLIENTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "clients")
PROGRAMS = {
    "pika": ("/usr/bin/python3", CLIENTS + "/pika_client.py"),
    "amqplib": ("node", CLIENTS + "/amqplib_client.js"),
    "raw": ("/usr/bin/python3", CLIENTS + "/raw_client.py"),
}
ANSWER_TIMEOUT_S = 15


class Client:
    """A client process. `ports` are its local ports, empty when it could not connect."""

    def __init__(self, host, software, *arguments):
        self.host, self.software = host, software
        self.legs = []  # behind a proxy: the ports it uses towards the broker
        self.process = host.spawn(
            *PROGRAMS[software],
            *arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        first = self._answer()
        self.ports = json.loads(first)["ports"] if first else []

    def tell(self, order):
        """Orders of clients: publish COUNT SIZE, consume, close, drop, abort."""
        self.order(order)
        if not self._answer():
            raise LabError("%s did not %s" % (self.software, order))

    def order(self, order):
        """As tell, without waiting for the client to have done it."""
        self.process.stdin.write((order + "\n").encode())
        self.process.stdin.flush()

    def _answer(self):
        if not select.select([self.process.stdout], [], [], ANSWER_TIMEOUT_S)[0]:
            raise LabError("%s says nothing" % self.software)
        return self.process.stdout.readline().decode()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()
