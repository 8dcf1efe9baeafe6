"""Recorders: the captures a story is told by, and one witness per host that sees everything.

A witness is `tcpdump -i any` in a host's namespace: its cooked headers say which interface saw a
packet, and whether the host sent or received it. Truth is derived from witnesses alone.
"""

import os
import re
import select
import shutil
import signal
import subprocess
import time

from rstlab.processes import LabError

PORT = "tcp port 5672 or tcp port 5671"
START_TIMEOUT_S = 60
END_TIMEOUT_S = 30
SETTLE_S = 0.3  # for packets still in the ring when a recording ends
RIPE_S = 2  # rstscope waits a second for what follows a reset before it tells of it
QUIET_TIMEOUT_S = 20

# What tcpdump and dumpcap say at their end.
DROPPED = re.compile(r"(\d+) packets? dropped by kernel|on interface '.*': \d+/(\d+)")
# Where rstscope says that it serves metrics, and what reads them, whatever proxy is configured.
METRICS = re.compile(rb"http:/*(127\.0\.0\.1:\d+)/metrics")
# What they count of connections: it stays as it is once all is told.
COUNTED = re.compile("rstscope_(resets|connections|revised)")
FETCH = """
import http.client, sys
connection = http.client.HTTPConnection(sys.argv[1])
connection.request("GET", "/metrics")
sys.stdout.write(connection.getresponse().read().decode())
"""
# The ring of `-i any` has room for few packets of unlimited length: on a busy machine it overflows.
WHOLE_PACKETS = ("-s", "2048", "-B", "8192")

# format -> (recorder, file name suffix, interface or None for the vantage's own, more options)
FORMATS = {
    "pcap": ("tcpdump", "pcap", None, WHOLE_PACKETS + ("--time-stamp-precision=micro",)),
    "pcap-ns": ("tcpdump", "pcap", None, WHOLE_PACKETS + ("--time-stamp-precision=nano",)),
    "snap96": ("tcpdump", "pcap", None, ("-s", "96")),
    # Loses an eighth of all packets by their IP ID, but none of ID 0: no bare reset of a kernel.
    "lossy96": ("tcpdump", "pcap", None, ("-s", "96", "lossy")),
    "snap128": ("dumpcap", "pcapng", None, ("-s", "128")),
    "pcapng": ("dumpcap", "pcapng", None, ()),
    "any": ("tcpdump", "pcap", "any", WHOLE_PACKETS + ("-y", "LINUX_SLL2")),
    "any-pcapng": ("dumpcap", "pcapng", "any", ()),
}


class Recorder:
    """A running recorder. `vantage` is what the story calls its place; None for a witness."""

    def __init__(
        self, vantage, host, interface, path, program, options, out=subprocess.DEVNULL
    ):
        self.vantage, self.host, self.interface, self.path = vantage, host, interface, path
        self.said = b""  # on stderr
        self._sign = PROGRAMS[program][0]
        command = PROGRAMS[program][1](interface, path, options)
        self.process = host.spawn(*command, stdout=out, stderr=subprocess.PIPE)

    def await_start(self):
        """Returns once the recorder says that it listens."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while self._sign not in self.said:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stderr], [], [], left)[0]:
                raise LabError("a recorder did not start: %r" % self.said)
            read = self.process.stderr.read1()
            if not read:
                raise LabError("a recorder ended: %r" % self.said)
            self.said += read

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def dropped(self):
        """Waits for its end; returns how many packets the kernel had to drop, None if unknown."""
        self.said += self.process.communicate(timeout=END_TIMEOUT_S)[1]
        found = DROPPED.search(self.said.decode())
        return int(found[1] or found[2]) if found else None

    def copy(self, out):
        """Copies what it recorded into a folder."""
        shutil.copyfile(self.path, os.path.join(out, os.path.basename(self.path)))


class Watcher(Recorder):
    """A rstscope that watches live. `path` takes its notices, `folder` all else that it puts out."""

    def __init__(self, vantage, host, interface, path, rstscope):
        self.folder = _folder(path)
        os.makedirs(self.folder)
        with open(os.path.join(self.folder, "stdout"), "wb") as out:
            super().__init__(vantage, host, interface, path, "rstscope", (rstscope,), out)

    def interrupt(self):
        """Keeps the metrics, and the notices that are counted in them, before it ends."""
        metrics, notices = self._settled()
        with open(os.path.join(self.folder, "metrics"), "w") as file:
            file.write(metrics)
        with open(os.path.join(self.folder, "notices-in-metrics"), "wb") as file:
            file.write(notices)
        super().interrupt()

    def _settled(self):
        """Metrics and notices once all is told: a busy machine judges late."""
        server = METRICS.search(self.said)[1].decode()
        deadline = time.monotonic() + QUIET_TIMEOUT_S
        before, since = None, time.monotonic()
        while True:
            metrics = self.host.run("python3", "-c", FETCH, server)
            with open(self.path, "rb") as file:
                notices = file.read()
            now = time.monotonic()
            told = notices, [line for line in metrics.splitlines() if COUNTED.match(line)]
            if told != before:
                before, since = told, now
            elif now - since >= RIPE_S or now > deadline:
                return metrics, notices
            time.sleep(0.2)

    def dropped(self):
        dropped = super().dropped()
        with open(os.path.join(self.folder, "stderr"), "wb") as file:
            file.write(self.said)
        return dropped

    def copy(self, out):
        super().copy(out)
        shutil.copytree(self.folder, os.path.join(out, os.path.basename(self.folder)))


class Recording:
    """The recorders of one scene: witnesses from the beginning, captures when start() is called.

    A capture may begin late; what a story is told by may be less than what the truth knows.
    """

    def __init__(self, story, topology, directory, watch=None):
        self.story, self.topology, self.directory = story, topology, directory
        self.watch = watch  # a rstscope that watches beside each recorder, or None
        self.captures = []
        self.watchers = []
        self.witnesses = []
        for host in topology.network.hosts.values():
            path = os.path.join(directory, host.name + ".witness")
            options = WHOLE_PACKETS + ("-y", "LINUX_SLL2", "--time-stamp-precision=nano")
            self.witnesses.append(Recorder(None, host, "any", path, "tcpdump", options))
        _await_all(self.witnesses)

    def start(self):
        for vantage, form in self.story.record.items():
            name, interface = self.topology.points[vantage]
            program, suffix, other, options = FORMATS[form]
            path = os.path.join(self.directory, "%s.%s.%s" % (self.story.name, vantage, suffix))
            host = self.topology.network.hosts[name]
            self.captures.append(
                Recorder(vantage, host, other or interface, path, program, options)
            )
            if self.watch:
                path += ".live.ndjson"
                self.watchers.append(
                    Watcher(vantage, host, other or interface, path, self.watch)
                )
        _await_all(self.captures + self.watchers)

    def end(self):
        """Ends captures, then witnesses. Raises if one lost packets: no truth without them."""
        time.sleep(RIPE_S if self.watchers else SETTLE_S)
        losers = []
        for recorders in (self.captures, self.watchers, self.witnesses):
            for recorder in recorders:
                recorder.interrupt()
            losers += [r.host.name for r in recorders if r.dropped() != 0]
        if losers:
            raise LabError("recordings lost packets at " + ", ".join(losers))


def _await_all(recorders):
    for recorder in recorders:
        recorder.await_start()


def _tcpdump(interface, path, options):
    at_once = ("-n", "-U", "--immediate-mode", "-Z", "root")
    seen = PORT
    if "lossy" in options:
        options = tuple(option for option in options if option != "lossy")
        seen = "(%s) and (ip[5] & 7 != 5)" % PORT
    return ("tcpdump", *at_once, "-i", interface, *options, "-w", path, seen)


def _dumpcap(interface, path, options):
    return ("dumpcap", "-i", interface, *options, "-w", path, "-f", PORT)


def _rstscope(interface, path, options):
    outputs = ("--json", path, "--metrics", ":0", "-w", os.path.join(_folder(path), "evidence"))
    return (*options, "watch", "-v", "-i", interface, *outputs)


def _folder(path):
    """CAPTURE.live beside CAPTURE.live.ndjson."""
    return os.path.splitext(path)[0]


# program -> (what it says on stderr when it listens, its command line)
PROGRAMS = {
    "tcpdump": (b"listening on", _tcpdump),
    "dumpcap": (b"File: ", _dumpcap),
    "rstscope": (b"watching", _rstscope),
}
