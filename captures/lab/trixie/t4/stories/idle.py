"""Idle connections that a proxy or a firewall ends, and the same with heartbeats, which live."""

from t4.story import story, tell

THREE = ("c1", "c2", "c3")
REJECT, DROP = "reject with tcp reset", "drop"


def hosts(count):
    return THREE[: min(count, 3)] if count != 4 else THREE[:2]


def last_words(scene, clients, span):
    """Each client speaks a last time at a moment of its own."""
    scene.at_random(
        span, *[lambda c=c: c.tell("publish %d 100" % scene.random.randint(1, 3)) for c in clients]
    )


def cut_by_proxy(scene, idle, count, kinds=("pika",), **options):
    clients = scene.fleet(count, kinds, to="px", **options)
    last_words(scene, clients, min(idle * 0.8, 12))
    scene.sleep(idle)
    scene.wait(0.5, 1.5)
    return clients


def survivors(scene, idle, cut, live, kinds=("pika",)):
    """Some have heartbeats off and are cut, their twins have them on and live."""
    twins = scene.fleet(
        live, kinds, to="px", heartbeat=max(2, idle // 3), beat=idle / 3, cause="healthy"
    )
    if cut:
        cut_by_proxy(scene, idle, cut)
    else:
        scene.sleep(idle * 2.2)
    scene.at_random(2, *[lambda c=c: c.tell("close") for c in twins[::2]])
    scene.sleep(0.5)


def proxied(name, play, count, **options):
    tell(
        name,
        options.pop("cause", "proxy_idle_timeout"),
        play,
        proxy=True,
        clients=hosts(count),
        **options
    )


for idle, count in ((8, 1), (15, 4), (5, 4), (8, 12), (30, 1), (30, 4), (5, 1), (15, 1), (30, 12)):

    def play(scene, idle=idle, count=count):
        scene.haproxy(idle)
        cut_by_proxy(scene, idle, count)

    proxied(
        "haproxy-idle-%d-x%d" % (idle, count),
        play,
        count,
        note="timeout client and server %d s" % idle,
    )

for idle, count in ((15, 1), (5, 4), (8, 4), (30, 4), (15, 12), (30, 1)):

    def play(scene, idle=idle, count=count):
        scene.nginx(idle)
        cut_by_proxy(scene, idle, count)

    proxied("nginx-idle-%d-x%d" % (idle, count), play, count, note="proxy_timeout %d s" % idle)

for name, client, server, count in (
    ("client", 8, 60, 4),
    ("server", 60, 6, 4),
    ("client", 15, 17, 1),
):

    def play(scene, client=client, server=server, count=count):
        scene.haproxy(client, server)
        cut_by_proxy(scene, min(client, server), count)

    note = "timeout client %d s, timeout server %d s" % (client, server)
    proxied("haproxy-%s-timer-%d-x%d" % (name, min(client, server), count), play, count, note=note)

for proxy, idle, count in (("haproxy", 8, 4), ("haproxy", 15, 1), ("nginx", 8, 4)):

    def play(scene, proxy=proxy, idle=idle, count=count):
        getattr(scene, proxy)(idle)
        cut_by_proxy(scene, idle, count, ("raw10", "pika") if count > 1 else ("raw10",))

    proxied(
        "%s-idle-amqp10-%d-x%d" % (proxy, idle, count),
        play,
        count,
        note="AMQP 1.0 without idle time-out",
    )

for proxy, idle, cut, live in (
    ("haproxy", 8, 2, 2),
    ("nginx", 15, 2, 2),
    ("haproxy", 5, 0, 4),
    ("nginx", 8, 0, 2),
    ("haproxy", 30, 2, 2),
):

    def play(scene, proxy=proxy, idle=idle, cut=cut, live=live):
        getattr(scene, proxy)(idle)
        survivors(scene, idle, cut, live, ("pika", "raw10") if live > 2 else ("pika",))

    proxied(
        "%s-heartbeats-%d-cut%d-live%d" % (proxy, idle, cut, live),
        play,
        4,
        cause="proxy_idle_timeout" if cut else "healthy",
        note="twins with heartbeats live on",
    )


def speak_after(scene, timer, clients, span=5):
    """Silence until the firewall has forgotten; then the clients speak, each at its moment."""
    last_words(scene, clients, min(timer * 0.6, 9))
    scene.sleep(timer)
    scene.wait(0.6, 2.5)
    scene.at_random(span, *[lambda c=c: c.tell("publish 1 100") for c in clients])
    scene.sleep(1)


for timer, count in ((8, 1), (15, 4), (30, 1), (8, 4), (30, 4), (15, 1), (75, 1), (75, 4)):

    def play(scene, timer=timer, count=count):
        scene.firewall(timer, REJECT)
        speak_after(scene, timer, scene.fleet(count))

    tell(
        "firewall-reject-%d-x%d" % (timer, count),
        "middlebox_idle_timeout",
        play,
        clients=hosts(count),
        note="the firewall forgets after %d s and rejects what it does not know" % timer,
    )

for timer, count in ((8, 1), (15, 4), (75, 2)):

    def play(scene, timer=timer, count=count):
        scene.firewall(timer, DROP)
        speak_after(scene, timer, scene.fleet(count))
        scene.sleep(9)

    tell(
        "firewall-drop-%d-x%d" % (timer, count),
        "middlebox_silent_drop",
        play,
        clients=hosts(count),
        note="the firewall forgets after %d s and drops what it does not know" % timer,
    )

for timer in (8, 30):

    def play(scene, timer=timer):
        scene.firewall(timer, REJECT)
        consumers = [
            scene.connect(where=w, name="inbox-%d" % i) for i, w in enumerate(("c1", "c2"))
        ]
        for consumer in consumers:
            consumer.tell("consume")
        scene.wait(0.3, 1)
        last_words(scene, consumers, 4)
        scene.sleep(timer)
        scene.wait(0.5, 3)
        publisher = scene.connect(where="c2", name="publisher", cause="healthy")
        for i in range(2):
            scene.wait(0.1, 2)
            publisher.tell("publish 1 200 inbox-%d" % i)
        scene.wait(0.5, 2)
        publisher.tell("close")
        scene.sleep(1)

    tell(
        "firewall-reject-%d-broker-speaks" % timer,
        "middlebox_idle_timeout",
        play,
        clients=("c1", "c2"),
        note="the broker speaks first after the silence",
    )

for timer, heartbeat, name in ((8, 30, "long"), (15, 6, "short")):

    def play(scene, timer=timer, heartbeat=heartbeat, name=name):
        scene.firewall(timer, REJECT)
        clients = scene.fleet(2, heartbeat=heartbeat, cause="healthy" if name == "short" else None)
        last_words(scene, clients, 2)
        scene.sleep(heartbeat / 2 + 4 if name == "long" else timer * 1.6)
        if name == "short":
            scene.at_random(2, *[lambda c=c: c.tell("close") for c in clients])
        scene.sleep(1)

    tell(
        "firewall-%d-heartbeats-%d" % (timer, heartbeat),
        "healthy" if name == "short" else "middlebox_idle_timeout",
        play,
        clients=("c1", "c2"),
        note="heartbeats %s than the firewall's timer"
        % ("shorter" if name == "short" else "longer"),
    )


@story(
    "firewall-drop-8-heartbeats-20",
    "middlebox_silent_drop",
    clients=("c1", "c2"),
    note="heartbeats longer than the firewall's timer, silent drop: both ends miss heartbeats",
)
def drop_with_heartbeats(scene):
    scene.firewall(8, DROP)
    last_words(scene, scene.fleet(2, heartbeat=20), 2)
    scene.sleep(66)
