"""Connections that a firewall, a NAT or another device on the path ends."""

from rstlab.devices import Resetter
from rstlab.story import story
from rstlab.topologies import bridged, far, natted, routed

# Connection tracking with a short memory, and a policy for packets of flows it does not know.
SHORT_MEMORY = {
    "net.netfilter.nf_conntrack_tcp_timeout_established": 3,
    "net.netfilter.nf_conntrack_tcp_loose": 0,
}
TRACK = """table inet fw {
  chain forward {
    type filter hook forward priority 0;
    ct state established,related accept
    tcp flags & (syn | ack) == syn accept
    meta l4proto tcp %s
  }
}"""
ALWAYS = """table inet fw {
  chain forward {
    type filter hook forward priority 0;
    meta l4proto tcp %s
  }
}"""
MASQUERADE = """table ip nat {
  chain out {
    type nat hook postrouting priority 100;
    oifname eth2 masquerade
  }
  chain pass {
    type filter hook forward priority 0;
    ct state invalid drop
  }
}"""
REJECT, DROP = "reject with tcp reset", "drop"


def track(scene, unknown):
    """A stateful firewall at mb that forgets after 3 s of silence."""
    scene.firewall(TRACK % unknown)  # first: the settings exist once tracking is in use
    scene.host("mb").sysctl(SHORT_MEMORY)


def forgotten_by_the_firewall(scene, unknown=REJECT):
    """One flow on which the broker speaks first after silence, one on which the client does."""
    track(scene, unknown)
    consumer = scene.consumer("c1", name="listener")
    talker = scene.connect("c2", "amqplib", name="talker")
    scene.sleep(4)
    scene.deliver()
    scene.sleep(0.3)
    talker.order("publish 1 100")
    scene.sleep(1)
    consumer.order("publish 1 100")
    scene.sleep(1)


@story(
    "firewall-forgot",
    "middlebox_idle_timeout",
    routed,
    {"broker": "pcapng", "client": "pcap", "middle": "any"},
)
def firewall_forgot(scene):
    """A firewall forgets flows after 3 s of silence and rejects the next packet of either side."""
    forgotten_by_the_firewall(scene)


@story(
    "firewall-forgot-ipv6",
    "middlebox_idle_timeout",
    routed,
    {"broker": "pcap", "client": "snap96"},
    family=6,
)
def firewall_forgot_ipv6(scene):
    """The same over IPv6."""
    forgotten_by_the_firewall(scene)


@story("firewall-forgot-far", "middlebox_idle_timeout", far, {"broker": "pcap", "client": "pcap"})
def firewall_forgot_far(scene):
    """The same with the clients 40 ms away."""
    forgotten_by_the_firewall(scene)


@story(
    "transparent-firewall-forgot",
    "middlebox_idle_timeout",
    bridged,
    {"broker": "pcap", "client": "pcap", "middle": "any"},
)
def transparent_firewall_forgot(scene):
    """A transparent firewall forgets: its reset has the endpoint's TTL and MAC."""
    forgotten_by_the_firewall(scene)


@story("firewall-silent", "middlebox_silent_drop", routed, {"broker": "pcap", "client": "pcapng"})
def firewall_silent(scene):
    """A firewall forgets and drops what it does not know: retransmissions, no reset."""
    forgotten_by_the_firewall(scene, DROP)
    scene.sleep(3)


@story("silent-drop-missed-heartbeats", "middlebox_silent_drop", routed, {"broker": "snap128"})
def silent_drop_missed_heartbeats(scene):
    """A firewall forgets between two heartbeats of 8 s and drops: the heartbeat is missed."""
    track(scene, DROP)
    scene.connect(heartbeat=8)
    scene.sleep(26)


def device_resets_both(scene):
    device = Resetter(scene.host("mb"))
    scene.connect()
    scene.connect("c2", "amqplib")
    device.reset_idle(3)
    scene.sleep(4)


@story(
    "device-resets-both",
    "middlebox_idle_timeout",
    routed,
    {"broker": "snap96", "client": "pcap", "middle": "pcap"},
)
def device_resets_both_sides(scene):
    """A device resets both sides after 3 s of silence with packets of its own making."""
    device_resets_both(scene)


@story("device-resets-both-ipv6", "middlebox_idle_timeout", routed, {"broker": "pcapng"}, family=6)
def device_resets_both_sides_ipv6(scene):
    """The same over IPv6."""
    device_resets_both(scene)


@story("policy-reject", "policy_reject", routed, {"broker": "pcap", "client": "pcap"})
def policy_reject(scene):
    """A REJECT rule is put in while the flows talk."""
    busy = [scene.consumer("c1", heartbeat=2), scene.connect("c2", "amqplib", heartbeat=2)]
    busy[0].tell("publish 2 100")
    scene.sleep(1.5)
    scene.firewall(ALWAYS % REJECT)
    scene.sleep(2.5)


@story(
    "nat-lost-mappings",
    "middlebox_state_loss",
    natted,
    {"broker": "pcap", "client": "pcapng", "middle": "any"},
)
def nat_lost_mappings(scene):
    """A NAT with 10 flows of two hosts loses its table; its own stack answers the broker."""
    nat = scene.host("nat")
    nat.nft(MASQUERADE)
    nat.sysctl({"net.netfilter.nf_conntrack_tcp_loose": 0})
    for where in ("c1", "c2"):
        scene.connect(where, "amqplib", heartbeat=4, connections=5)
    scene.sleep(1)
    nat.run("conntrack", "-F")
    scene.sleep(3)
