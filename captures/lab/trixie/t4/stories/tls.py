"""The TLS listener, port 5671."""

import signal

from t4.stories.idle import REJECT, last_words, speak_after
from t4.story import story, tell

TWO = ("c1", "c2")


def fleet(scene, count=4, kinds=("pika", "raw10"), **options):
    options.setdefault("beat", 9)
    clients = scene.fleet(count, kinds, tls="trust", **options)
    last_words(scene, clients, 2.5)
    return clients


@story("tls-normal-close", "healthy", clients=TWO, group=3)
def normal_close(scene):
    clients = fleet(scene)
    scene.at_random(4, *[lambda c=c: c.tell("close") for c in clients])
    scene.sleep(1)


@story("tls-client-killed", "client_crash", clients=TWO, group=3)
def client_killed(scene):
    clients = fleet(scene)
    scene.at_random(7, *[c.kill for c in clients])
    scene.sleep(1)


for proxy, idle, count in (("haproxy", 8, 1), ("haproxy", 15, 4), ("nginx", 8, 4)):

    def play(scene, proxy=proxy, idle=idle, count=count):
        getattr(scene, proxy)(idle)
        clients = scene.fleet(count, ("pika",), to="px", tls="trust")
        last_words(scene, clients, idle * 0.7)
        scene.sleep(idle)
        scene.wait(0.5, 1.5)

    tell(
        "tls-%s-idle-%d-x%d" % (proxy, idle, count),
        "proxy_idle_timeout",
        play,
        proxy=True,
        clients=TWO[: 1 if count == 1 else 2],
        group=3,
        note="TLS passed through, timer %d s" % idle,
    )


@story("tls-haproxy-client-killed", "client_crash", clients=TWO, proxy=True, group=3)
def haproxy_client_killed(scene):
    scene.haproxy(60)
    clients = fleet(scene, to="px")
    scene.at_random(9, *[c.kill for c in clients])
    scene.sleep(1)


@story(
    "tls-haproxy-heartbeats-8",
    "healthy",
    clients=TWO,
    proxy=True,
    group=3,
    note="heartbeats keep the path alive",
)
def haproxy_heartbeats(scene):
    scene.haproxy(8)
    clients = scene.fleet(2, ("pika",), to="px", tls="trust", heartbeat=4)
    scene.sleep(17)
    scene.at_random(2, *[lambda c=c: c.tell("close") for c in clients])
    scene.sleep(0.7)


@story(
    "tls-firewall-reject-15-x2",
    "middlebox_idle_timeout",
    clients=TWO,
    group=3,
    note="the firewall forgets after 15 s",
)
def firewall(scene):
    scene.firewall(15, REJECT)
    speak_after(scene, 15, scene.fleet(2, tls="trust"))


@story(
    "tls-missed-heartbeats", "broker_heartbeat_timeout", clients=TWO, group=3, note="clients frozen"
)
def missed_heartbeats(scene):
    clients = [
        scene.start(where=TWO[i % 2], tls="trust", heartbeat=h) for i, h in enumerate((2, 4, 6))
    ]
    for c in clients:
        c.opened()
    last_words(scene, clients, 3)
    scene.at_random(5, *[c.freeze for c in clients])
    scene.sleep(21)


@story(
    "tls-broker-frozen",
    "client_heartbeat_timeout",
    clients=TWO,
    group=3,
    dirty=True,
    note="the broker's process is frozen; clients give up",
)
def broker_frozen(scene):
    clients = scene.fleet(2, tls="trust", heartbeat=4)
    last_words(scene, clients, 2)
    scene.broker.signal(signal.SIGSTOP)
    scene.sleep(19)
    scene.broker.signal(signal.SIGCONT)
    scene.sleep(1)


@story("tls-broker-stop", "broker_shutdown", clients=TWO, group=3, dirty=True)
def broker_stop(scene):
    fleet(scene)
    scene.wait(0.2, 1)
    scene.broker.control("stop_app")
    scene.wait(1, 2)


@story("tls-broker-killed", "broker_crash", clients=TWO, group=3, dirty=True)
def broker_killed(scene):
    fleet(scene)
    scene.wait(1, 4)
    scene.broker.kill()
    scene.wait(0.7, 1.5)


@story("tls-operator-closes-all", "broker_admin_close", clients=TWO, group=3)
def operator_closes(scene):
    fleet(scene)
    scene.wait(0.2, 1)
    scene.broker.control("close_all_connections", "maintenance tonight")
    scene.wait(1, 2)


@story("tls-wrong-password", "auth_refused", clients=TWO, group=3)
def wrong_password(scene):
    for i, kind in enumerate(("pika", "raw10", "pika")):
        scene.refused("403|sasl|uthentication", kind, TWO[i % 2], tls="trust", password="other")
        scene.wait(0.1, 1)
    scene.sleep(1)


@story(
    "tls-plain-to-tls-port",
    "bad_protocol",
    clients=TWO,
    group=3,
    note="AMQP without TLS to port 5671",
)
def plain_to_tls(scene):
    for i, kind in enumerate(("pika", "raw10", "proton", "pika")):
        scene.refused("", kind, TWO[i % 2], port=5671)
        scene.wait(0.1, 1)
    scene.sleep(0.7)


@story("tls-to-plain-port", "bad_protocol", clients=TWO, group=3, note="TLS to port 5672")
def tls_to_plain(scene):
    for i, kind in enumerate(("pika", "raw10", "pika")):
        scene.refused("SSL|WRONG|record|EOF|reset", kind, TWO[i % 2], port=5672, tls="trust")
        scene.wait(0.1, 1)
    scene.sleep(0.7)


@story(
    "tls-certificate-refused-by-client",
    "client_abort_handshake",
    clients=TWO,
    group=3,
    unscored=True,
    note="the client does not trust the broker's certificate: alert unknown_ca",
)
def certificate_refused(scene):
    for i, kind in enumerate(("pika", "raw10", "pika")):
        scene.refused("CERTIFICATE_VERIFY_FAILED", kind, TWO[i % 2], tls="distrust")
        scene.wait(0.1, 1)
    scene.sleep(0.7)


@story(
    "tls-certificate-required",
    "auth_refused",
    clients=TWO,
    group=3,
    unscored=True,
    settings="ssl_options.verify = verify_peer\nssl_options.fail_if_no_peer_cert = true\n",
    note="the broker requires a certificate that the client does not have: alert of the broker",
)
def certificate_required(scene):
    for i, kind in enumerate(("pika", "raw10", "pika")):
        scene.refused("", kind, TWO[i % 2], tls="trust")
        scene.wait(0.1, 1)
    scene.sleep(0.7)
