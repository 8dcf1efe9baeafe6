"""The networks that stories are played on. Each function builds one around the broker's host.

A topology also names its vantage points: where `broker`, `client` and `middle` recordings are made.
"""

CLIENT, BROKER, MIDDLEBOX = "client", "broker", "middlebox"


class Topology:
    """What a story gets: the network, its vantage points, and what its path is like."""

    def __init__(self, network, points, same_segment=False, proxies=()):
        self.network = network
        self.points = points  # vantage -> (host name, interface name)
        self.same_segment = same_segment
        self.proxies = proxies  # names of hosts that are a TCP peer of the clients
        network.route()


def points(middle, interface):
    """Vantage points: client and broker have one interface, the middle has several."""
    return {"client": ("c1", "eth0"), "middle": (middle, interface), "broker": ("broker", "eth0")}


def routed(net, delay_ms=0, further=None):
    """c1, c2 - r1 - (delay) - mb - r2 - broker: a firewall between two routers."""
    c1, c2 = net.host("c1", 11, CLIENT), net.host("c2", 12, CLIENT)
    r1 = net.host("r1", 1, MIDDLEBOX, forwards=True)
    mb = net.host("mb", 2, MIDDLEBOX, forwards=True)
    r2 = net.host("r2", 3, MIDDLEBOX, forwards=True)
    net.link(c1, r1)
    net.link(c2, r1)
    if delay_ms:
        _long_cable(net, r1, mb, delay_ms)
    else:
        net.link(r1, mb)
    net.link(mb, r2)
    net.link(r2, net.broker)
    if further:
        further(net)
    return Topology(net, points("mb", "eth1"))


def two_ways(net):
    """As routed, and r1 - r4 - r5 - r2 beside the firewall: a way that is one hop longer."""
    return routed(net, further=_second_way)


def standby(net):
    """As routed, with a second host b2 behind r2 that may take the broker's address."""
    return routed(net, further=_second_broker)


def far(net):
    """As routed, but 20 ms each way between the clients' router and the firewall."""
    return routed(net, delay_ms=20)


def segment(net):
    """Clients, broker and an intruder on one shared segment: a hub, all hear all."""
    c1, c2 = net.host("c1", 11, CLIENT), net.host("c2", 12, CLIENT)
    intruder = net.host("intruder", 66, MIDDLEBOX)
    hub = net.host("hub", 0, MIDDLEBOX)
    net.bridge(hub, c1, c2, intruder, net.broker)
    hub.ip("link set br0 type bridge ageing_time 0")  # forgets every MAC: floods
    intruder.ip("link set eth0 promisc on")
    return Topology(net, points("intruder", "eth0"), same_segment=True)


def bridged(net):
    """A transparent firewall: c1, c2 and the broker are ports of a bridge that filters IP."""
    c1, c2 = net.host("c1", 11, CLIENT), net.host("c2", 12, CLIENT)
    mb = net.host("mb", 2, MIDDLEBOX)
    net.bridge(mb, c1, c2, net.broker)
    mb.ip("addr add 10.60.1.2/24 dev br0")  # rejecting needs a route, not a visible address
    mb.sysctl({"net.bridge.bridge-nf-call-iptables": 1, "net.bridge.bridge-nf-call-ip6tables": 1})
    return Topology(net, points("mb", "eth0"), same_segment=True)


def natted(net):
    """c1, c2 behind one masquerading host, then a router, then the broker."""
    _behind(net, "nat", 4)
    return Topology(net, points("nat", "eth2"))


def proxied(net):
    """c1, c2 - px, which is the clients' TCP peer - r2 - broker."""
    _behind(net, "px", 5)
    return Topology(net, points("px", "eth2"), proxies=("px",))


def _behind(net, name, number):
    """c1, c2 - a host that speaks for both - r2 - broker."""
    c1, c2 = net.host("c1", 11, CLIENT), net.host("c2", 12, CLIENT)
    front = net.host(name, number, MIDDLEBOX, forwards=True)
    r2 = net.host("r2", 3, MIDDLEBOX, forwards=True)
    net.link(c1, front)
    net.link(c2, front)
    net.link(front, r2)
    net.link(r2, net.broker)


def _second_way(net):
    r4 = net.host("r4", 6, MIDDLEBOX, forwards=True)
    r5 = net.host("r5", 7, MIDDLEBOX, forwards=True)
    net.link(net.hosts["r1"], r4)
    net.link(r4, r5)
    net.link(r5, net.hosts["r2"])


def _second_broker(net):
    net.link(net.hosts["r2"], net.host("b2", 21, BROKER))


def _long_cable(net, a, b, delay_ms):
    """A cable with a host in it that only holds frames back (see devices/delay_line.py)."""
    line = net.host("wan", 0, MIDDLEBOX)
    number = net.new_number()
    for end in (a, b):
        net.cable(line, end, None, number)
    line.spawn_device("delay_line", "eth0", "eth1", delay_ms)
