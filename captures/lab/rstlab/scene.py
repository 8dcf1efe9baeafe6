"""A scene: one story being played on its own network, with what stories need to play it."""

import contextlib
import json
import random
import time

from rstlab.clients import Client
from rstlab.processes import LabError

LOSE_EVERYTHING = """table inet lost {
  chain output {
    type filter hook output priority 0; policy drop;
    oifname lo accept
  }
}"""

TO_A_BROKER = "dport = :5672 or dport = :5671"
SMALL_BUFFERS = {"net.ipv4.tcp_rmem": "4096 8192 8192", "net.ipv4.tcp_wmem": "4096 8192 8192"}


class Scene:
    """Given to a story's function. `causes` maps a client's port to what ended its connection."""

    def __init__(self, story, topology, broker, recording, directory, cancelled):
        self.topology, self.broker, self.recording = topology, broker, recording
        self.directory = directory  # for configurations; gone after the run
        self.hosts = topology.network.hosts
        self.family = story.family
        self.causes = {}
        self.clients = []
        self.heartbeats = {}  # a client's port -> seconds, where TLS hides them
        self.software = {}  # a client's port -> pika, amqplib or raw
        self.sequences_change = False  # whether a SYN proxy is on the path
        self._legs = set()  # ports of proxies that are known to serve a client
        self._cancelled = cancelled
        self._deadline = time.monotonic() + story.limit_s

    def host(self, name):
        return self.hosts[name]

    def sleep(self, seconds):
        """Waits; every story passes here often enough to be stopped in time."""
        if self._cancelled.wait(seconds):
            raise LabError("cancelled")
        if time.monotonic() > self._deadline:
            raise LabError("took longer than its limit")

    def connect(self, where="c1", software="pika", cause=None, to="broker", **options):
        """An AMQP client; `cause` is the truth of its end when it is not the story's."""
        client = self._client(where, software, cause, to, json.dumps(options))
        if options.get("tls"):  # no recording shows what it asked for
            self.heartbeats.update((port, options.get("heartbeat")) for port in client.ports)
        return client

    def raw(self, *orders, where="c1", cause=None, to="broker"):
        return self._client(where, "raw", cause, to, *orders)

    def _client(self, where, software, cause, to, *arguments):
        address = self.host(to).address(self.family)
        client = Client(self.host(where), software, address, *arguments)
        self.clients.append(client)
        for port in client.ports:
            self.software[port] = software
            if cause:
                self.causes[port] = cause
        self.sleep(0.1)
        if to in self.topology.proxies:
            self._find_legs(to, client, cause)
        return client

    def _find_legs(self, proxy, client, cause):
        """The proxy's own ports of the connections it opened for this client, as far as seen."""
        sockets = self.host(proxy).run("ss", "-Htn", "state", "established", TO_A_BROKER)
        ports = {int(line.split()[2].rsplit(":", 1)[1]) for line in sockets.splitlines()}
        client.legs = sorted(ports - self._legs)
        if len(client.legs) > len(client.ports):
            raise LabError("not all connections of %s can be this client's" % proxy)
        self._legs |= ports
        for port in client.legs:
            self.software[port] = client.software
            if cause:
                self.causes[port] = cause

    def label(self, client, cause):
        """What ended the connections of this client, when it is known only afterwards."""
        for port in client.ports + client.legs:
            self.causes[port] = cause

    def at_random(self, low_s, high_s):
        """Waits, to the millisecond: an end that always follows a round silence teaches a timer."""
        self.sleep(random.uniform(low_s, high_s))

    def timetable(self, deeds):
        """Does each of (seconds from now, function) in its time."""
        began = time.monotonic()
        for due, deed in sorted(deeds, key=lambda entry: entry[0]):
            self.sleep(max(0, began + due - time.monotonic()))
            deed()

    def consumer(self, where="c1", software="pika", cause=None, to="broker", **options):
        client = self.connect(where, software, cause, to, **options)
        client.tell("consume")
        self.sleep(0.2)
        return client

    def deliver(self, count=1, size=100, where="c2", to="broker"):
        """Makes the broker speak to the consumers; the publisher comes and goes normally."""
        publisher = self.connect(where, to=to, cause="healthy")
        publisher.tell("publish %d %d" % (count, size))
        self.sleep(0.1)
        publisher.tell("close")

    def cut_off(self, name):
        """From now on nothing this host sends leaves it."""
        self.host(name).nft(LOSE_EVERYTHING)

    def bring_back(self, name):
        self.host(name).run("nft", "delete", "table", "inet", "lost")

    def forget_sockets(self, name):
        """Destroys every established TCP socket on port 5672 of this host, as a reboot does."""
        self.host(name).run("ss", "-K", "-tn", "dport = :5672 or sport = :5672")

    @contextlib.contextmanager
    def small_buffers(self, *names):
        """What these hosts hold of a connection that nobody reads is little."""
        before = [self.host(name).run("sysctl", *SMALL_BUFFERS) for name in names]
        for name in names:
            self.host(name).sysctl(SMALL_BUFFERS)
        try:
            yield
        finally:  # the broker's host outlives the story
            for name, lines in zip(names, before):
                self.host(name).sysctl(dict(line.split(" = ") for line in lines.splitlines()))

    def firewall(self, rules, name="mb"):
        self.host(name).nft(rules)
