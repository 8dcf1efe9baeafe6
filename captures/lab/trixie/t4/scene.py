"""A scene: one story being played at a site, with what stories need to play it."""

import json
import os
import random
import signal
import subprocess
import threading
import time

from rstlab.processes import LabError, stop
from t4.site import Recorder

TRACK = """table ip fw {
  chain forward {
    type filter hook forward priority 0;
    ct state established,related accept
    tcp flags & (syn | ack) == syn accept
    meta l4proto tcp %s
  }
}"""
HAPROXY = """global
  log stdout format raw local0
%(globals)s
defaults
  mode tcp
  timeout connect 3s
  timeout client %(client)ss
  timeout server %(server)ss
listen amqp
  bind :5672
  %(listen)s
  server broker %(broker)s:5672 %(options)s
listen amqps
  bind :5671
  server broker %(broker)s:5671
"""
NGINX = """load_module /usr/lib/nginx/modules/ngx_stream_module.so;
user root;
daemon off;
worker_processes 1;
pid %(directory)s/nginx.pid;
error_log %(directory)s/nginx.log;
%(globals)s
events {}
stream {
  server { listen 5672; proxy_pass %(broker)s:5672; proxy_timeout %(idle)ss; %(options)s }
  server { listen 5671; proxy_pass %(broker)s:5671; proxy_timeout %(idle)ss; }
}
"""


class Client:
    """A client process. `cause`: what ends its connection, when it is not the story's."""

    def __init__(self, scene, where, kind, cause, options):
        self.scene, self.where, self.kind, self.cause, self.options = (
            scene,
            where,
            kind,
            cause,
            options,
        )
        self.name = options["name"]
        self.ports, self.state, self.lost, self.ended = [], None, None, False
        self._opened = threading.Event()
        self.process = scene.site.spawn(
            where,
            "nice",
            "-n",
            "2",
            "python3",
            "/lab/client.py",
            kind,
            json.dumps(options),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/lab"},
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            for line in self.process.stdout:
                told = json.loads(line)
                if "port" in told:
                    self.ports.append(told["port"])
                if "open" in told:
                    self.state = "open" if told["open"] else told["why"]
                    self._opened.set()
                if "lost" in told:
                    self.lost = told["lost"]
                    self.ended = True
        except ValueError:  # its pipe was closed as the scene ended
            pass
        self._opened.set()

    def opened(self, good=True, limit_s=25):
        if not self._opened.wait(limit_s) or (good and self.state != "open"):
            raise LabError("%s did not open: %s" % (self.name, self.state))
        return self

    def tell(self, order):
        if self.process.poll() is not None:
            return
        if order.split()[0].startswith(("close", "drop", "abort")):
            self.ended = True
        self.process.stdin.write(order.encode() + b"\n")
        self.process.stdin.flush()

    def kill(self):
        self.ended = True
        self.process.kill()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)


class Scene:
    def __init__(self, story, site, directory, cancelled):
        self.story, self.site, self.directory = story, site, directory
        self.broker, self.hosts = site.broker, site.hosts
        self.random = random.Random()
        self.clients, self.proxies = [], []
        self._cancelled = cancelled
        self._deadline = time.monotonic() + story.limit_s

    def record(self):
        """Witnesses everywhere, and the captures unless the story begins them late."""
        self.witnesses = [
            Recorder(
                None, host, "any", self.path(name + ".witness"), ("--time-stamp-precision=nano",)
            )
            for name, host in self.hosts.items()
        ]
        for recorder in self.witnesses:
            recorder.await_start()
        self.captures = []
        if not self.story.late:
            self.capture()

    def capture(self):
        """Captures at the broker, at the clients and at the proxy."""
        places = [("broker", "broker", "eth0")]
        places += [("client" + c[1:].replace("1", ""), c, "eth0") for c in self.story.clients]
        places += [("proxy", "px", "any")] if self.story.proxy else []
        self.captures = [
            Recorder(
                vantage,
                self.hosts[host],
                interface,
                self.path("%s.%s.pcap" % (self.story.name, vantage)),
            )
            for vantage, host, interface in places
        ]
        for recorder in self.captures:
            recorder.await_start()

    def check(self):
        """Every connection that was to end has ended, unless its client cannot know."""
        unaware = ("healthy", "middlebox_", "broker_heartbeat_timeout")
        for client in self.clients:
            cause = client.cause or self.story.cause
            if not client.ended and not cause.startswith(unaware):
                raise LabError("%s lives, which was to end by %s" % (client.name, cause))

    def end_recording(self):
        losers = [r.host.name for r in self.captures + self.witnesses if r.end()]
        if losers:
            raise LabError("recordings lost packets at " + ", ".join(losers))

    def path(self, name):
        return os.path.join(self.directory, name)

    def sleep(self, seconds):
        if self._cancelled.wait(seconds):
            raise LabError("cancelled")
        if time.monotonic() > self._deadline:
            raise LabError("took longer than its limit")

    def between(self, low, high):
        """A moment at random: nothing but a timer ends after a round time here."""
        return self.random.uniform(low, high)

    def wait(self, low, high):
        self.sleep(self.between(low, high))

    def at_random(self, span, *actions):
        """Does each action at a moment of its own within `span` seconds."""
        moments = sorted((self.between(0.05, span), i) for i in range(len(actions)))
        begin = time.monotonic()
        for moment, i in moments:
            self.sleep(max(0, begin + moment - time.monotonic()))
            actions[i]()

    def start(
        self, kind="pika", where="c1", to="broker", name=None, cause=None, port=None, **options
    ):
        """Starts a client and does not wait for it."""
        tls = options.get("tls")
        name = name or "%s-%d" % (kind, len(self.clients) + 1)
        options = dict(
            {
                "host": self.hosts[to].address(),
                "port": port or (5671 if tls else 5672),
                "name": name,
                "heartbeat": 0,
                "user": "guest",
                "password": "guest",
                "vhost": "/",
            },
            **options
        )
        client = Client(self, where, kind, cause, options)
        self.clients.append(client)
        return client

    def connect(self, *args, good=True, **options):
        return self.start(*args, **options).opened(good)

    def refused(self, words, *args, **options):
        """A client that must not come up, and whose library says so in one of these words."""
        client = self.start(*args, **options).opened(good=False)
        client.ended = True
        told = client.state or "open"
        if told == "open" or not any(word in told for word in words.split("|")):
            raise LabError("%s was to be refused: %s" % (client.name, client.state))
        return client

    def fleet(self, count, kinds=("pika",), to="broker", where=None, **options):
        """Clients over the client hosts, all open."""
        where = where or self.story.clients
        started = [
            self.start(kinds[i % len(kinds)], where[i % len(where)], to, **options)
            for i in range(count)
        ]
        return [client.opened() for client in started]

    # devices

    def haproxy(self, client=30, server=None, listen="", options="", globals="", extra=()):
        values = dict(
            client=client, server=server or client, listen=listen, options=options, globals=globals
        )
        return self._proxy("haproxy.cfg", HAPROXY, values, ("haproxy", *(extra or ("-db",)), "-f"))

    def nginx(self, idle=30, options="", globals=""):
        return self._proxy(
            "nginx.conf", NGINX, dict(idle=idle, options=options, globals=globals), ("nginx", "-c")
        )

    def _proxy(self, name, template, values, command):
        inside = self.broker.inside
        with open(self.broker.directory + "/" + name, "w") as file:
            file.write(
                template % dict(values, broker=self.hosts["broker"].address(), directory=inside)
            )
        with open(self.path(name + ".log"), "w") as log:
            # A nice process' timers come up to five times as late.
            command = ("nice", "-n", -os.nice(0), *command, inside + "/" + name)
            process = self.site.spawn("px", *command, stdout=log, stderr=log)
        self.proxies.append(process)
        deadline = time.monotonic() + 10
        while ":5671" not in self.hosts["px"].run("ss", "-Hltn"):
            if process.poll() is not None or time.monotonic() > deadline:
                with open(self.path(name + ".log")) as log:
                    raise LabError("%s did not start: %s" % (name, log.read()[-800:]))
            time.sleep(0.1)
        return process

    def firewall(self, timeout, unknown):
        """At r1: forgets connections silent for so long; `unknown` befalls their packets."""
        r1 = self.hosts["r1"]
        r1.nft(TRACK % unknown)
        r1.sysctl(
            {
                "net.netfilter.nf_conntrack_tcp_timeout_established": timeout,
                "net.netfilter.nf_conntrack_tcp_loose": 0,
            }
        )

    def clean(self):
        for recorder in getattr(self, "witnesses", []) + getattr(self, "captures", []):
            stop(recorder.process)
        for client in self.clients:
            stop(client.process)
        for process in self.proxies:
            stop(process)
        for name in ("r1", "r2"):
            self.hosts[name].run("nft", "flush", "ruleset")
        self.hosts["r1"].run("conntrack", "-F", check=False)
        if self.story.dirty:
            self.broker.end()
        for name in ("broker", "px", "c1", "c2", "c3"):
            self.hosts[name].run(
                "ss",
                "-K",
                "-tn",
                "dport = :5672 or sport = :5672 or dport = :5671 or sport = :5671",
            )
