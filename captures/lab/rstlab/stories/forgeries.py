"""Resets that someone else makes in an endpoint's name."""

from rstlab.devices import Resetter
from rstlab.story import story
from rstlab.topologies import far, routed, segment

IMITATION = {"ttl": "same", "mac": "same"}


def forge(scene, where="intruder", claim="client", **how):
    """A talking consumer and a forged reset on its flow."""
    forger = Resetter(scene.host(where))
    victim = scene.consumer()
    victim.tell("publish 2 100")
    scene.sleep(0.5)
    forger.reset(victim.ports[0], claim, **how)
    return victim


@story("forged-wrong-ttl", "injected_spoofed", segment, {"broker": "pcap", "client": "pcap"})
def forged_wrong_ttl(scene):
    """An intruder on the segment resets the broker in the client's name with a TTL of 255."""
    forge(scene, mac="same", initial_ttl=255)
    scene.sleep(1)


@story("forged-wrong-mac", "injected_spoofed", segment, {"broker": "pcapng", "client": "any"})
def forged_wrong_mac(scene):
    """An intruder with the right TTL but its own MAC resets the client in the broker's name."""
    forge(scene, claim="broker", ttl="same", shape="stateless")
    scene.sleep(1)


@story("forged-both-ways", "injected_spoofed", segment, {"broker": "pcap", "client": "pcap"})
def forged_both_ways(scene):
    """As tcpkill does it: resets to both sides, each at three sequence numbers."""
    forger, victim = Resetter(scene.host("intruder")), scene.consumer()
    scene.sleep(0.5)
    for claim in ("client", "broker"):
        forger.reset(victim.ports[0], claim, mac="same", initial_ttl=128, ladder=3)
    scene.sleep(0.5)


@story("forged-client-goes-on", "injected_spoofed", segment, {"broker": "pcap", "client": "pcap"})
def forged_client_goes_on(scene):
    """A stateless imitation; the client knows nothing of it, goes on and is reset by the broker."""
    victim = forge(scene, **IMITATION, shape="stateless")
    scene.sleep(0.5)
    victim.order("publish 1 100")
    scene.sleep(0.7)


@story(
    "forged-perfect-client-silent",
    "injected_spoofed",
    segment,
    {"broker": "pcap", "client": "pcap"},
)
def forged_client_silent(scene):
    """A perfect imitation of the client's living socket; the client never speaks again."""
    forge(scene, **IMITATION, shape="socket")
    scene.sleep(1.5)


@story("forged-perfect-broker", "injected_spoofed", segment, {"broker": "any", "client": "pcap"})
def forged_perfect_broker(scene):
    """A perfect imitation of the broker kills the client, which then answers statelessly."""
    forge(scene, claim="broker", **IMITATION, shape="socket")
    scene.sleep(0.5)
    scene.deliver()
    scene.sleep(0.7)


@story("forged-not-exact", "injected_spoofed", segment, {"broker": "pcap", "client": "pcap"})
def forged_not_exact(scene):
    """In the window but not exact: a challenge ACK, and the flow lives on and closes normally."""
    victim = forge(scene, **IMITATION, shape="crafted", offset=1000)
    scene.sleep(0.5)
    victim.tell("publish 2 100")
    scene.sleep(0.5)
    victim.tell("close")
    scene.sleep(0.3)


@story("forged-too-fast", "injected_spoofed", far, {"broker": "pcap-ns", "client": "pcap"})
def forged_too_fast(scene):
    """A device near the broker answers for a client 40 ms away, with the client's TTL."""
    forger, victim = Resetter(scene.host("mb")), scene.consumer()
    scene.sleep(1.2)
    forger.order_reset(victim.ports[0], "client", ttl="same", shape="stateless", on_packet=True)
    scene.deliver()
    forger.await_done()
    scene.sleep(1)


@story("forged-on-path", "injected_spoofed", routed, {"broker": "pcap", "client": "pcapng"})
def forged_on_path(scene):
    """A device on the path resets a talking flow in the client's name, crafted, TTL 64."""
    forge(scene, where="mb")
    scene.sleep(1)
