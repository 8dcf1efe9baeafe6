"""Connections that end at the broker's side."""

from rstlab.story import story
from rstlab.topologies import routed, segment


def three_clients(scene, **options):
    return [
        scene.connect(**options),
        scene.connect("c2", "amqplib", **options),
        scene.consumer("c2", **options),
    ]


@story("broker-killed", "broker_crash", routed, {"broker": "pcapng", "client": "pcap"})
def broker_killed(scene):
    """The broker is killed: all flows are reset at once, later SYNs are refused."""
    three_clients(scene)
    scene.sleep(0.7)
    scene.broker.kill()
    scene.sleep(0.2)
    for where in ("c1", "c2"):
        scene.raw(where=where)


def lose_broker_host(scene):
    client = scene.connect()
    scene.sleep(0.5)
    scene.cut_off("broker")
    scene.broker.kill()
    scene.sleep(0.3)
    scene.bring_back("broker")
    client.order("publish 1 100")
    scene.sleep(1)


@story(
    "broker-host-lost",
    "broker_host_lost",
    routed,
    {"broker": "pcap", "client": "pcapng", "middle": "pcap"},
)
def broker_host_lost(scene):
    """The broker's host goes down silently and comes back; the client goes on and is reset."""
    lose_broker_host(scene)


@story("broker-host-lost-segment", "broker_host_lost", segment, {"client": "pcap", "broker": "any"})
def broker_host_lost_segment(scene):
    """The same on one segment."""
    lose_broker_host(scene)


@story("broker-stopped", "broker_shutdown", routed, {"broker": "pcap", "client": "pcapng"})
def broker_stopped(scene):
    """An orderly stop: connection.close 320, then resets."""
    three_clients(scene)
    scene.sleep(0.5)
    scene.broker.stop()
    scene.sleep(0.3)


@story("closed-by-operator", "broker_admin_close", routed, {"broker": "pcap", "client": "pcap"})
def closed_by_operator(scene):
    """rabbitmqctl close_connection with a reason; another connection lives on."""
    victim, bystander = scene.connect(), scene.connect("c2", "amqplib", cause="healthy")
    connections = scene.broker.control("list_connections", "pid", "peer_port").split("\n")
    pids = dict(reversed(line.split("\t")) for line in connections if line.count("\t") == 1)
    scene.broker.control("close_connection", pids[str(victim.ports[0])], "maintenance of queue lab")
    scene.sleep(0.5)
    bystander.tell("close")
    scene.sleep(0.2)


@story("wrong-user", "auth_refused", routed, {"broker": "pcap", "client": "pcapng"})
def wrong_user(scene):
    """Clients whose user is not there: 403, as with a wrong password."""
    scene.connect(user="nobody")
    scene.connect("c2", "amqplib", user="nobody")
    scene.sleep(0.3)


@story(
    "wrong-vhost",
    "auth_refused",
    routed,
    {"broker": "snap128", "client": "pcap"},
    note="530: vhost not found",
)
def wrong_vhost(scene):
    """Clients that ask for a virtual host that is not there: 530."""
    scene.connect(vhost="nowhere")
    scene.connect("c2", "amqplib", vhost="nowhere")
    scene.sleep(0.3)


@story(
    "handshake-timeout", "broker_handshake_timeout", routed, {"broker": "pcap", "client": "pcap"}
)
def handshake_timeout(scene):
    """Clients that stop in the handshake: one says nothing, one stops after connection.start."""
    scene.raw("hold")
    scene.raw("send:AMQP\\0\\0\\x09\\x01", "read", "hold", where="c2")
    scene.sleep(10.8)


@story("http-to-amqp", "bad_protocol", routed, {"broker": "pcap", "client": "pcapng"})
def http_to_amqp(scene):
    """HTTP and TLS sent to the AMQP port."""
    scene.raw("send:GET / HTTP/1.1\\r\\nHost: broker\\r\\n\\r\\n", "hold")
    scene.raw("send:\\x16\\x03\\x01\\0\\x05\\x01\\0\\0\\x01\\0", "hold", where="c2")
    scene.sleep(1.5)
