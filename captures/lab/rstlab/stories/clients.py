"""Connections that end at the client's side."""

from rstlab.stories.firewalls import ALWAYS, DROP
from rstlab.story import story
from rstlab.topologies import bridged, far, routed, segment

LONGER_PATH = """table inet fw {
  chain forward {
    type filter hook forward priority 0;
    ip saddr 10.60.1.11 ip ttl set 58
  }
}"""


@story("normal-close", "healthy", routed, {"broker": "pcap", "client": "pcapng", "middle": "any"})
def normal_close(scene):
    """Two clients talk and close in an orderly way; RabbitMQ answers their FINs with RST."""
    first, second = scene.connect(), scene.consumer("c2", "amqplib", name="orders")
    first.tell("publish 3 200")
    scene.sleep(0.3)
    first.tell("close")
    second.tell("close")
    scene.sleep(0.3)


@story(
    "normal-close-linger-off",
    "healthy",
    routed,
    {"broker": "pcap-ns"},
    broker_settings="tcp_listen_options.linger.on = false\n",
)
def normal_close_linger_off(scene):
    """The same with linger switched off at the broker: FIN only, no reset at all."""
    normal_close(scene)


@story("client-killed", "client_crash", routed, {"broker": "pcapng", "client": "pcap"})
def client_killed(scene):
    """Clients are killed with nothing unread: their kernel sends FIN, RabbitMQ answers RST."""
    clients = [scene.connect(), scene.connect("c2", "amqplib", heartbeat=60)]
    scene.sleep(1)
    for client in clients:
        client.kill()
        scene.sleep(0.3)


@story(
    "client-killed-unread",
    "client_crash",
    routed,
    {"broker": "snap96", "client": "pcap-ns", "middle": "any-pcapng"},
)
def client_killed_unread(scene):
    """A stopped client is killed with deliveries unread: its kernel sends RST,ACK."""
    for software in ("pika", "amqplib"):
        victim = scene.consumer("c1", software)
        victim.freeze()
        scene.deliver(3)
        scene.sleep(0.5)
        victim.kill()
        scene.sleep(0.3)


@story("client-killed-many", "client_crash", routed, {"broker": "pcap"})
def client_killed_many(scene):
    """A client with six connections is killed with deliveries unread: six resets at once."""
    victim = scene.consumer("c1", "amqplib", name="workers", connections=6)
    victim.freeze()
    scene.deliver(12)
    scene.sleep(0.5)
    victim.kill()
    scene.sleep(0.3)


@story("client-killed-receiving", "client_crash", far, {"broker": "snap96", "client": "snap96"})
def client_killed_receiving(scene):
    """A consumer is killed while deliveries are under way: a trail of stateless resets."""
    victim = scene.consumer()
    publisher = scene.connect("c2", cause="healthy")
    publisher.order("publish 100 1000")
    scene.sleep(0.06)
    victim.kill()
    scene.sleep(0.7)
    publisher.tell("close")
    scene.sleep(0.2)


@story("client-abort", "client_abort", routed, {"broker": "pcap", "client": "pcapng"}, family=6)
def client_abort(scene):
    """Clients close with SO_LINGER 0: RST,ACK of a living socket, over IPv6."""
    for client in (scene.connect(), scene.connect("c2", "amqplib")):
        scene.sleep(0.5)
        client.tell("abort")
    scene.sleep(0.3)


@story("path-changed", "client_abort", routed, {"broker": "pcap"})
def path_changed(scene):
    """The path grows longer in mid-flow; then the client aborts: its own reset has another TTL."""
    client = scene.connect()
    scene.sleep(0.5)
    scene.firewall(LONGER_PATH)
    client.tell("abort")
    scene.sleep(0.3)


@story(
    "client-dropped-socket", "client_close_no_amqp", routed, {"broker": "snap128", "client": "pcap"}
)
def client_dropped_socket(scene):
    """Clients close their socket without connection.close."""
    for client in (scene.connect(), scene.connect("c2", "amqplib")):
        scene.sleep(0.5)
        client.tell("drop")
    scene.sleep(0.3)


@story("client-died-in-handshake", "client_crash_handshake", routed, {"broker": "pcap"})
def client_died_in_handshake(scene):
    """A client is killed after connection.start, another resets there."""
    victim = scene.raw("send:AMQP\\0\\0\\x09\\x01", "read", "hold")
    scene.sleep(0.5)
    victim.kill()
    scene.raw(
        "send:AMQP\\0\\0\\x09\\x01", "read", "abort", where="c2", cause="client_abort_handshake"
    )
    scene.sleep(0.5)


@story("socket-destroyed", "socket_destroyed", routed, {"broker": "pcap", "client": "pcapng"})
def socket_destroyed(scene):
    """Sockets are destroyed with ss -K at the client's host."""
    scene.connect()
    scene.connect(software="amqplib")
    scene.sleep(0.5)
    scene.forget_sockets("c1")
    scene.sleep(0.5)


def lose_client_host(scene):
    scene.consumer()
    scene.sleep(0.5)
    scene.cut_off("c1")
    scene.forget_sockets("c1")
    scene.deliver(1)
    scene.sleep(1.2)
    scene.bring_back("c1")
    scene.sleep(1.5)


@story(
    "client-host-lost",
    "client_host_lost",
    routed,
    {"broker": "pcap", "client": "pcapng", "middle": "any"},
)
def client_host_lost(scene):
    """A client host loses its connection silently; it answers a retransmission without state."""
    lose_client_host(scene)


@story(
    "client-host-lost-segment", "client_host_lost", segment, {"broker": "pcap", "client": "pcap"}
)
def client_host_lost_segment(scene):
    """The same on one segment: a transparent device would send the identical packet."""
    lose_client_host(scene)


@story(
    "client-host-lost-ipv6",
    "client_host_lost",
    routed,
    {"broker": "pcapng", "client": "any"},
    family=6,
)
def client_host_lost_ipv6(scene):
    """The same over IPv6."""
    lose_client_host(scene)


@story("client-host-lost-far", "client_host_lost", far, {"broker": "pcap-ns"})
def client_host_lost_far(scene):
    """The same 40 ms away: the answer takes the round trip."""
    lose_client_host(scene)


@story("client-host-lost-bridged", "client_host_lost", bridged, {"broker": "pcap"})
def client_host_lost_bridged(scene):
    """The same behind a transparent firewall that lets all pass."""
    lose_client_host(scene)


@story(
    "missed-heartbeats",
    "broker_heartbeat_timeout",
    routed,
    {"broker": "pcap", "client": "pcapng"},
    note="the client's process was stopped (SIGSTOP)",
)
def missed_heartbeats(scene):
    """Stopped clients with a heartbeat of 2 s: their kernel still acknowledges, RabbitMQ resets."""
    stalled = [scene.connect(heartbeat=2), scene.connect("c2", "amqplib", heartbeat=2)]
    scene.sleep(2.2)
    for client in stalled:
        client.freeze()
    scene.sleep(7.5)


@story(
    "missed-heartbeats-path-down",
    "broker_heartbeat_timeout",
    routed,
    {"broker": "pcap", "client": "pcapng"},
    note="the path went down",
)
def missed_heartbeats_path_down(scene):
    """The path goes down: retransmissions of both sides stay unanswered, RabbitMQ resets."""
    scene.connect(heartbeat=2)
    scene.connect("c2", "amqplib", heartbeat=2)
    scene.sleep(2.2)
    scene.firewall(ALWAYS % DROP)
    scene.sleep(8.5)


@story(
    "broker-silent",
    "client_heartbeat_timeout",
    routed,
    {"broker": "pcap", "client": "pcapng"},
    note="the broker's process was stopped (SIGSTOP) and resumed after 7 s",
)
def broker_silent(scene):
    """The broker is stopped: clients with a heartbeat of 2 s give up and close.

    Two amqplib clients: pika 1.2 looks only every heartbeat + 5 s, and gives up at the second look.
    """
    scene.connect("c1", "amqplib", heartbeat=2)
    scene.connect("c2", "amqplib", heartbeat=2)
    scene.sleep(1.5)
    scene.broker.pause()
    try:
        scene.sleep(7)
    finally:
        scene.broker.resume()
    scene.sleep(1)


@story("late-capture", "client_crash", routed, {"broker": "pcap", "client": "pcap"}, late=True)
def late_capture(scene):
    """A capture that begins in mid-flow: the killed client's RST,ACK is its first packet."""
    victim = scene.consumer()
    victim.freeze()
    scene.deliver(3)
    scene.sleep(0.5)
    scene.recording.start()
    victim.kill()
    scene.sleep(0.3)
