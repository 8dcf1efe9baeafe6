"""Hosts as network namespaces, joined by veth pairs and bridges, with static routes.

Every host has one number; it is the last part of its addresses and MACs, so that a reader of a
capture recognises it: host 20 in net 3 is 10.60.3.20, fd60:3::20 and 02:00:00:00:03:14.
"""

import os
from collections import deque

from rstlab.processes import Processes, run

SETTINGS = {
    "net.ipv4.ip_forward": 1,
    "net.ipv6.conf.all.forwarding": 1,
    "net.ipv6.conf.all.accept_dad": 0,
    "net.ipv6.conf.default.accept_dad": 0,
    "net.ipv4.conf.all.rp_filter": 0,
    "net.ipv4.conf.default.rp_filter": 0,
    "net.ipv4.tcp_congestion_control": "reno",  # in every kernel
}


class Interface:
    """One end of a link. A port of a bridge has no address: its net is None."""

    def __init__(self, host, name, net):
        self.host, self.name, self.net = host, name, net

    def address(self, family=4):
        return address(self.net, self.host.number, family)


def address(net, number, family=4):
    return "10.60.%d.%d" % (net, number) if family == 4 else "fd60:%d::%d" % (net, number)


class Host:
    """A namespace. `role` is what a verdict calls it: client, broker or middlebox."""

    def __init__(self, namespace, name, number, role, forwards=False):
        self.namespace, self.name, self.number, self.role = namespace, name, number, role
        self.forwards = forwards
        self.interfaces = []
        self.processes = Processes()
        run("ip", "netns", "add", namespace)
        self.ip("link set lo up")
        self.sysctl(SETTINGS)

    def run(self, *command, **options):
        return run("ip", "netns", "exec", self.namespace, *command, **options)

    def spawn(self, *command, **options):
        return self.processes.spawn("ip", "netns", "exec", self.namespace, *command, **options)

    def spawn_device(self, program, *arguments, **options):
        """One of devices/. It does not wait for a busy machine: a real device would not."""
        return self.spawn(
            "nice", "-n", "-15", "python3", "-m", "rstlab.devices." + program, *arguments, **options
        )

    def ip(self, words):
        return run("ip", "-n", self.namespace, *words.split())

    def sysctl(self, settings):
        writes = ["echo %s > /proc/sys/%s" % (v, k.replace(".", "/")) for k, v in settings.items()]
        self.run("sh", "-ec", "\n".join(writes))

    def nft(self, rules):
        self.run("nft", "-f", "-", stdin=rules)

    def address(self, family=4, interface=0):
        return self.interfaces[interface].address(family)

    def addresses(self):
        """All its addresses, of both families."""
        nets = [i.net for i in self.interfaces if i.net is not None]
        return {address(net, self.number, family) for net in nets for family in (4, 6)}

    def remove(self):
        self.processes.stop_all()
        run("ip", "netns", "del", self.namespace, check=False)


class Network:
    """The hosts of one story around a broker host that outlives it."""

    def __init__(self, prefix, broker):
        self.prefix = prefix
        self.broker = broker
        self.hosts = {broker.name: broker}
        self._numbers = 0

    def host(self, name, number, role, forwards=False):
        made = Host("%s-%s" % (self.prefix, name), name, number, role, forwards)
        self.hosts[name] = made
        return made

    def link(self, a, b):
        """Joins two hosts by a cable that is a net of its own."""
        number = self.new_number()
        self.cable(a, b, number, number)

    def bridge(self, switch, *stations):
        """Makes `switch` a bridge of one net with a cable to each station."""
        number = self.new_number()
        switch.ip("link add br0 type bridge stp_state 0 forward_delay 0")
        switch.ip("link set br0 up")
        for station in stations:
            port = self.cable(switch, station, None, number)
            switch.ip("link set %s master br0" % port)

    def new_number(self):
        """The number of a net that is not there yet."""
        self._numbers += 1
        return self._numbers

    def cable(self, a, b, net_a, net_b):
        """A veth pair; an end of net None is a port without address. Returns a's interface."""
        ends = [(h, "eth%d" % len(h.interfaces), n) for h, n in ((a, net_a), (b, net_b))]
        (_, name_a, _), (_, name_b, _) = ends
        run(
            "ip",
            "link",
            "add",
            name_a,
            "netns",
            a.namespace,
            "type",
            "veth",
            "peer",
            "name",
            name_b,
            "netns",
            b.namespace,
        )
        for host, name, net in ends:
            host.interfaces.append(Interface(host, name, net))
            self._bring_up(host, name, net)
        return name_a

    def _bring_up(self, host, name, net):
        # Segments as they are on a real wire: no 64 kB super-segments, checksums filled in.
        host.run("ethtool", "-K", name, "tso", "off", "gso", "off", "gro", "off", "tx", "off")
        if net is not None:
            mac = "02:00:00:00:%02x:%02x" % (net, host.number)
            host.ip("link set %s address %s" % (name, mac))
            host.ip("addr add %s/24 dev %s" % (address(net, host.number), name))
            host.ip("addr add %s/64 dev %s nodad" % (address(net, host.number, 6), name))
        host.ip("link set %s up" % name)

    def route(self):
        """Gives every host a route to every net, over hosts that forward."""
        members = {}
        for host in self.hosts.values():
            for interface in host.interfaces:
                if interface.net is not None:
                    members.setdefault(interface.net, []).append(interface)
        for host in self.hosts.values():
            for net, gateway in _next_hops(host, members).items():
                host.ip("route add %s/24 via %s" % (address(net, 0), gateway.address()))
                host.ip("-6 route add %s/64 via %s" % (address(net, 0, 6), gateway.address(6)))

    def remove(self):
        for host in self.hosts.values():
            if host is not self.broker:
                host.remove()
        for interface in self.broker.interfaces:
            run("ip", "-n", self.broker.namespace, "link", "del", interface.name, check=False)
        self.broker.interfaces.clear()
        self.broker.run("nft", "flush", "ruleset")
        self.broker.run("ss", "-K", "-tn", "sport = :5672")  # what the story left waiting


def _next_hops(start, members):
    """Breadth first: for each net that `start` is not in, the neighbour that leads there."""
    own = [i.net for i in start.interfaces if i.net is not None]
    first = {net: None for net in own}
    waiting = deque(own)
    while waiting:
        net = waiting.popleft()
        for interface in members[net]:
            if interface.host is start or not interface.host.forwards:
                continue
            for further in interface.host.interfaces:
                if further.net is not None and further.net not in first:
                    first[further.net] = first[net] or interface
                    waiting.append(further.net)
    return {net: gateway for net, gateway in first.items() if gateway}


def remove_namespaces(prefix):
    """Removes what a failed step may have left of this run's namespaces."""
    for name in os.listdir("/run/netns") if os.path.isdir("/run/netns") else []:
        if name.startswith(prefix):
            run("ip", "netns", "del", name, check=False)
