"""Captures that begin late, heartbeats longer than a timer, and many ends side by side."""

from t4.stories.idle import DROP, REJECT, cut_by_proxy, last_words
from t4.story import story, tell

TWO, THREE = ("c1", "c2"), ("c1", "c2", "c3")

for proxy, idle, heartbeat, count in (
    ("haproxy", 8, 60, 4),
    ("nginx", 15, 60, 2),
    ("haproxy", 15, 60, 1),
    ("nginx", 8, 30, 4),
):

    def play(scene, proxy=proxy, idle=idle, heartbeat=heartbeat, count=count):
        getattr(scene, proxy)(idle)
        cut_by_proxy(scene, idle, count, heartbeat=heartbeat)

    tell(
        "%s-idle-%d-heartbeat-%d-x%d" % (proxy, idle, heartbeat, count),
        "proxy_idle_timeout",
        play,
        proxy=True,
        clients=TWO[: min(count, 2)],
        group=6,
        note="timer %d s, heartbeats of %d s come too seldom" % (idle, heartbeat),
    )

for proxy, idle, count in (("haproxy", 15, 4), ("nginx", 8, 1), ("haproxy", 30, 2)):

    def play(scene, proxy=proxy, idle=idle, count=count):
        getattr(scene, proxy)(idle)
        clients = scene.fleet(count, to="px")
        scene.wait(0.2, 2)
        scene.capture()
        last_words(scene, clients, min(idle * 0.6, 9))
        scene.sleep(idle)
        scene.wait(0.6, 1.5)

    tell(
        "late-%s-idle-%d-x%d" % (proxy, idle, count),
        "proxy_idle_timeout",
        play,
        proxy=True,
        clients=TWO[: min(count, 2)],
        group=6,
        late=True,
        note="the capture begins in mid-life; timer %d s" % idle,
    )

for name, unknown, cause in (
    ("reject", REJECT, "middlebox_idle_timeout"),
    ("drop", DROP, "middlebox_silent_drop"),
):

    def play(scene, unknown=unknown):
        scene.firewall(15, unknown)
        clients = scene.fleet(3)
        scene.wait(0.2, 2)
        scene.capture()
        last_words(scene, clients, 6)
        scene.sleep(15)
        scene.wait(0.6, 3)
        scene.at_random(4, *[lambda c=c: c.tell("publish 1 100") for c in clients])
        scene.sleep(5)

    tell(
        "late-firewall-%s-15-x3" % name,
        cause,
        play,
        clients=TWO,
        group=6,
        late=True,
        note="the capture begins in mid-life; the firewall forgets after 15 s",
    )


@story(
    "late-rmq4-client-killed",
    "client_crash",
    clients=TWO,
    group=6,
    late=True,
    note="the capture begins in mid-life",
)
def late_killed(scene):
    clients = scene.fleet(4, ("pika", "raw10"), beat=3, heartbeat=6)
    scene.wait(0.2, 2)
    scene.capture()
    scene.at_random(12, *[c.kill for c in clients])
    scene.sleep(0.8)


@story(
    "late-rmq4-missed-heartbeats",
    "broker_heartbeat_timeout",
    clients=TWO,
    group=6,
    late=True,
    note="the capture begins in mid-life; clients frozen",
)
def late_missed(scene):
    clients = [scene.connect(where=TWO[i % 2], heartbeat=h) for i, h in enumerate((3, 4, 6))]
    scene.wait(0.2, 2)
    scene.capture()
    scene.wait(5, 8)
    scene.at_random(4, *[c.freeze for c in clients])
    scene.sleep(20)


for proxy in ("haproxy", "nginx"):

    def play(scene, proxy=proxy):
        getattr(scene, proxy)(8)
        cut = scene.fleet(4, to="px", cause="proxy_idle_timeout")
        behind = scene.fleet(
            3, ("pika", "raw10"), to="px", cause="client_crash", beat=2, heartbeat=4
        )
        direct = scene.fleet(
            3, ("pika", "raw10", "proton"), where=("c3", "c1", "c2"), beat=9, cause="client_crash"
        )
        frozen = scene.connect(where="c3", heartbeat=3, cause="broker_heartbeat_timeout")
        closing = scene.fleet(3, ("pika", "raw10", "proton"), beat=9, cause="healthy")
        last_words(scene, cut, 5)
        scene.at_random(
            11,
            *[c.kill for c in behind + direct],
            frozen.freeze,
            *[lambda c=c: c.tell("close") for c in closing]
        )
        scene.sleep(9)

    tell(
        "mixed-ends-" + proxy,
        "proxy_idle_timeout",
        play,
        proxy=True,
        clients=THREE,
        group=6,
        note="ends of several kinds side by side; timer 8 s",
    )


@story(
    "host-ends-all-its-connections",
    "client_crash",
    clients=TWO,
    proxy=True,
    group=6,
    note="all clients of c1 end at one instant, behind HAProxy",
)
def host_ends(scene):
    scene.haproxy(60)
    clients = scene.fleet(6, to="px")
    for c in clients:
        if c.where == "c2":
            c.cause = "healthy"
    last_words(scene, clients, 7)
    scene.wait(0.5, 5)
    for c in clients:
        if c.where == "c1":
            c.kill()
    scene.wait(0.5, 3)
    scene.at_random(2, *[lambda c=c: c.tell("close") for c in clients if c.where == "c2"])
    scene.sleep(0.7)


@story(
    "broker-restart-clients-reconnect",
    "broker_crash",
    clients=TWO,
    group=6,
    dirty=True,
    note="SIGKILL, refused attempts, later the broker is back",
)
def restart(scene):
    scene.fleet(3, ("pika", "raw10"), beat=9)
    scene.wait(1, 4)
    scene.broker.kill()
    scene.wait(0.3, 1)
    for i in range(3):
        scene.refused("", ("pika", "raw10")[i % 2], TWO[i % 2], cause="refused")
        scene.wait(0.3, 1.5)
    scene.broker.ensure()
    later = scene.fleet(2, ("pika", "raw10"), cause="healthy", beat=9)
    scene.at_random(3, *[lambda c=c: c.tell("close") for c in later])
    scene.sleep(0.7)


for proxy, idle, count in (("haproxy", 60, 4), ("nginx", 60, 2), ("haproxy", 45, 1)):

    def play(scene, proxy=proxy, idle=idle, count=count):
        getattr(scene, proxy)(idle)
        cut_by_proxy(scene, idle, count)

    tell(
        "%s-idle-%d-x%d" % (proxy, idle, count),
        "proxy_idle_timeout",
        play,
        proxy=True,
        clients=TWO[: min(count, 2)],
        group=6,
        note="timer %d s" % idle,
    )


def kill_or_cut(client):
    """A busy client's end: by hand, if the proxy's timer did not come first."""
    if client.lost:
        client.cause = "proxy_idle_timeout"
    else:
        client.cause = "client_crash"
        client.kill()


for proxy in ("haproxy", "nginx"):

    def play(scene, proxy=proxy):
        getattr(scene, proxy)(20)
        silent = scene.fleet(8, to="px")
        beating = scene.fleet(8, to="px", heartbeat=8)
        busy = scene.fleet(8, to="px")
        talk = [lambda c=c: c.tell("publish 1 100") for c in busy for _ in range(7)]
        talk += [lambda c=c: c.tell("publish 1 100") for c in beating for _ in range(2)]
        last_words(scene, silent, 12)
        scene.at_random(50, *talk, *[lambda c=c: kill_or_cut(c) for c in beating + busy])
        scene.sleep(1)

    tell(
        "scale-%s-20-x24" % proxy,
        "proxy_idle_timeout",
        play,
        proxy=True,
        clients=THREE,
        group=6,
        note="24 connections: eight silent ones are cut by the timer of 20 s, sixteen are killed at random",
    )

    def killed(scene, proxy=proxy):
        getattr(scene, proxy)(90)
        clients = scene.fleet(12, to="px")
        last_words(scene, clients, 10)
        scene.at_random(65, *[c.kill for c in clients])
        scene.sleep(1)

    tell(
        "scale-%s-killed-x12" % proxy,
        "client_crash",
        killed,
        proxy=True,
        clients=THREE,
        group=6,
        note="twelve silent clients are killed at random within 65 s",
    )


@story(
    "scale-killed-x12",
    "client_crash",
    clients=THREE,
    group=6,
    note="twelve silent clients, no proxy, are killed at random within 50 s",
)
def scale_killed(scene):
    clients = scene.fleet(12, ("pika", "pika", "raw10"), beat=9)
    last_words(scene, clients, 10)
    scene.at_random(50, *[c.kill for c in clients])
    scene.sleep(1)
