"""Silent connections through a proxy: cut by its timer, its end, or a client's death behind it.

Heartbeats are off where a connection is to be silent. Whatever dies does so at a random moment,
to the millisecond: only timers end connections after a round silence.
"""

import random

from rstlab.broker import TLS
from rstlab.proxies import haproxy, nginx, reload_haproxy
from rstlab.story import story
from rstlab.topologies import proxied, routed

EVERYWHERE = {"broker": "pcap", "client": "pcap", "middle": "any"}
CUT = "proxy_idle_timeout"


def comers(scene, count, gap_s=1.0, to="px", **options):
    """Clients that come at random moments; half of them talk a little before they fall silent."""
    came = []
    for number in range(count):
        software = "amqplib" if number % 4 == 3 else "pika"
        client = scene.connect("c2" if number % 3 == 2 else "c1", software, to=to, **options)
        came.append(client)
        scene.at_random(0, gap_s)
        if number % 2:
            client.tell("publish %d %d" % (random.randint(1, 4), random.randint(20, 900)))
    return came


def survivor(scene, software="pika", heartbeat=4):
    """A connection whose heartbeats keep it alive to the end of the recording."""
    return scene.connect("c1", software, to="px", heartbeat=heartbeat, cause="healthy")


def idle(scene, proxy, seconds, count, gap_s=1.0, survivors=True, **options):
    """The timer of `proxy` cuts `count` silent connections, each in its time."""
    proxy(scene, scene.directory, idle="%ds" % seconds)
    if survivors:
        survivor(scene)
    comers(scene, count, gap_s, heartbeat=0, **options)
    scene.sleep(seconds + 1.2)


@story("haproxy-timer-one", CUT, proxied, EVERYWHERE)
def haproxy_one(scene):
    """HAProxy's timeout of 5 s ends the only connection."""
    idle(scene, haproxy, 5, 1, survivors=False)


@story("haproxy-timer-one-later", CUT, proxied, EVERYWHERE, late=True)
def haproxy_one_late(scene):
    """The same with a timeout of 15 s, recorded from the middle of the silence on."""
    haproxy(scene, scene.directory, idle="15s")
    comers(scene, 1, heartbeat=0)
    scene.at_random(2, 6)
    scene.recording.start()
    scene.sleep(15)


@story("haproxy-timer-eight", CUT, proxied, EVERYWHERE)
def haproxy_eight(scene):
    """HAProxy's timeout of 8 s ends eight connections at different moments; heartbeats save one."""
    idle(scene, haproxy, 8, 8)


@story("haproxy-timer-twelve", CUT, proxied, EVERYWHERE, limit_s=60)
def haproxy_twelve(scene):
    """The same with twelve connections and 15 s."""
    idle(scene, haproxy, 15, 12, 0.8)


@story("haproxy-timer-long", CUT, proxied, EVERYWHERE, limit_s=70)
def haproxy_long(scene):
    """The same with three connections and 30 s."""
    idle(scene, haproxy, 30, 3, 4)


@story("haproxy-timer-minute", CUT, proxied, EVERYWHERE, limit_s=120)
def haproxy_minute(scene):
    """The same with four connections and 60 s."""
    idle(scene, haproxy, 60, 4, 6)


@story("nginx-timer-minute", CUT, proxied, EVERYWHERE, limit_s=120)
def nginx_minute(scene):
    """The same with nginx and three connections."""
    idle(scene, nginx, 60, 3, 6)


@story("haproxy-timer-heartbeat-too-long", CUT, proxied, EVERYWHERE)
def haproxy_heartbeat_too_long(scene):
    """Heartbeats of 60 s do not save connections from a timeout of 8 s; of 4 s they do."""
    haproxy(scene, scene.directory, idle="8s")
    survivor(scene, "amqplib")
    comers(scene, 4, heartbeat=60)
    scene.sleep(9.2)


@story("haproxy-timer-late", CUT, proxied, EVERYWHERE, late=True)
def haproxy_late(scene):
    """Timeout of 8 s; the recording begins when the connections have long been open."""
    haproxy(scene, scene.directory, idle="8s")
    survivor(scene)
    silent = comers(scene, 5, 0.6, heartbeat=0)
    scene.recording.start()
    for client in silent[1::2]:
        scene.at_random(0.2, 1)
        client.tell("publish 2 300")
    scene.sleep(9.2)


@story("haproxy-timer-late-silent", CUT, proxied, EVERYWHERE, late=True)
def haproxy_late_silent(scene):
    """The same, and no packet is seen before the end."""
    haproxy(scene, scene.directory, idle="8s")
    comers(scene, 4, 0.8, heartbeat=0)
    scene.at_random(1, 3)
    scene.recording.start()
    scene.sleep(9)


@story("haproxy-client-timer", CUT, proxied, EVERYWHERE)
def haproxy_client_timer(scene):
    """Only `timeout client` is short, 5 s: consumers that get nothing more, and publishers."""
    haproxy(scene, scene.directory, idle="5s", server_idle="60s")
    survivor(scene, heartbeat=2)
    comers(scene, 2, heartbeat=0)
    consumer = scene.consumer("c1", to="px", heartbeat=0)
    scene.at_random(0.5, 1.5)
    consumer.tell("publish 2 100")
    scene.sleep(6.2)


@story("haproxy-server-timer", CUT, proxied, EVERYWHERE)
def haproxy_server_timer(scene):
    """Only `timeout server` is short, 5 s."""
    haproxy(scene, scene.directory, idle="60s", server_idle="5s")
    survivor(scene, heartbeat=2)
    comers(scene, 4, heartbeat=0)
    scene.sleep(6.2)


@story("haproxy-timer-batch", CUT, proxied, EVERYWHERE)
def haproxy_batch(scene):
    """Twelve connections of one application fall silent at one moment: 8 s later all are cut."""
    haproxy(scene, scene.directory, idle="8s")
    application = scene.connect("c1", "amqplib", to="px", heartbeat=0, connections=12)
    scene.at_random(0.5, 1.5)
    application.tell("publish 1 200")
    scene.sleep(9.2)


@story(
    "haproxy-timer-proxy-protocol",
    CUT,
    proxied,
    EVERYWHERE,
    broker_settings="proxy_protocol = true\n",
)
def haproxy_proxy_protocol(scene):
    """Timeout of 8 s, and the broker is told the real clients (PROXY protocol v2)."""
    haproxy(scene, scene.directory, idle="8s", server_options="send-proxy-v2")
    survivor(scene)
    comers(scene, 5, heartbeat=0)
    scene.sleep(9.2)


@story("nginx-timer-one", CUT, proxied, EVERYWHERE)
def nginx_one(scene):
    """nginx's proxy_timeout of 5 s ends the only connection."""
    idle(scene, nginx, 5, 1, survivors=False)


@story("nginx-timer-eight", CUT, proxied, EVERYWHERE)
def nginx_eight(scene):
    """proxy_timeout of 8 s ends eight connections at different moments; heartbeats save one."""
    idle(scene, nginx, 8, 8)


@story("nginx-timer-four", CUT, proxied, EVERYWHERE, limit_s=60)
def nginx_four(scene):
    """The same with four connections and 15 s."""
    idle(scene, nginx, 15, 4, 2)


@story("nginx-timer-long", CUT, proxied, EVERYWHERE, limit_s=70)
def nginx_long(scene):
    """The same with two connections and 30 s."""
    idle(scene, nginx, 30, 2, 4)


@story("nginx-timer-late", CUT, proxied, EVERYWHERE, late=True)
def nginx_late(scene):
    """proxy_timeout of 8 s; the recording begins in mid-life."""
    nginx(scene, scene.directory, idle="8s")
    survivor(scene)
    silent = comers(scene, 3, 0.6, heartbeat=0)
    scene.recording.start()
    silent[1].tell("publish 1 80")
    scene.sleep(9.2)


@story(
    "haproxy-consumer-stopped-reading",
    CUT,
    proxied,
    EVERYWHERE,
    note="the client's process was stopped (SIGSTOP) and read nothing of what was delivered",
)
def stopped_reading(scene):
    """A consumer stops reading; `timeout client` of 5 s runs out over what it does not take."""
    with scene.small_buffers("c1", "px", "broker"):
        haproxy(scene, scene.directory, idle="5s", server_idle="60s")
        consumer = scene.consumer("c1", to="px", heartbeat=0)
        consumer.freeze()
        scene.deliver(60, 1000, where="c2", to="px")
        scene.sleep(9)


def end_at_random(scene, clients, first_s, last_s, cause="client_crash"):
    """Kills each client at a moment of its own."""
    for client in clients:
        scene.label(client, cause)
    scene.timetable([(random.uniform(first_s, last_s), client.kill) for client in clients])
    scene.sleep(0.6)


@story("clients-killed-behind-haproxy", "client_crash", proxied, EVERYWHERE)
def killed_behind_haproxy(scene):
    """Clients behind HAProxy are killed after silences of their own; no timer runs out."""
    haproxy(scene, scene.directory, idle="60s")
    survivor(scene)
    end_at_random(scene, comers(scene, 6, heartbeat=0), 1, 12)


@story("clients-killed-behind-nginx", "client_crash", proxied, EVERYWHERE)
def killed_behind_nginx(scene):
    """The same behind nginx."""
    nginx(scene, scene.directory, idle="60s")
    end_at_random(scene, comers(scene, 4, heartbeat=0), 1, 9)


@story("one-client-killed-behind-haproxy", "client_crash", proxied, EVERYWHERE)
def one_killed_behind_haproxy(scene):
    """The only client behind HAProxy is killed after a silence."""
    haproxy(scene, scene.directory, idle="60s")
    end_at_random(scene, comers(scene, 1, heartbeat=0), 2, 9)


@story("haproxy-timer-and-kills", CUT, proxied, EVERYWHERE)
def timer_and_kills(scene):
    """Timeout of 8 s cuts four silent connections; three clients are killed before it does."""
    haproxy(scene, scene.directory, idle="8s")
    comers(scene, 4, 0.8, heartbeat=0)
    end_at_random(scene, comers(scene, 3, 0.3, heartbeat=0), 0.5, 6)
    scene.sleep(7)


@story("application-killed-behind-haproxy", "client_crash", proxied, EVERYWHERE)
def application_killed(scene):
    """An application with five connections is killed, others behind the proxy live on."""
    haproxy(scene, scene.directory, idle="60s")
    survivor(scene)
    application = scene.connect("c1", "amqplib", to="px", heartbeat=0, connections=5)
    comers(scene, 2, heartbeat=0, cause="healthy")
    end_at_random(scene, [application], 1, 6)


def direct(scene, count, first_s, last_s):
    end_at_random(scene, comers(scene, count, 0.8, to="broker", heartbeat=0), first_s, last_s)


@story("quiet-clients-killed", "client_crash", routed, {"broker": "pcap", "client": "pcap"})
def quiet_killed(scene):
    """No proxy: clients are killed one by one after long silences of their own."""
    direct(scene, 8, 2, 15)


@story("one-quiet-client-killed", "client_crash", routed, {"broker": "pcap", "client": "pcap"})
def one_quiet_killed(scene):
    """No proxy: the only client is killed after a silence."""
    direct(scene, 1, 3, 12)


@story(
    "quiet-clients-killed-late",
    "client_crash",
    routed,
    {"broker": "pcap", "client": "pcap"},
    late=True,
)
def quiet_killed_late(scene):
    """The same with four clients, recorded from mid-life on."""
    clients = comers(scene, 4, 0.8, to="broker", heartbeat=0)
    scene.recording.start()
    clients[1].tell("publish 1 200")
    end_at_random(scene, clients, 2, 10)


@story("batch-ends-one-by-one", "client_crash", routed, {"broker": "pcap", "client": "pcap"})
def batch(scene):
    """Eight clients fall silent at one moment and are killed one after the other."""
    clients = comers(scene, 8, 0.2, to="broker", heartbeat=0)
    scene.at_random(0.3, 0.9)
    for client in clients:
        client.order("publish 1 100")
    end_at_random(scene, clients, 3, 11)


@story("haproxy-reload-soft", "proxy_crash", proxied, EVERYWHERE)
def reload_soft(scene):
    """HAProxy is reloaded (-sf) and after hard-stop-after 2 s ends what the old process serves."""
    old = haproxy(scene, scene.directory, "60s", global_options="hard-stop-after 2s")
    comers(scene, 5, heartbeat=0)
    survivor(scene)
    for client in scene.clients:
        scene.label(client, "proxy_crash")
    scene.at_random(1, 4)
    reload_haproxy(scene, scene.directory, old, "-sf")
    scene.sleep(1)
    survivor(scene)
    scene.sleep(2.5)


@story("haproxy-reload-hard", "proxy_crash", proxied, EVERYWHERE)
def reload_hard(scene):
    """HAProxy is replaced at once (-st)."""
    old = haproxy(scene, scene.directory, "60s")
    comers(scene, 5, heartbeat=0)
    scene.at_random(1, 4)
    reload_haproxy(scene, scene.directory, old, "-st")
    scene.sleep(1)
    survivor(scene)
    scene.sleep(0.5)


@story("haproxy-killed-quiet", "proxy_crash", proxied, EVERYWHERE)
def killed_quiet(scene):
    """HAProxy is killed while its connections are silent."""
    process = haproxy(scene, scene.directory, "60s")
    comers(scene, 5, heartbeat=0)
    scene.at_random(1, 5)
    process.kill()
    scene.sleep(0.6)


@story("haproxy-killed-one", "proxy_crash", proxied, EVERYWHERE)
def killed_one(scene):
    """HAProxy is killed with one silent connection open."""
    process = haproxy(scene, scene.directory, "60s")
    comers(scene, 1, heartbeat=0)
    scene.at_random(2, 7)
    process.kill()
    scene.sleep(0.6)


@story("nginx-killed-quiet", "proxy_crash", proxied, EVERYWHERE)
def nginx_killed(scene):
    """nginx is killed while its connections are silent."""
    process = nginx(scene, scene.directory, "60s")
    comers(scene, 4, heartbeat=0)
    scene.at_random(1, 5)
    process.kill()
    scene.sleep(0.6)


SECRET = {"port": 5671, "tls": True}


@story("haproxy-timer-tls", CUT, proxied, EVERYWHERE, broker_settings=TLS)
def haproxy_tls(scene):
    """Timeout of 8 s on connections over TLS, which HAProxy passes on; heartbeats save one."""
    haproxy(scene, scene.directory, idle="8s", port=5671)
    scene.connect("c1", "amqplib", to="px", heartbeat=4, cause="healthy", **SECRET)
    comers(scene, 5, heartbeat=0, **SECRET)
    scene.sleep(9.2)


@story(
    "clients-killed-behind-haproxy-tls",
    "client_crash",
    proxied,
    EVERYWHERE,
    broker_settings=TLS,
)
def killed_behind_haproxy_tls(scene):
    """Clients behind HAProxy that speak TLS are killed after silences of their own."""
    haproxy(scene, scene.directory, idle="60s", port=5671)
    scene.connect("c1", "amqplib", to="px", heartbeat=4, cause="healthy", **SECRET)
    end_at_random(scene, comers(scene, 4, heartbeat=0, **SECRET), 1, 10)


@story(
    "quiet-clients-killed-tls",
    "client_crash",
    routed,
    {"broker": "pcap", "client": "pcap"},
    broker_settings=TLS,
)
def quiet_killed_tls(scene):
    """No proxy: clients that speak TLS are killed after long silences of their own."""
    clients = comers(scene, 5, 0.8, to="broker", heartbeat=0, **SECRET)
    end_at_random(scene, clients, 2, 12)


@story(
    "haproxy-timer-snap96",
    CUT,
    proxied,
    {"broker": "snap96", "client": "snap96"},
)
def haproxy_snap(scene):
    """Timeout of 5 s, recorded with 96 bytes of each packet."""
    idle(scene, haproxy, 5, 6, 0.8)


@story("quiet-clients-killed-ipv6", "client_crash", routed, {"broker": "pcap"}, family=6)
def quiet_killed_ipv6(scene):
    """No proxy, over IPv6: clients are killed after silences of their own."""
    direct(scene, 5, 2, 12)


@story(
    "quiet-clients-leave",
    "client_close_no_amqp",
    routed,
    {"broker": "pcap", "client": "pcap"},
)
def quiet_leave(scene):
    """No proxy: clients close their sockets after silences of their own, without AMQP's close."""
    clients = comers(scene, 5, 0.8, to="broker", heartbeat=0)
    deeds = [(random.uniform(2, 12), lambda c=c: c.tell("drop")) for c in clients]
    scene.timetable(deeds)
    scene.sleep(0.6)


@story("haproxy-reload-outlived", CUT, proxied, EVERYWHERE)
def reload_outlived(scene):
    """A reload (-sf) ends nothing: the old process serves on, and its timeout of 8 s still cuts."""
    old = haproxy(scene, scene.directory, idle="8s")
    survivor(scene, heartbeat=2)
    comers(scene, 3, heartbeat=0)
    scene.at_random(1, 3)
    reload_haproxy(scene, scene.directory, old, "-sf")
    scene.sleep(0.5)
    survivor(scene, "amqplib")
    scene.sleep(8.5)
