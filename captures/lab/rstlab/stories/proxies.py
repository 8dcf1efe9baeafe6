"""Connections through a proxy, which is the TCP peer of both sides. All clients talk to px."""

from rstlab.proxies import haproxy, nginx
from rstlab.story import story
from rstlab.topologies import proxied


def two_clients(scene, **options):
    return [
        scene.connect(to="px", **options),
        scene.consumer("c2", "amqplib", to="px", name="orders", **options),
    ]


@story(
    "proxy-idle-timeout",
    "proxy_idle_timeout",
    proxied,
    {"broker": "pcap", "client": "pcap", "middle": "any"},
)
def proxy_idle_timeout(scene):
    """HAProxy's timeout of 4 s ends silent connections without heartbeats."""
    haproxy(scene, scene.directory, idle="4s")
    two_clients(scene, heartbeat=0)
    scene.sleep(5.5)


@story("proxy-killed", "proxy_crash", proxied, {"broker": "pcap", "client": "pcapng"})
def proxy_killed(scene):
    """HAProxy is killed."""
    process = haproxy(scene, scene.directory)
    two_clients(scene)
    scene.sleep(1)
    process.kill()
    scene.sleep(0.5)


@story(
    "proxy-nginx-idle-timeout", "proxy_idle_timeout", proxied, {"broker": "pcap", "client": "pcap"}
)
def nginx_idle_timeout(scene):
    """nginx's proxy_timeout of 3 s ends silent connections: FIN to both sides."""
    nginx(scene, scene.directory, idle="3s")
    two_clients(scene, heartbeat=0)
    scene.sleep(4.5)


@story("proxy-health-checks", "health_probe", proxied, {"broker": "pcap"})
def proxy_health_checks(scene):
    """HAProxy checks the broker each half second while a client talks and closes."""
    haproxy(scene, scene.directory, server_options="check inter 500ms")
    client = scene.connect(to="px", cause="healthy")
    scene.sleep(2.2)
    client.tell("close")
    scene.sleep(0.2)


@story(
    "proxy-protocol",
    "client_abort",
    proxied,
    {"broker": "pcapng", "client": "pcap"},
    broker_settings="proxy_protocol = true\n",
)
def proxy_protocol(scene):
    """HAProxy tells the broker the real clients (PROXY protocol v2); they abort, one by one."""
    haproxy(scene, scene.directory, server_options="send-proxy-v2")
    for client in two_clients(scene):
        scene.sleep(0.5)
        client.tell("abort")
    scene.sleep(0.5)


@story(
    "proxy-far-end-silent",
    "proxy_idle_timeout",
    proxied,
    {"broker": "pcap", "client": "pcap"},
    note="the client behind the proxy was cut off",
)
def proxy_far_end_silent(scene):
    """The client behind HAProxy falls silent with unacknowledged deliveries under way."""
    haproxy(scene, scene.directory, idle="4s")
    scene.consumer("c1", to="px", heartbeat=0)
    scene.sleep(0.5)
    scene.cut_off("c1")
    scene.deliver(2, where="c2", to="px")
    scene.sleep(6)


@story("proxy-broker-killed", "broker_crash", proxied, {"broker": "pcap", "client": "pcap"})
def proxy_broker_killed(scene):
    """The broker is killed behind HAProxy, which ends the clients' legs then."""
    haproxy(scene, scene.directory)
    two_clients(scene)
    scene.sleep(0.7)
    scene.broker.kill()
    scene.sleep(0.5)


@story(
    "proxy-nginx-clients-killed", "client_crash", proxied, {"broker": "pcap", "client": "pcap"}
)
def nginx_clients_killed(scene):
    """Clients of nginx are killed, one by one: it ends their legs to the broker."""
    nginx(scene, scene.directory)
    for client in two_clients(scene):
        scene.sleep(0.5)
        client.kill()
    scene.sleep(0.5)


@story(
    "proxy-nginx-broker-killed", "broker_crash", proxied, {"broker": "pcap", "client": "pcap"}
)
def nginx_broker_killed(scene):
    """The broker is killed behind nginx."""
    nginx(scene, scene.directory)
    two_clients(scene)
    scene.sleep(0.7)
    scene.broker.kill()
    scene.sleep(0.5)
