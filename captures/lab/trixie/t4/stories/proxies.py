"""What a proxy passes on, and what ends it."""

import os
import signal

from t4.stories.idle import last_words
from t4.story import story, tell

TWO = ("c1", "c2")
MIX = ("pika", "raw10")


def fleet(scene, count=4, kinds=MIX, **options):
    options.setdefault("beat", 9)
    clients = scene.fleet(count, kinds, to="px", **options)
    last_words(scene, clients, 2.5)
    return clients


for proxy in ("haproxy", "nginx"):

    def killed(scene, proxy=proxy):
        getattr(scene, proxy)(60)
        clients = fleet(scene, 6)
        scene.at_random(12, *[c.kill for c in clients])
        scene.sleep(1)

    tell(
        proxy + "-clients-killed",
        "client_crash",
        killed,
        proxy=True,
        clients=TWO,
        group=4,
        note="killed at random behind the proxy",
    )

    def killed_or_cut(scene, proxy=proxy):
        getattr(scene, proxy)(8)
        clients = fleet(scene, 8, ("pika",))
        for c in clients[4:]:
            c.cause = "client_crash"
        scene.at_random(7, *[c.kill for c in clients[4:]])
        scene.sleep(9)

    tell(
        proxy + "-cut-8-and-killed",
        "proxy_idle_timeout",
        killed_or_cut,
        proxy=True,
        clients=TWO,
        group=4,
        note="four are cut by the timer, four killed",
    )

    def closed(scene, proxy=proxy):
        getattr(scene, proxy)(30)
        clients = fleet(scene)
        scene.at_random(4, *[lambda c=c: c.tell("close") for c in clients])
        scene.sleep(1)

    tell(proxy + "-normal-close", "healthy", closed, proxy=True, clients=TWO, group=4)

    def proxy_killed(scene, proxy=proxy):
        process = getattr(scene, proxy)(30)
        fleet(scene)
        scene.wait(1, 9)
        os.killpg(process.pid, signal.SIGKILL)
        scene.wait(1, 2)

    tell(
        proxy + "-killed",
        "proxy_crash",
        proxy_killed,
        proxy=True,
        clients=TWO,
        group=4,
        note="SIGKILL to the proxy",
    )

    def frozen_client(scene, proxy=proxy):
        getattr(scene, proxy)(60)
        clients = [scene.start("pika", TWO[i % 2], "px", heartbeat=h) for i, h in enumerate((3, 4))]
        for c in clients:
            c.opened()
        scene.at_random(4, *[c.freeze for c in clients])
        scene.sleep(15)

    tell(
        proxy + "-client-frozen",
        "broker_heartbeat_timeout",
        frozen_client,
        proxy=True,
        clients=TWO,
        group=4,
        note="the client behind the proxy hangs",
    )

    def broker_killed(scene, proxy=proxy):
        getattr(scene, proxy)(60)
        fleet(scene)
        scene.wait(1, 5)
        scene.broker.kill()
        scene.wait(0.7, 1.5)

    tell(
        proxy + "-broker-killed",
        "broker_crash",
        broker_killed,
        proxy=True,
        clients=TWO,
        group=4,
        dirty=True,
        note="the proxy passes the broker's death on",
    )


@story(
    "haproxy-reloaded-hard-stop",
    "proxy_crash",
    proxy=True,
    clients=TWO,
    group=4,
    note="SIGUSR2 to the master, hard-stop-after 4s: the old worker ends its connections",
)
def haproxy_reloaded(scene):
    process = scene.haproxy(60, globals="  hard-stop-after 4s", extra=("-W",))
    fleet(scene)
    scene.wait(1, 4)
    process.send_signal(signal.SIGUSR2)
    scene.sleep(7)


@story(
    "haproxy-reloaded-softly",
    "healthy",
    proxy=True,
    clients=TWO,
    group=4,
    note="SIGUSR2 to the master: the old worker keeps its connections",
)
def haproxy_reloaded_softly(scene):
    process = scene.haproxy(60, extra=("-W",))
    clients = fleet(scene)
    scene.wait(1, 4)
    process.send_signal(signal.SIGUSR2)
    scene.wait(3, 5)
    later = scene.connect("pika", "c1", "px")
    scene.at_random(3, *[lambda c=c: c.tell("close") for c in clients + [later]])
    scene.sleep(1)


@story(
    "haproxy-sigterm",
    "proxy_crash",
    proxy=True,
    clients=TWO,
    group=4,
    note="SIGTERM: HAProxy quits at once",
)
def haproxy_sigterm(scene):
    process = scene.haproxy(60)
    fleet(scene)
    scene.wait(1, 6)
    process.send_signal(signal.SIGTERM)
    scene.wait(1, 2)


@story(
    "nginx-reloaded",
    "proxy_crash",
    proxy=True,
    clients=TWO,
    group=4,
    note="SIGHUP, worker_shutdown_timeout 4s: the old worker ends its connections",
)
def nginx_reloaded(scene):
    process = scene.nginx(60, globals="worker_shutdown_timeout 4s;")
    fleet(scene)
    scene.wait(1, 4)
    process.send_signal(signal.SIGHUP)
    scene.sleep(7)


HEADER = "option tcp-check\n  tcp-check connect default\n  tcp-check send-binary %s\n  tcp-check expect binary %s"
CHECKS = {
    "connect": ("", "check inter 900ms"),
    "amqp": (HEADER % ("414d515000000901", "01000000"), "check inter 900ms"),
    "amqp10": (HEADER % ("414d515000010000", "414d5150"), "check inter 900ms"),
}
for name, (listen, options) in CHECKS.items():

    def play(scene, listen=listen, options=options):
        scene.haproxy(30, listen=listen, options=options)
        clients = [scene.connect(k, "c1", "px", cause="healthy", beat=9) for k in MIX]
        scene.sleep(5)
        scene.at_random(2, *[lambda c=c: c.tell("close") for c in clients])
        scene.sleep(1)

    tell(
        "haproxy-check-" + name,
        "health_probe",
        play,
        proxy=True,
        clients=("c1",),
        group=4,
        note="health checks: " + name,
    )


for name, listen in (("plain", ""), ("amqp", CHECKS["amqp"][0])):

    def play(scene, listen=listen):
        scene.haproxy(8, listen=listen, options="send-proxy-v2 check inter 900ms check-send-proxy")
        clients = [
            scene.connect("pika", TWO[i % 2], "px", cause=c)
            for i, c in enumerate(
                ("healthy", "proxy_idle_timeout", "client_crash", "proxy_idle_timeout")
            )
        ]
        last_words(scene, clients, 3)
        scene.at_random(4, lambda: clients[0].tell("close"), clients[2].kill)
        scene.sleep(8.5)

    tell(
        "haproxy-check-send-proxy-" + name,
        "health_probe",
        play,
        proxy=True,
        clients=TWO,
        group=4,
        settings="proxy_protocol = true\n",
        note="PROXY protocol, checks with it too",
    )


@story(
    "haproxy-proxy-header-unexpected",
    "bad_protocol",
    proxy=True,
    clients=TWO,
    group=4,
    note="HAProxy sends a PROXY header, the broker does not expect one",
)
def proxy_header_unexpected(scene):
    scene.haproxy(30, options="send-proxy-v2")
    for i in range(3):
        scene.refused("", "pika", TWO[i % 2], "px")
        scene.wait(0.1, 1)
    scene.sleep(0.7)


@story(
    "rmq4-proxy-header-missing",
    "bad_protocol",
    clients=TWO,
    group=4,
    settings="proxy_protocol = true\n",
    note="the broker expects a PROXY header, the client sends none",
)
def proxy_header_missing(scene):
    for i in range(3):
        scene.refused("", ("pika", "raw10")[i % 2], TWO[i % 2])
        scene.wait(0.1, 1)
    scene.sleep(0.7)


@story(
    "haproxy-proxy-protocol-idle-15-x4",
    "proxy_idle_timeout",
    clients=TWO,
    proxy=True,
    group=1,
    settings="proxy_protocol = true\n",
    note="PROXY protocol, timers 15 s",
)
def proxy_protocol_idle(scene):
    scene.haproxy(15, options="send-proxy-v2")
    clients = scene.fleet(4, to="px")
    last_words(scene, clients, 10)
    scene.sleep(16)
