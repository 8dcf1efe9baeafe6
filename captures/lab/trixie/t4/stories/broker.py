"""RabbitMQ 4 with AMQP 0-9-1 and 1.0: every way a connection to it ends without a device's help."""

import signal

from t4.story import story

ALL = ("pika", "raw10", "proton")
TWO = ("c1", "c2")


def chatter(scene, clients, span=2.5):
    scene.at_random(
        span, *[lambda c=c: c.tell("publish %d 100" % scene.random.randint(1, 3)) for c in clients]
    )


def mixed(scene, count=6, **options):
    clients = scene.fleet(count, ALL, beat=9, **options)
    chatter(scene, clients)
    return clients


@story("rmq4-normal-close", "healthy", clients=TWO, group=2)
def normal_close(scene):
    clients = mixed(scene)
    scene.at_random(4, *[lambda c=c: c.tell("close") for c in clients])
    scene.sleep(1)


@story("rmq4-client-killed", "client_crash", clients=TWO, group=2)
def client_killed(scene):
    clients = mixed(scene)
    scene.at_random(7, *[c.kill for c in clients])
    scene.sleep(1)


@story("rmq4-client-killed-heartbeats", "client_crash", clients=TWO, group=2)
def client_killed_heartbeats(scene):
    clients = mixed(scene, heartbeat=20)
    scene.at_random(14, *[c.kill for c in clients])
    scene.sleep(1)


@story(
    "rmq4-client-killed-unread",
    "client_crash",
    clients=TWO,
    group=2,
    note="frozen, then killed with deliveries unread",
)
def client_killed_unread(scene):
    victims = [scene.connect(where=w, name="inbox-%d" % i) for i, w in enumerate(TWO)]
    for v in victims:
        v.tell("consume")
    publisher = scene.connect(where="c2", name="publisher", cause="healthy")
    scene.wait(0.3, 1.5)
    for i, v in enumerate(victims):
        v.freeze()
        publisher.tell("publish 3 300 inbox-%d" % i)
    scene.wait(0.3, 1.2)
    scene.at_random(2, *[v.kill for v in victims])
    scene.wait(0.2, 1)
    publisher.tell("close")
    scene.sleep(0.7)


@story(
    "rmq4-close-with-error",
    "client_abort",
    clients=TWO,
    group=2,
    note="AMQP 1.0 clients send close with an error (amqp:internal-error)",
)
def close_with_error(scene):
    clients = scene.fleet(4, ("raw10", "proton"), beat=9)
    other = scene.connect("raw10", "c1", cause="healthy", beat=9)
    chatter(scene, clients + [other])
    scene.at_random(
        4, *[lambda c=c: c.tell("close-error") for c in clients], lambda: other.tell("close")
    )
    scene.sleep(1)


@story("rmq4-client-drops", "client_close_no_amqp", clients=TWO, group=2)
def client_drops(scene):
    clients = scene.fleet(4, ("pika", "raw10"), beat=9)
    chatter(scene, clients)
    scene.at_random(4, *[lambda c=c: c.tell("drop") for c in clients])
    scene.sleep(1)


@story("rmq4-client-aborts", "client_abort", clients=TWO, group=2, note="close with linger 0")
def client_aborts(scene):
    clients = scene.fleet(4, ("pika", "raw10"), beat=9)
    chatter(scene, clients)
    scene.at_random(4, *[lambda c=c: c.tell("abort") for c in clients])
    scene.sleep(1)


def ended_by_ctl(name, *words):
    @story(
        "rmq4-broker-" + name,
        "broker_shutdown",
        clients=TWO,
        group=2,
        dirty=True,
        note="rabbitmqctl " + " ".join(words),
    )
    def play(scene):
        mixed(scene)
        scene.wait(0.3, 2)
        scene.broker.control(*words)
        scene.wait(1, 2)


ended_by_ctl("stop-app", "stop_app")
ended_by_ctl("stop", "stop")
ended_by_ctl("shutdown", "shutdown", "--no-wait")


@story(
    "rmq4-broker-sigterm",
    "broker_shutdown",
    clients=TWO,
    group=2,
    dirty=True,
    note="SIGTERM to the broker, as systemd does",
)
def broker_sigterm(scene):
    mixed(scene)
    scene.wait(0.3, 2)
    scene.broker.signal(signal.SIGTERM)
    scene.sleep(9)


def pids(scene):
    """A connection's Erlang process by the client's port."""
    rows = scene.broker.control(
        "list_connections", "pid", "peer_port", "--no-table-headers"
    ).splitlines()
    return {int(row.split("\t")[1]): row.split("\t")[0] for row in rows if "\t" in row}


@story(
    "rmq4-operator-closes",
    "broker_admin_close",
    clients=TWO,
    group=2,
    note="rabbitmqctl close_connection with a reason",
)
def operator_closes(scene):
    clients = mixed(scene)
    for c in clients[3:]:
        c.cause = "healthy"
    known = pids(scene)
    for c in clients[:3]:
        scene.broker.control("close_connection", known[c.ports[-1]], "moved to another node")
    scene.at_random(2, *[lambda c=c: c.tell("close") for c in clients[3:]])
    scene.sleep(0.7)


@story(
    "rmq4-operator-closes-all",
    "broker_admin_close",
    clients=TWO,
    group=2,
    note="rabbitmqctl close_all_connections with a reason",
)
def operator_closes_all(scene):
    mixed(scene)
    scene.wait(0.3, 2)
    scene.broker.control("close_all_connections", "maintenance tonight")
    scene.wait(0.7, 1.5)


@story(
    "rmq4-missed-heartbeats",
    "broker_heartbeat_timeout",
    clients=TWO,
    group=2,
    note="clients frozen",
)
def missed_heartbeats(scene):
    clients = [scene.start(where=TWO[i % 2], heartbeat=h) for i, h in enumerate((2, 3, 5, 8))]
    for c in clients:
        c.opened()
    chatter(scene, clients)
    scene.at_random(5, *[c.freeze for c in clients])
    scene.sleep(26)


@story(
    "rmq4-missed-heartbeats-thawed",
    "broker_heartbeat_timeout",
    clients=TWO,
    group=2,
    note="clients frozen, thawed after the broker gave up",
)
def missed_heartbeats_thawed(scene):
    clients = [scene.start(where=TWO[i % 2], heartbeat=h) for i, h in enumerate((3, 4))]
    for c in clients:
        c.opened()
    scene.at_random(5, *[c.freeze for c in clients])
    scene.sleep(15)
    scene.at_random(3, *[c.thaw for c in clients])
    scene.sleep(1)


@story(
    "rmq4-missed-heartbeats-amqp10",
    "broker_heartbeat_timeout",
    clients=TWO,
    group=2,
    dirty=True,
    note="AMQP 1.0 clients frozen; the broker's heartbeat is 6 s",
)
def missed_heartbeats_10(scene):
    scene.broker.set(heartbeat=6)
    clients = scene.fleet(4, ("raw10", "proton"), beat=1.5, heartbeat=6)
    healthy = scene.fleet(2, ("raw10", "pika"), beat=1.5, heartbeat=6, cause="healthy")
    chatter(scene, clients + healthy)
    scene.at_random(5, *[c.freeze for c in clients])
    scene.sleep(26)
    scene.at_random(1, *[lambda c=c: c.tell("close") for c in healthy])
    scene.sleep(0.7)


@story(
    "rmq4-broker-frozen",
    "client_heartbeat_timeout",
    clients=TWO,
    group=2,
    dirty=True,
    note="the broker's process is frozen; clients give up",
)
def broker_frozen(scene):
    clients = [
        scene.start(k, TWO[i % 2], heartbeat=h, beat=h / 3)
        for i, (k, h) in enumerate((("pika", 3), ("raw10", 6), ("proton", 6), ("pika", 5)))
    ]
    for c in clients:
        c.opened()
    chatter(scene, clients)
    scene.broker.signal(signal.SIGSTOP)
    scene.sleep(27)
    scene.broker.signal(signal.SIGCONT)
    scene.sleep(1.5)


@story(
    "rmq4-broker-frozen-for-good",
    "client_heartbeat_timeout",
    clients=TWO,
    group=2,
    dirty=True,
    note="the broker's process is frozen and stays so",
)
def broker_frozen_for_good(scene):
    clients = scene.fleet(2, ("pika", "raw10"), heartbeat=4, beat=1.5)
    chatter(scene, clients)
    scene.broker.signal(signal.SIGSTOP)
    scene.sleep(20)


@story("rmq4-wrong-password", "auth_refused", clients=TWO, group=2)
def wrong_password(scene):
    for i, kind in enumerate(ALL * 2):
        scene.refused(
            "403|sasl|unauthorized|nauthorized|uthentication", kind, TWO[i % 2], password="other"
        )
        scene.wait(0.05, 1)
    scene.sleep(4.5)


@story(
    "rmq4-wrong-vhost", "auth_refused", clients=TWO, group=2, note="the virtual host does not exist"
)
def wrong_vhost(scene):
    for i, kind in enumerate(ALL * 2):
        scene.refused(
            "530|end of stream|reset|isconnected|losed", kind, TWO[i % 2], vhost="nowhere"
        )
        scene.wait(0.05, 1)
    scene.sleep(1)


@story(
    "rmq4-broker-killed",
    "broker_crash",
    clients=TWO,
    group=2,
    dirty=True,
    note="SIGKILL amid publishing",
)
def broker_killed(scene):
    clients = mixed(scene)
    scene.at_random(1.5, *[lambda c=c: c.tell("publish 3 500") for c in clients], scene.broker.kill)
    scene.wait(0.7, 1.5)


@story(
    "rmq4-broker-killed-idle",
    "broker_crash",
    clients=TWO,
    group=2,
    dirty=True,
    note="SIGKILL while clients are idle",
)
def broker_killed_idle(scene):
    mixed(scene, 4)
    scene.wait(5, 9)
    scene.broker.kill()
    scene.wait(1, 2)


@story(
    "rmq4-broker-killed-one-client",
    "broker_crash",
    clients=("c1",),
    group=2,
    dirty=True,
    note="SIGKILL, one idle client, heartbeats 10",
)
def broker_killed_one(scene):
    scene.connect(heartbeat=10)
    scene.wait(6, 14)
    scene.broker.kill()
    scene.wait(1, 2)


@story(
    "rmq4-consumer-timeout",
    "broker_admin_close",
    clients=TWO,
    group=5,
    dirty=True,
    unscored=True,
    note="channel.close 406 (consumer_timeout); the client then closes its connection",
)
def consumer_timeout(scene):
    scene.broker.set(consumer_timeout=4000, channel_tick_interval=1500)
    victims = [scene.connect(where=w, name="inbox-%d" % i) for i, w in enumerate(TWO)]
    for v in victims:
        v.tell("hold")
    scene.wait(0.4, 1)
    publisher = scene.connect(where="c1", name="publisher", cause="healthy")
    for i in range(2):
        scene.wait(0.1, 1.5)
        publisher.tell("publish 1 100 inbox-%d" % i)
    scene.sleep(9)
    scene.at_random(2, *[lambda c=c: c.tell("close") for c in victims + [publisher]])
    scene.sleep(1)


@story(
    "rmq4-consumer-timeout-then-killed",
    "broker_admin_close",
    clients=TWO,
    group=5,
    dirty=True,
    unscored=True,
    note="channel.close 406 (consumer_timeout); the client's process then ends",
)
def consumer_timeout_killed(scene):
    scene.broker.set(consumer_timeout=4000, channel_tick_interval=1500)
    victim = scene.connect(name="inbox")
    victim.tell("hold")
    scene.wait(0.4, 1)
    publisher = scene.connect(where="c2", name="publisher", cause="healthy")
    publisher.tell("publish 1 100 inbox")
    for _ in range(100):
        scene.sleep(0.1)
        if victim.lost:
            break
    scene.wait(0.05, 0.6)
    victim.kill()
    scene.wait(0.2, 1)
    publisher.tell("close")
    scene.sleep(0.7)


def limited(name, words, undo):
    @story(
        "rmq4-connection-limit-" + name,
        "broker_admin_close",
        clients=TWO,
        group=5,
        dirty=True,
        note="530: connection limit (%s)" % name,
    )
    def play(scene):
        words(scene)
        inside = scene.fleet(2, beat=9, cause="healthy")
        scene.wait(0.3, 1)
        for kind, where in (("pika", "c1"), ("raw10", "c2"), ("pika", "c2")):
            if kind == "raw10" and name == "node":  # RabbitMQ 4.0 lets it in
                inside.append(scene.connect(kind, where, cause="healthy", beat=9))
            else:
                scene.refused("530|closed|end of stream|reset|limit", kind, where)
            scene.wait(0.1, 1.5)
        scene.at_random(1.5, *[lambda c=c: c.tell("close") for c in inside])
        scene.sleep(0.7)
        undo(scene)


limited(
    "vhost",
    lambda s: s.broker.control("set_vhost_limits", '{"max-connections": 2}'),
    lambda s: s.broker.control("clear_vhost_limits"),
)
limited("node", lambda s: s.broker.set(connection_max=2), lambda s: None)


@story(
    "rmq4-handshake-timeout",
    "broker_handshake_timeout",
    clients=TWO,
    group=5,
    note="nothing after the protocol header; 10 s",
)
def handshake_timeout(scene):
    scene.start("tcp", "c1", send="414d515000000901")
    scene.wait(0.2, 2)
    scene.start("tcp", "c2", send="414d515003010000")
    scene.sleep(12)


@story(
    "rmq4-bad-protocol",
    "bad_protocol",
    clients=TWO,
    group=5,
    note="HTTP, an unknown AMQP version, MQTT",
)
def bad_protocol(scene):
    for i, send in enumerate(
        (
            b"GET / HTTP/1.1\r\nHost: broker\r\n\r\n".hex(),
            "414d515001010008",
            "100c00044d5154540402003c0000",
        )
    ):
        scene.start("tcp", TWO[i % 2], send=send)
        scene.wait(0.2, 1.5)
    scene.sleep(1)


@story("rmq4-killed-in-handshake", "client_crash_handshake", clients=TWO, group=5)
def killed_in_handshake(scene):
    clients = [
        scene.start("tcp", TWO[i % 2], send=s)
        for i, s in enumerate(("414d515000000901", "414d515003010000"))
    ]
    scene.wait(1, 2)
    scene.at_random(4, *[c.kill for c in clients])
    scene.sleep(0.7)
