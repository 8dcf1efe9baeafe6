"""A site: one network with a broker, three client hosts, two routers and a host for proxies.

c1, c2, c3 - r1 - r2 - broker, and px at r2. Every site has the same addresses, in namespaces of
its own.
"""

import os
import re
import select
import shutil
import signal
import subprocess
import time

from rstlab.network import Host, Network
from rstlab.processes import LabError, stop

CLIENT, BROKER, MIDDLEBOX = "client", "broker", "middlebox"
PORTS = "tcp port 5671 or tcp port 5672"
BIN = "/usr/lib/rabbitmq/bin/"
START_TIMEOUT_S = 90
CONFIGURATION = """loopback_users.guest = false
listeners.tcp.default = 5672
listeners.ssl.default = 5671
ssl_options.cacertfile = /lab/tls/ca.pem
ssl_options.certfile = /lab/tls/broker.pem
ssl_options.keyfile = /lab/tls/broker.key
log.console = false
"""


class Site:
    def __init__(self, number, chroot):
        self.chroot = chroot
        prefix = "rstlab4-%d" % number
        broker = Host(prefix + "-broker", "broker", 20, BROKER)
        self.network = net = Network(prefix, broker)
        r1 = net.host("r1", 1, MIDDLEBOX, forwards=True)
        r2 = net.host("r2", 2, MIDDLEBOX, forwards=True)
        px = net.host("px", 5, MIDDLEBOX)
        for number_of in (1, 2, 3):
            net.link(net.host("c%d" % number_of, 10 + number_of, CLIENT), r1)
        net.link(r1, r2)
        net.link(px, r2)
        net.link(r2, broker)
        net.route()
        self.hosts = net.hosts
        for host in self.hosts.values():
            host.sysctl({"net.ipv4.tcp_fin_timeout": 5})
        self.broker = Rabbit(broker, chroot, "site%d" % number)

    def spawn(self, host, *command, **options):
        """A program of the chroot at a host; its process id is the program's own."""
        return self.hosts[host].spawn("chroot", self.chroot, *command, **options)

    def remove(self):
        self.broker.end()
        for host in self.hosts.values():
            host.remove()


class Rabbit:
    """The broker of a site, kept from story to story."""

    def __init__(self, host, chroot, name):
        self.host, self.chroot = host, chroot
        self.inside = "/lab/" + name
        self.directory = chroot + self.inside
        self.process = self.settings = None
        shutil.rmtree(self.directory, ignore_errors=True)
        os.makedirs(self.directory)
        self.write("plugins", "[].")
        inside = self.inside
        self.environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": inside,  # the Erlang cookie
            "RABBITMQ_NODENAME": "lab@localhost",
            "RABBITMQ_MNESIA_BASE": inside + "/mnesia",
            "RABBITMQ_LOG_BASE": inside + "/log",
            "RABBITMQ_CONFIG_FILE": inside + "/rabbitmq.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": inside + "/plugins",
            "RABBITMQ_PID_FILE": inside + "/pid",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none +sbwtdcpu none +sbwtdio none +S 1",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RUNNING_UNDER_SYSTEMD": "true",  # makes the script become the broker
        }
        host.spawn("chroot", chroot, "epmd", "-address", "127.0.0.1")

    def write(self, name, content):
        with open(self.directory + "/" + name, "w") as file:
            file.write(content)

    def ensure(self, settings=""):
        if self.listens() and settings == self.settings:
            return
        self.end()
        self.settings = settings
        self.write("rabbitmq.conf", CONFIGURATION + settings)
        with open(self.directory + "/output", "a") as log:
            self.process = self.host.spawn(
                "chroot",
                self.chroot,
                BIN + "rabbitmq-server",
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                with open(self.directory + "/output") as log:
                    raise LabError("the broker did not start: " + log.read()[-1500:])
            time.sleep(0.3)
        time.sleep(1)

    def listens(self):
        listening = self.host.run("ss", "-Hltn")
        return ":5672" in listening and ":5671" in listening

    def control(self, *words, wait=True):
        command = ("chroot", self.chroot, BIN + "rabbitmqctl", "-q", *words)
        if wait:
            return self.host.run(*command, env=self.environment, timeout=60)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return self.host.spawn(*command, env=self.environment, **quiet)

    def set(self, **values):
        """Changes settings of the running broker, until it is started again."""
        self.control(
            "eval",
            " ".join("application:set_env(rabbit, %s, %s)," % v for v in values.items()) + " ok.",
        )

    def log(self):
        path = self.directory + "/log/lab@localhost.log"
        if not os.path.exists(path):
            return b""
        with open(path, "rb") as file:
            return file.read()

    def signal(self, name):
        self.process.send_signal(name)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def end(self):
        if self.process:
            stop(self.process)
            self.process = None


class Recorder:
    """tcpdump at a host. `vantage` None: a witness, which only the truth is made from."""

    def __init__(self, vantage, host, interface, path, options=()):
        self.vantage, self.host, self.interface, self.path = vantage, host, interface, path
        self.said = b""
        cooked = ("-y", "LINUX_SLL2") if interface == "any" else ()
        self.process = host.spawn(
            "tcpdump",
            "-n",
            "-U",
            "--immediate-mode",
            "-Z",
            "root",
            "-B",
            "8192",
            "-s",
            "2048",
            "-i",
            interface,
            *cooked,
            *options,
            "-w",
            path,
            PORTS,
            stderr=subprocess.PIPE,
        )

    def await_start(self):
        deadline = time.monotonic() + 15
        while b"listening on" not in self.said:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stderr], [], [], left)[0]:
                raise LabError("a recorder did not start: %r" % self.said)
            read = self.process.stderr.read1()
            if not read:
                raise LabError("a recorder ended: %r" % self.said)
            self.said += read

    def end(self):
        """How many packets the kernel had to drop."""
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.communicate(timeout=10)[1]
        return int(re.search(rb"(\d+) packets? dropped by kernel", self.said)[1])
