"""Someone no longer speaks, reads or is allowed to go on: heartbeats, alarms, limits, channels."""

import contextlib
import random

from rstlab.broker import TLS
from rstlab.stories.firewalls import ALWAYS, DROP
from rstlab.story import story
from rstlab.topologies import routed

# One of these lines alone takes the place of RabbitMQ's whole default list, linger and all.
IMPATIENT_ONLY = "tcp_listen_options.send_timeout = 5000\n"
IMPATIENT = (
    IMPATIENT_ONLY
    + """tcp_listen_options.backlog = 128
tcp_listen_options.nodelay = true
tcp_listen_options.linger.on = true
tcp_listen_options.linger.timeout = 0
tcp_listen_options.exit_on_close = false
"""
)
BOTH = {"broker": "pcap", "client": "pcap"}
BOTH96 = {"broker": "snap96", "client": "snap96"}
FROZEN = "the client's process was stopped (SIGSTOP)"
ALARM = "memory alarm: the broker blocked the publishers, and read their end when it was over"
BROKER_FROZEN = "the broker's process was stopped (SIGSTOP) and resumed"


def freeze(scene, clients):
    """Stops each at a moment of its own."""
    scene.timetable([(random.uniform(0.2, 2.5), client.freeze) for client in clients])


def stalled_clients(scene, late=False, **options):
    """Frozen clients with heartbeats of 2, 3 and 4 s; one that lives, one that is killed."""
    alive = scene.connect("c1", "amqplib", heartbeat=2, cause="healthy", **options)
    victim = scene.connect("c1", heartbeat=2, cause="client_crash", **options)
    frozen = [
        scene.connect("c1", "amqplib", heartbeat=2, **options),
        scene.connect("c1", heartbeat=3, **options),
        scene.connect("c2", "amqplib", heartbeat=4, **options),
    ]
    if late:
        scene.recording.start()
    scene.at_random(2.5, 4)
    freeze(scene, frozen)
    scene.at_random(0.5, 3)
    victim.kill()
    scene.sleep(14)
    assert alive.process.poll() is None


@story("missed-heartbeats-late", "broker_heartbeat_timeout", routed, BOTH, note=FROZEN, late=True)
def missed_late(scene):
    """Frozen clients; the recording begins after tune: nothing tells the heartbeat's interval."""
    stalled_clients(scene, late=True)


@story("missed-heartbeats-snap96", "broker_heartbeat_timeout", routed, BOTH96, note=FROZEN)
def missed_snap(scene):
    """The same from the beginning, with 96 bytes of each packet."""
    stalled_clients(scene)


@story(
    "missed-heartbeats-tls",
    "broker_heartbeat_timeout",
    routed,
    BOTH,
    note=FROZEN,
    broker_settings=TLS,
)
def missed_tls(scene):
    """The same over TLS."""
    stalled_clients(scene, port=5671, tls=True)


@story(
    "missed-heartbeats-tls-late",
    "broker_heartbeat_timeout",
    routed,
    BOTH,
    note=FROZEN,
    broker_settings=TLS,
    late=True,
)
def missed_tls_late(scene):
    """The same over TLS, recorded from mid-life on."""
    stalled_clients(scene, late=True, port=5671, tls=True)


@story(
    "missed-heartbeats-path-down-late",
    "broker_heartbeat_timeout",
    routed,
    BOTH,
    note="the path went down",
    late=True,
)
def path_down_late(scene):
    """The path goes down under heartbeats of 2 and 4 s; recorded from mid-life on."""
    scene.connect("c1", heartbeat=4)
    scene.connect("c1", "amqplib", heartbeat=2)
    scene.connect("c2", heartbeat=2)
    scene.recording.start()
    scene.at_random(2.5, 5)
    scene.firewall(ALWAYS % DROP)
    scene.sleep(14)


def frozen_broker(scene, seconds, software="amqplib", late=False, **options):
    clients = [scene.connect(where, software, **options) for where in ("c1", "c1", "c2")]
    assert all(client.ports for client in clients)
    if late:
        scene.recording.start()
    scene.at_random(2, 4)
    scene.broker.pause()
    try:
        scene.sleep(seconds)
    finally:
        scene.broker.resume()
    scene.sleep(1)


@story(
    "broker-frozen-late", "client_heartbeat_timeout", routed, BOTH, note=BROKER_FROZEN, late=True
)
def broker_frozen_late(scene):
    """A frozen broker: clients with heartbeats of 2 s give up. The recording begins after tune."""
    frozen_broker(scene, 7.3, late=True, heartbeat=2)


@story("broker-frozen-snap96", "client_heartbeat_timeout", routed, BOTH96, note=BROKER_FROZEN)
def broker_frozen_snap(scene):
    """The same from the beginning, with 96 bytes of each packet and heartbeats of 3 s."""
    frozen_broker(scene, 10.4, heartbeat=3)


@story(
    "broker-frozen-tls",
    "client_heartbeat_timeout",
    routed,
    BOTH,
    note=BROKER_FROZEN,
    broker_settings=TLS,
)
def broker_frozen_tls(scene):
    """The same over TLS."""
    frozen_broker(scene, 7.7, heartbeat=2, port=5671, tls=True)


@story(
    "broker-frozen-pika",
    "client_heartbeat_timeout",
    routed,
    BOTH,
    note=BROKER_FROZEN,
    limit_s=60,
)
def broker_frozen_pika(scene):
    """The same with pika, which looks only every heartbeat + 5 s."""
    frozen_broker(scene, 25.6, "pika", heartbeat=4)


@contextlib.contextmanager
def memory_alarm(scene):
    scene.broker.control("set_vm_memory_high_watermark", "0.0001")
    try:
        yield
    finally:
        scene.broker.control("set_vm_memory_high_watermark", "0.4")


def killed_while_blocked(scene, count, size, heartbeats=(0, 0, 0)):
    publishers = [
        scene.connect("c1", "pika", heartbeat=heartbeats[0]),
        scene.connect("c1", "amqplib", heartbeat=heartbeats[1]),
    ]
    scene.connect("c2", heartbeat=heartbeats[2], cause="healthy")
    with memory_alarm(scene):
        scene.sleep(0.3)
        for publisher in publishers:
            publisher.order("publish %d %d" % (count, size))
        scene.timetable([(random.uniform(1, 5), publisher.kill) for publisher in publishers])
        scene.at_random(1, 3)
    scene.sleep(1)


@story(
    "publisher-killed-blocked",
    "client_crash",
    routed,
    BOTH,
    note=ALARM,
)
def publisher_killed_blocked(scene):
    """Publishers are killed while a memory alarm blocks them."""
    killed_while_blocked(scene, 2, 300)


@story(
    "publisher-killed-blocked-heartbeats",
    "client_crash",
    routed,
    BOTH,
    note=ALARM,
)
def publisher_killed_blocked_heartbeats(scene):
    """The same with heartbeats of 2 s."""
    killed_while_blocked(scene, 2, 300, (2, 2, 2))


@story(
    "consumer-timeout-406",
    "client_close_no_amqp",
    routed,
    BOTH,
    broker_settings="consumer_timeout = 3000\n",
    note="channel.close 406: acknowledgement timed out; the client's program did not catch it",
)
def consumer_timeout(scene):
    """Consumers that do not acknowledge in 3 s: 406 closes the channel, the program leaves."""
    interval = "application:set_env(rabbit, channel_tick_interval, %d)."
    scene.broker.control("eval", interval % 500)
    try:
        consumers = [scene.connect("c1", heartbeat=0), scene.connect("c1", "amqplib", heartbeat=4)]
        for consumer in consumers:
            consumer.tell("consume_unacknowledged")
            scene.at_random(0.1, 0.8)
        scene.deliver(2)
        scene.sleep(6)
    finally:
        scene.broker.control("eval", interval % 60000)


@story(
    "no-such-queue-404",
    "client_close_no_amqp",
    routed,
    BOTH,
    note="channel.close 404: no queue; the client's program did not catch it",
)
def no_such_queue(scene):
    """Clients ask for a queue that is not there: 404 closes the channel, the program leaves."""
    scene.connect("c2", "amqplib", heartbeat=2, cause="healthy")
    for software in ("pika", "amqplib", "pika"):
        client = scene.connect("c1", software)
        scene.at_random(0.5, 2)
        client.order("ask_for_nothing")
    scene.sleep(1)


@story(
    "connection-limit-530",
    "broker_admin_close",
    routed,
    BOTH,
    note="530: connection limit of the vhost; no failure of authentication",
)
def connection_limit(scene):
    """The virtual host has room for two connections: the third and fourth are closed with 530."""
    scene.broker.control("set_vhost_limits", "-p", "/", '{"max-connections": 2}')
    try:
        for software in ("pika", "amqplib"):
            scene.connect("c2", software, heartbeat=2, cause="healthy")
        for software in ("pika", "amqplib"):
            scene.sleep(0.5)
            scene.connect("c1", software)
        scene.sleep(0.5)
    finally:
        scene.broker.control("clear_vhost_limits", "-p", "/")


def stops_reading(scene):
    scene.connect("c2", heartbeat=2, cause="healthy")
    with scene.small_buffers("c1", "broker"):
        consumer = scene.consumer("c1", heartbeat=0)
        consumer.freeze()
        scene.deliver(40, 1500)
        scene.at_random(12, 16)
    return consumer


@story(
    "consumer-does-not-read",
    "broker_admin_close",
    routed,
    BOTH,
    broker_settings=IMPATIENT,
    note="the broker's send_timeout (5 s) ran out over a window of 0; the client was stopped",
)
def does_not_read(scene):
    """A consumer stops reading: the broker gives it up after 5 s, but no packet says so."""
    stops_reading(scene)


@story(
    "consumer-reads-again",
    "broker_admin_close",
    routed,
    BOTH,
    broker_settings=IMPATIENT,
    note="the broker's send_timeout (5 s) had run out before the client went on (SIGCONT)",
)
def reads_again(scene):
    """The same, but the consumer reads on later."""
    stops_reading(scene).thaw()
    scene.sleep(3)


@story(
    "consumer-reads-again-linger-lost",
    "broker_admin_close",
    routed,
    BOTH,
    broker_settings=IMPATIENT_ONLY,
    note="the broker's send_timeout (5 s) had run out before the client went on (SIGCONT)",
)
def reads_again_linger_lost(scene):
    """The same where the setting of send_timeout has put linger off: FIN first from the broker."""
    stops_reading(scene).thaw()
    scene.sleep(3)


@story(
    "publisher-killed-blocked-full",
    "client_crash",
    routed,
    BOTH,
    note="memory alarm: the broker read nothing more; the publisher was killed at a window of 0",
)
def publisher_killed_blocked_full(scene):
    """Publishers that go on until the window is 0 are killed with unsent data."""
    with scene.small_buffers("broker"):
        killed_while_blocked(scene, 30, 1200)
