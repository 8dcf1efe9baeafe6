"""Devices with habits of their own: one that tells why, a sweeper, a reflector, a copied clock."""

from rstlab.devices import Resetter
from rstlab.stories.firewalls import REJECT, TRACK
from rstlab.stories.forgeries import IMITATION
from rstlab.story import story
from rstlab.topologies import routed, segment

BOTH = {"broker": "pcap", "client": "pcap"}
ONE_WAY_DOWN = """table inet down {
  chain forward {
    type filter hook forward priority -10;
    tcp %s %d drop
  }
}"""


def silent_ones(scene, count, gap_s):
    scene.connect("c2", heartbeat=2, cause="healthy")
    came = []
    for number in range(count):
        came.append(scene.connect("c1", "amqplib" if number % 2 else "pika", heartbeat=0))
        scene.at_random(0.1, gap_s)
    return came


@story("device-tells-why", "middlebox_idle_timeout", routed, BOTH)
def tells_why(scene):
    """A device resets both sides after 5 s of silence, and the reset says so: Flow expired."""
    device = Resetter(scene.host("mb"))
    silent_ones(scene, 3, 1)
    device.reset_idle(5, reason="Flow expired: idle timeout")
    scene.sleep(6)


@story("device-sweeps", "middlebox_idle_timeout", routed, BOTH)
def sweeps(scene):
    """A device looks every 9 s and then resets all that has been silent for 4 s or more."""
    device = Resetter(scene.host("mb"))
    silent_ones(scene, 5, 0.9)
    device.reset_idle(4, every=9)
    scene.sleep(10)


@story("device-reflects", "middlebox_state_loss", routed, BOTH)
def reflects(scene):
    """A device has forgotten: its answer reflects IP ID and window of what it answers."""
    device = Resetter(scene.host("mb"))
    victim = silent_ones(scene, 1, 1)[0]
    port = victim.ports[0]
    scene.at_random(5, 9)
    device.order_reset(port, "broker", shape="stateless", reflects=True, on_packet=True)
    scene.sleep(0.2)
    scene.firewall(ONE_WAY_DOWN % ("sport", port))
    victim.order("publish 1 100")
    device.await_done()
    scene.sleep(2.5)


@story("forgotten-amid-retransmission", "middlebox_state_loss", routed, BOTH)
def amid_retransmission(scene):
    """The way to the client is down for a while; then the firewall has forgotten the flow."""
    scene.firewall(TRACK % REJECT)
    mb = scene.host("mb")
    mb.sysctl({"net.netfilter.nf_conntrack_tcp_loose": 0})
    scene.connect("c2", heartbeat=2, cause="healthy")
    consumer = scene.consumer("c1", heartbeat=0)
    scene.at_random(1, 3)
    scene.firewall(ONE_WAY_DOWN % ("dport", consumer.ports[0]))
    scene.deliver(1)
    scene.at_random(1, 2.2)
    mb.run("conntrack", "-D", "-p", "tcp", "--sport", consumer.ports[0])
    mb.run("nft", "delete", "table", "inet", "down")
    scene.sleep(2.5)
    consumer.order("publish 1 100")
    scene.sleep(1.5)


@story("forged-copied-clock", "injected_spoofed", segment, BOTH)
def copied_clock(scene):
    """A perfect imitation of the client's socket, but for its clock: that stands still."""
    forger = Resetter(scene.host("intruder"))
    for _ in range(2):
        victim = scene.consumer(heartbeat=4)
        victim.tell("publish 2 100")
        scene.at_random(0.9, 1.8)
        forger.reset(victim.ports[0], "client", **IMITATION, shape="socket", clock="copied")
        scene.at_random(0.3, 0.8)
    scene.sleep(1)
