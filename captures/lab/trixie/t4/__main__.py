"""Plays stories at several sites side by side; see README.md."""

import argparse
import fnmatch
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import replace

from rstlab.network import remove_namespaces
from rstlab.processes import LabError
from t4 import stories  # noqa: F401
from t4.scene import Scene
from t4.site import Site
from t4.story import STORIES
from t4.truth import Truth

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Output:
    """What is delivered, whole after each story."""

    def __init__(self, out):
        self.out = out
        self.lock = threading.Lock()
        self.part = out + "/.part-%d" % os.getpid()
        os.makedirs(out + "/.ends", exist_ok=True)

    def add(self, scene, told):
        with self.lock:
            for capture, (lines, quiet) in told.items():
                name = os.path.basename(capture.path)
                self._write(name + ".truth.jsonl", [line for line in lines if line["rsts"]])
                self._write(
                    ".ends/" + name + ".truth", [line for line in lines if not line["rsts"]]
                )
                self._write(".ends/" + name, [{"capture": name, "no_rst_flows": quiet}])
                shutil.copyfile(capture.path, self.part)
                os.replace(self.part, self.out + "/" + name)
            with open(self.out + "/%s.log" % scene.story.name, "wb") as log:
                log.write(scene.broker.log()[scene.log_from :])
            self.gather()

    def gather(self):
        names = sorted(
            n for n in os.listdir(self.out) if n.endswith(".pcap") and not n.startswith(".")
        )
        truth, ends = [], []
        for name in names:
            truth += [line for line in self._read(name + ".truth.jsonl") if line["rsts"]]
            ends += self._read(".ends/" + name)
        self._write("truth.jsonl", truth)
        self._write("captures.jsonl", ends)

    def _read(self, name):
        with open(self.out + "/" + name) as file:
            return [json.loads(line) for line in file]

    def _write(self, name, lines):
        with open(self.part, "w") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
        os.replace(self.part, self.out + "/" + name)


class Lab:
    def __init__(self, chosen, arguments):
        self.waiting = sorted(chosen, key=lambda s: s.group)
        self.arguments = arguments
        self.output = Output(arguments.out)
        self.lock = threading.Lock()
        self.cancelled = threading.Event()
        self.failed = []
        self.tries = {}

    def next(self, site):
        with self.lock:
            if not self.waiting or self.cancelled.is_set():
                return None
            first = self.waiting[0].group
            settings = site.broker.settings or ""
            fits = [s for s in self.waiting if s.group == first and s.settings == settings]
            story = (fits or self.waiting)[0]
            self.waiting.remove(story)
            return story

    def work(self, number):
        site = Site(number, self.arguments.chroot)
        try:
            while story := self.next(site):
                self.play(site, story)
        finally:
            site.remove()

    def play(self, site, story):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as directory:
            scene = Scene(story, site, directory, self.cancelled)
            try:
                site.broker.ensure(story.settings)
                scene.log_from = len(site.broker.log())
                scene.record()
                story.play(scene)
                time.sleep(0.4)
                scene.check()
                scene.end_recording()
                truth = Truth(scene)
                told = {capture: truth.of(capture) for capture in scene.captures}
                self.output.add(scene, told)
                rsts = {
                    c.vantage: sum(len(l["rsts"]) for l in lines) for c, (lines, _) in told.items()
                }
                open_yet = [c.name for c in scene.clients if not c.ended]
                print(
                    "%6.1f s %-40s %s%s"
                    % (
                        time.monotonic() - began,
                        story.name,
                        rsts,
                        " still open: %s" % open_yet if open_yet else "",
                    ),
                    flush=True,
                )
            except Exception as e:
                if not isinstance(e, LabError):
                    traceback.print_exc()
                print("FAILED %s: %s" % (story.name, e), flush=True)
                site.broker.end()
                with self.lock:
                    self.tries[story.name] = self.tries.get(story.name, 0) + 1
                    if self.tries[story.name] < 2 and not self.cancelled.is_set():
                        self.waiting.append(story)
                    else:
                        self.failed.append(story.name)
            finally:
                scene.clean()


def certificates(directory):
    """A CA and the broker's certificate, made once."""
    if os.path.exists(directory + "/broker.pem"):
        return
    os.makedirs(directory, exist_ok=True)
    make = lambda *words: subprocess.run(
        ("openssl", *words), cwd=directory, check=True, capture_output=True
    )
    make(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "3650",
        "-subj",
        "/CN=lab CA",
        "-addext",
        "keyUsage=critical,keyCertSign,cRLSign",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
    )
    make(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=broker",
        "-keyout",
        "broker.key",
        "-out",
        "broker.csr",
    )
    with open(directory + "/ext", "w") as file:  # what Python 3.13 insists on
        file.write(
            "subjectAltName=DNS:broker,IP:10.60.6.20,IP:10.60.5.5\nauthorityKeyIdentifier=keyid\n"
            "subjectKeyIdentifier=hash\nbasicConstraints=CA:FALSE\n"
            "keyUsage=digitalSignature,keyEncipherment\n"
        )
    make(
        "x509",
        "-req",
        "-in",
        "broker.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "3650",
        "-extfile",
        "ext",
        "-out",
        "broker.pem",
    )


def main():
    parser = argparse.ArgumentParser(prog="run", description=__doc__)
    parser.add_argument("--chroot", default="/tmp/trixie")
    parser.add_argument("--out", default="lab-out")
    parser.add_argument(
        "--only", action="append", metavar="PATTERN", help="names of stories, with * and ?"
    )
    parser.add_argument("--sites", type=int, default=4)
    parser.add_argument(
        "--first",
        type=int,
        default=1,
        help="number of the first site, where two runs play side by side",
    )
    parser.add_argument(
        "--suffix", default="", help="appended to each story's name in what is written"
    )
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    chosen = [
        replace(s, name=s.name + arguments.suffix)
        for s in STORIES.values()
        if not arguments.only or any(fnmatch.fnmatch(s.name, p) for p in arguments.only)
    ]
    if arguments.list:
        for s in sorted(chosen, key=lambda s: s.group):
            print("%d %-42s %-26s %s" % (s.group, s.name, s.cause, s.note or ""))
        return 0
    lab = Lab(chosen, arguments)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: lab.cancelled.set())
    shutil.copyfile(HERE + "/client.py", arguments.chroot + "/lab/client.py")
    certificates(arguments.chroot + "/lab/tls")
    numbers = range(arguments.first, arguments.first + arguments.sites)
    for number in numbers:
        remove_namespaces("rstlab4-%d-" % number)
    workers = [threading.Thread(target=lab.work, args=(number,)) for number in numbers]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print("failed: %s" % (", ".join(lab.failed) or "none"))
    if lab.cancelled.is_set():
        return 130
    return 1 if lab.failed else 0


if __name__ == "__main__":
    sys.exit(main())
