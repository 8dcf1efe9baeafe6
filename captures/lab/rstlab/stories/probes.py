"""Connections that never meant to talk: health checks, scans, refused attempts."""

from rstlab.story import story
from rstlab.topologies import bridged, routed, segment

REJECT_NEW = """table inet fw {
  chain forward {
    type filter hook forward priority 0;
    tcp dport 5672 tcp flags & (syn | ack) == syn reject with tcp reset
  }
}"""


def healthy_visit(scene, where="c1"):
    """A connection that lives well, so that the broker's usual packets are known."""
    scene.connect(where, cause="healthy").tell("close")


@story("health-probes", "health_probe", routed, {"broker": "pcap", "client": "pcap"})
def health_probes(scene):
    """TCP health checks: one closes, one resets."""
    for _ in range(3):
        scene.raw("close")
        scene.raw("abort", where="c2")
        scene.sleep(0.5)


def scan(scene):
    scene.host("c1").run(
        "python3", "-m", "rstlab.devices.syn_scan", scene.host("broker").address(), 3
    )
    scene.sleep(0.3)


@story("syn-scan", "scan", routed, {"broker": "pcap", "client": "pcapng"})
def syn_scan(scene):
    """A SYN scan: the scanner's kernel, which knows of no such connection, resets the SYN/ACK."""
    scan(scene)


@story("syn-scan-segment", "scan", segment, {"broker": "pcap"})
def syn_scan_segment(scene):
    """A SYN scan from the same segment."""
    scan(scene)


@story("broker-not-running", "refused", routed, {"broker": "pcap", "client": "pcapng"})
def broker_not_running(scene):
    """Nothing listens any more: SYNs are refused."""
    healthy_visit(scene)
    scene.broker.kill()
    for where in ("c1", "c2", "c1"):
        scene.raw(where=where)


@story("refused-by-firewall", "refused", routed, {"client": "pcap", "middle": "any"})
def refused_by_firewall(scene):
    """A firewall refuses new connections in the broker's name."""
    healthy_visit(scene)
    scene.firewall(REJECT_NEW)
    scene.raw()
    scene.raw()


@story("refused-by-transparent-firewall", "refused", bridged, {"client": "pcap"})
def refused_by_transparent_firewall(scene):
    """A transparent firewall refuses new connections in the broker's name."""
    refused_by_firewall(scene)
