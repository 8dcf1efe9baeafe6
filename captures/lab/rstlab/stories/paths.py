"""What happens on the way or beside it: rules of the hosts themselves, translation that is lost,
one connection forgotten among others, other routes, addresses that move, SYN proxies."""

import random

from rstlab.stories.firewalls import DROP, REJECT, TRACK
from rstlab.story import story
from rstlab.topologies import natted, routed, segment, standby, two_ways

BOTH = {"broker": "pcap", "client": "pcap"}
EVERYWHERE = {"broker": "pcap", "client": "pcap", "middle": "any"}
OWN_RULE = """table inet own {
  chain own {
    type filter hook %s priority 0;
    %s reject with tcp reset
  }
}"""


def busy(scene, where="c1", software="pika", **options):
    return scene.connect(where, software, heartbeat=2, **options)


@story("broker-host-rejects", "policy_reject", routed, {"broker": "pcap", "client": "pcap"})
def broker_rejects(scene):
    """A rule in the broker host's own INPUT rejects what one client's host sends; another lives."""
    busy(scene, "c2", "amqplib", cause="healthy")
    for software in ("pika", "amqplib"):
        busy(scene, "c1", software)
    scene.at_random(1, 3)
    source = scene.host("c1").address()
    scene.host("broker").nft(OWN_RULE % ("input", "ip saddr %s tcp dport 5672" % source))
    scene.sleep(9)


@story("broker-host-rejects-any", "policy_reject", routed, {"broker": "any"})
def broker_rejects_any(scene):
    """The same, recorded with -i any."""
    broker_rejects(scene)


@story("broker-host-refuses", "refused", routed, BOTH)
def broker_refuses(scene):
    """A rule in the broker host's own INPUT rejects new connections."""
    busy(scene, "c2", "amqplib", cause="healthy")
    rule = "tcp dport 5672 tcp flags & (syn | ack) == syn"
    scene.host("broker").nft(OWN_RULE % ("input", rule))
    for _ in range(2):
        scene.raw()
    scene.sleep(1.2)


@story("client-host-rejects", "policy_reject", routed, BOTH)
def client_rejects(scene):
    """A rule in the client host's own INPUT rejects what the broker sends; another host lives."""
    busy(scene, "c2", cause="healthy")
    for software in ("pika", "amqplib"):
        busy(scene, "c1", software)
    scene.at_random(1, 3)
    scene.host("c1").nft(OWN_RULE % ("input", "tcp sport 5672"))
    scene.sleep(9)


@story("client-host-rejects-any", "policy_reject", routed, {"client": "any", "broker": "snap96"})
def client_rejects_any(scene):
    """The same, recorded with -i any at the client, and cut at the broker."""
    client_rejects(scene)


@story(
    "client-host-rejects-output",
    "broker_heartbeat_timeout",
    routed,
    {"broker": "pcap"},
    note="the client host's own OUTPUT rejects: its sockets are reset there, nothing leaves",
)
def client_rejects_output(scene):
    """A rule in the client host's own OUTPUT: nothing leaves it, the broker misses heartbeats."""
    busy(scene, "c2", cause="healthy")
    for software in ("pika", "amqplib"):
        busy(scene, "c1", software)
    scene.at_random(1, 3)
    scene.host("c1").nft(OWN_RULE % ("output", "tcp dport 5672"))
    scene.sleep(9)


# Translation that is lost. Untracked packets pass as they are: no rule drops what is invalid.
SNAT = """table ip nat {
  chain out {
    type nat hook postrouting priority 100;
    oifname eth2 masquerade
  }
}"""
DNAT = """table ip nat {
  chain in {
    type nat hook prerouting priority -100;
    ip daddr %s tcp dport 5672 dnat to %s
  }
}"""


def forget(scene, host, *clients):
    """Takes these clients' connections out of a host's table."""
    for client in clients:
        for port in client.ports:
            scene.host(host).run("conntrack", "-D", "-p", "tcp", "--sport", port)


def strict(scene, name):
    scene.host(name).sysctl({"net.netfilter.nf_conntrack_tcp_loose": 0})


def translated_sources(scene):
    scene.host("nat").nft(SNAT)
    strict(scene, "nat")
    busy(scene, "c2", cause="healthy")
    return [
        scene.connect("c1", heartbeat=0),
        scene.connect("c1", "amqplib", heartbeat=0),
        busy(scene, "c2"),
    ]


@story("snat-forgot-client-speaks", "middlebox_state_loss", natted, EVERYWHERE)
def snat_client_speaks(scene):
    """A NAT forgets; the clients' next packets reach the broker with their own addresses."""
    clients = translated_sources(scene)
    scene.at_random(1, 3)
    forget(scene, "nat", *clients)
    for client in clients:
        scene.at_random(0.1, 0.9)
        client.order("publish 1 100")
    scene.sleep(2)


@story("snat-forgot-broker-speaks", "middlebox_state_loss", natted, EVERYWHERE)
def snat_broker_speaks(scene):
    """A NAT forgets; the broker speaks first, to the NAT's own address."""
    scene.host("nat").nft(SNAT)
    strict(scene, "nat")
    busy(scene, "c2", cause="healthy")
    consumer = scene.consumer("c1", heartbeat=0)
    scene.at_random(1, 3)
    forget(scene, "nat", consumer)
    scene.deliver(1)
    scene.at_random(0.3, 1)
    consumer.order("publish 1 50")
    scene.sleep(2)


def translated_destination(scene):
    nat = scene.host("nat")
    nat.nft(DNAT % (nat.address(), scene.host("broker").address()))
    strict(scene, "nat")
    scene.connect("c2", to="nat", heartbeat=2, cause="healthy")
    scene.connect("c1", "amqplib", to="nat", heartbeat=2, cause="healthy")


@story("dnat-forgot-client-speaks", "middlebox_state_loss", natted, EVERYWHERE)
def dnat_client_speaks(scene):
    """The address of a service is translated to the broker's; forgotten, then the client speaks."""
    translated_destination(scene)
    victims = [scene.connect("c1", to="nat", heartbeat=0) for _ in range(2)]
    scene.at_random(1, 3)
    forget(scene, "nat", *victims)
    for victim in victims:
        scene.at_random(0.1, 0.9)
        victim.order("publish 1 100")
    scene.sleep(2)


@story("dnat-forgot-broker-speaks", "middlebox_state_loss", natted, EVERYWHERE)
def dnat_broker_speaks(scene):
    """The same, but the broker speaks: its packets reach the client with its own address."""
    translated_destination(scene)
    victim = scene.consumer("c1", to="nat", heartbeat=0)
    scene.at_random(1, 3)
    forget(scene, "nat", victim)
    scene.deliver(1, to="nat")
    scene.sleep(1.5)
    victim.order("publish 1 100")
    scene.sleep(2)


@story("dnat-forgot-both-speak", "middlebox_state_loss", natted, EVERYWHERE)
def dnat_both_speak(scene):
    """The same with heartbeats of 2 s on the connection: both soon speak."""
    translated_destination(scene)
    victims = [scene.connect(where, to="nat", heartbeat=2) for where in ("c1", "c2")]
    scene.at_random(1, 3)
    forget(scene, "nat", *victims)
    scene.sleep(6)


def four(scene, first_heartbeat):
    """A victim and three that live, two of them on its host."""
    victim = scene.consumer("c1", heartbeat=first_heartbeat)
    busy(scene, "c1", cause="healthy")
    busy(scene, "c1", "amqplib", cause="healthy")
    busy(scene, "c2", cause="healthy")
    return victim


def one_forgotten(scene, unknown, heartbeat, quiet_s):
    scene.firewall(TRACK % unknown)
    strict(scene, "mb")
    victim = four(scene, heartbeat)
    scene.at_random(*quiet_s)
    forget(scene, "mb", victim)
    if not heartbeat:
        scene.deliver(1)
        scene.at_random(0.2, 1)
        victim.order("publish 1 100")
    scene.sleep(3)


@story("one-of-four-forgotten", "middlebox_state_loss", routed, EVERYWHERE)
def one_of_four_forgotten(scene):
    """A firewall forgets one of four connections after a silence, and rejects what comes next."""
    one_forgotten(scene, REJECT, 0, (3, 6))


@story("one-busy-of-four-forgotten", "middlebox_state_loss", routed, EVERYWHERE)
def one_busy_of_four_forgotten(scene):
    """The same with a connection that heartbeats kept busy."""
    one_forgotten(scene, REJECT, 2, (2, 4))


@story("one-of-four-dropped", "middlebox_silent_drop", routed, BOTH)
def one_of_four_dropped(scene):
    """A firewall forgets one of four connections and drops what it does not know."""
    one_forgotten(scene, DROP, 0, (3, 6))


@story("one-of-four-destroyed", "socket_destroyed", routed, BOTH)
def one_of_four_destroyed(scene):
    """ss -K destroys one of four sockets at the client's host."""
    victim = four(scene, 0)
    scene.at_random(2, 5)
    scene.host("c1").run("ss", "-K", "-tn", "sport", "=", ":%d" % victim.ports[0])
    scene.sleep(2.5)


@story("one-of-four-vanished", "socket_destroyed", routed, BOTH)
def one_of_four_vanished(scene):
    """The same, and its reset is lost: the next delivery is answered without state."""
    victim = four(scene, 0)
    scene.at_random(2, 5)
    rule = "tcp sport %d tcp flags & rst == rst drop" % victim.ports[0]
    scene.host("c1").nft(OWN_RULE.replace(" reject with tcp reset", "") % ("output", rule))
    scene.host("c1").run("ss", "-K", "-tn", "sport", "=", ":%d" % victim.ports[0])
    scene.host("c1").run("nft", "delete", "table", "inet", "own")
    scene.deliver(1)
    scene.sleep(2.5)


@story("all-of-three-lost", "client_host_lost", routed, BOTH)
def all_lost(scene):
    """A client's host is lost with its three connections; one of another host lives."""
    consumer = scene.consumer("c1", heartbeat=0)
    others = [scene.consumer("c1", heartbeat=0), scene.consumer("c1", "amqplib", heartbeat=0)]
    busy(scene, "c2", cause="healthy")
    scene.at_random(1, 4)
    assert consumer.ports and others
    scene.cut_off("c1")
    scene.forget_sockets("c1")
    scene.deliver(3)
    scene.at_random(2.2, 4)
    scene.bring_back("c1")
    scene.sleep(4)


def swap_gateway(scene):
    """From now on both directions take the longer way."""
    r1, r2, r4, r5 = (scene.host(name) for name in ("r1", "r2", "r4", "r5"))
    nets = {name: scene.host(name).interfaces[0].net for name in ("c1", "c2")}
    inner = {(a.host.name, a.net): a for host in (r4, r5) for a in host.interfaces}
    to_r4 = next(a for a in inner.values() if a.host is r4 and _shared(a, r1))
    to_r5 = next(a for a in inner.values() if a.host is r5 and _shared(a, r2))
    broker_net = scene.host("broker").interfaces[0].net
    r1.ip("route replace 10.60.%d.0/24 via %s" % (broker_net, to_r4.address()))
    for net in nets.values():
        r2.ip("route replace 10.60.%d.0/24 via %s" % (net, to_r5.address()))


def _shared(interface, host):
    return interface.net in {other.net for other in host.interfaces}


def rerouted(scene):
    """Two busy connections that live, and what the story ends; then the gateway is swapped."""
    busy(scene, "c1", cause="healthy")
    busy(scene, "c2", "amqplib", cause="healthy")
    victims = [scene.consumer("c1", heartbeat=0), scene.consumer("c1", "amqplib", heartbeat=0)]
    scene.at_random(1, 3)
    swap_gateway(scene)
    scene.at_random(2.2, 3.5)
    return victims


@story("gateway-swapped-abort", "client_abort", two_ways, BOTH)
def swapped_abort(scene):
    """The way grows one hop longer; then clients abort that had not spoken since."""
    for victim in rerouted(scene):
        victim.tell("abort")
        scene.at_random(0.2, 0.6)


@story("gateway-swapped-host-lost", "client_host_lost", two_ways, BOTH)
def swapped_lost(scene):
    """The same; then the client's host loses its sockets, and answers deliveries without state."""
    victims = rerouted(scene)
    scene.cut_off("c1")
    scene.forget_sockets("c1")
    for client in scene.clients:
        if client.host.name == "c1":
            scene.label(client, "client_host_lost")
    assert victims
    scene.deliver(2)
    scene.at_random(1.5, 3)
    scene.bring_back("c1")
    scene.sleep(3)


@story("gateway-swapped-broker-killed", "broker_crash", two_ways, BOTH)
def swapped_broker_killed(scene):
    """The same; then the broker is killed."""
    rerouted(scene)
    for client in scene.clients:
        scene.label(client, "broker_crash")
    scene.broker.kill()
    scene.sleep(1.5)


def address_moves(scene, gap_s, take_over):
    """c1 goes down; after a gap another host has its address and knows nothing."""
    consumers = [scene.consumer("c1", heartbeat=0), scene.consumer("c1", "amqplib", heartbeat=0)]
    busy(scene, "c2", cause="healthy")
    scene.at_random(1, 3)
    assert consumers
    scene.host("c1").ip("link set eth0 down")
    scene.deliver(2)
    scene.at_random(*gap_s)
    take_over(scene)
    scene.sleep(2.5)


def c2_takes_it_routed(scene):
    r1, c2 = scene.host("r1"), scene.host("c2")
    c2.ip("addr add %s/32 dev lo" % scene.host("c1").address())
    r1.ip("route replace %s/32 via %s" % (scene.host("c1").address(), c2.address()))


def c2_takes_it_on_the_segment(scene):
    scene.host("c2").ip("addr add %s/24 dev eth0" % scene.host("c1").address())
    for name in ("broker", "intruder"):  # as an unasked ARP reply would have it
        scene.host(name).ip("neigh flush dev eth0")


@story("address-taken-over", "client_host_lost", routed, {"broker": "pcap"})
def taken_over(scene):
    """Another host takes the client's address after 2 s, and answers without state."""
    address_moves(scene, (1.9, 2.6), c2_takes_it_routed)


@story("address-taken-over-late", "client_host_lost", routed, {"broker": "pcap"}, limit_s=90)
def taken_over_late(scene):
    """The same after 40 s: the broker's retransmissions have become rare."""
    address_moves(scene, (39, 41), c2_takes_it_routed)
    scene.sleep(14)


@story("address-taken-over-segment", "client_host_lost", segment, {"broker": "pcap"})
def taken_over_segment(scene):
    """The same after 2 s on one segment: the MAC differs."""
    address_moves(scene, (1.9, 2.6), c2_takes_it_on_the_segment)
    scene.sleep(2)


@story("broker-address-moved", "broker_host_lost", standby, BOTH)
def broker_address_moved(scene):
    """The broker's address moves to a host that knows nothing of its connections."""
    clients = [busy(scene), scene.connect("c1", "amqplib", heartbeat=0), busy(scene, "c2")]
    scene.at_random(1.2, 3)
    b2, address = scene.host("b2"), scene.host("broker").address()
    b2.ip("addr add %s/32 dev lo" % address)
    scene.host("r2").ip("route replace %s/32 via %s" % (address, b2.address()))
    scene.at_random(1, 2)
    clients[1].order("publish 1 100")
    scene.sleep(2)


SYN_PROXY = """table ip guard {
  chain early {
    type filter hook prerouting priority -300;
    tcp dport 5672 tcp flags & (syn | ack) == syn notrack
  }
  chain forward {
    type filter hook forward priority 0;
    tcp dport 5672 ct state invalid,untracked synproxy mss 1460 wscale 7 timestamp sack-perm
    ct state invalid drop
  }
}"""


def guard(scene):
    scene.sequences_change = True
    scene.firewall(SYN_PROXY)
    strict(scene, "mb")


@story("syn-proxy-refused", "refused", routed, EVERYWHERE)
def syn_proxy_refused(scene):
    """A SYN proxy answers for a broker that is not running: its SYN/ACK, the host's refusal."""
    guard(scene)
    scene.broker.kill()
    for where in ("c1", "c2", "c1"):
        scene.raw("hold", where=where)
        scene.at_random(0.1, 0.5)


@story("syn-proxy-clients-killed", "client_crash", routed, EVERYWHERE)
def syn_proxy_killed(scene):
    """Connections that a SYN proxy let in; clients are killed, with and without unread data."""
    guard(scene)
    busy(scene, "c2", cause="healthy")
    victim, unread = busy(scene), scene.consumer("c1", heartbeat=0)
    scene.at_random(0.5, 2)
    victim.kill()
    unread.freeze()
    scene.deliver(2)
    scene.at_random(0.5, 2)
    unread.kill()
    scene.sleep(0.5)


LOSSY = {"broker": "lossy96", "client": "lossy96"}


@story("cut-and-lost-closes", "healthy", routed, LOSSY)
def cut_and_lost_closes(scene):
    """Normal closes, recorded with 96 bytes a packet and an eighth of the packets missing."""
    clients = [scene.connect("c1", name="a%d" % n) for n in range(4)]
    clients += [scene.consumer("c1", "amqplib", heartbeat=2), scene.connect("c2", "amqplib")]
    for client in clients:
        scene.at_random(0.1, 0.5)
        client.tell("publish 2 60")
    for client in clients:
        scene.at_random(0.1, 0.9)
        client.tell("close")
    scene.sleep(0.4)


@story("cut-and-lost-kills", "client_crash", routed, LOSSY)
def cut_and_lost_kills(scene):
    """The same with clients that are killed; one closes normally."""
    clients = [scene.connect("c1", heartbeat=random.choice((0, 4))) for _ in range(4)]
    polite = scene.connect("c1", "amqplib", cause="healthy")
    for client in clients:
        client.tell("publish 2 60")
        scene.at_random(0.3, 1.5)
        client.kill()
    polite.tell("close")
    scene.sleep(0.4)


@story("cut-and-lost-broker-stopped", "broker_shutdown", routed, LOSSY)
def cut_and_lost_stopped(scene):
    """The same with an orderly stop of the broker."""
    for number in range(4):
        scene.connect("c1", "amqplib" if number % 2 else "pika")
    scene.at_random(0.5, 1.5)
    scene.broker.stop()
    scene.sleep(0.3)
