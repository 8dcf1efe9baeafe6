"""Plays stories: a few broker hosts side by side, each playing one story after the other."""

import os
import queue
import threading
import time
import traceback
from dataclasses import dataclass

from rstlab import truth
from rstlab.broker import Broker
from rstlab.network import Host, Network, remove_namespaces
from rstlab.recorders import Recording
from rstlab.scene import Scene
from rstlab.topologies import BROKER
from rstlab.witness import Witnesses

BROKER_NUMBER = 20
JOIN_TIMEOUT_S = 60


@dataclass
class Result:
    """What came of one story: lines of truth, or the error."""

    story: object
    lines: list
    error: str | None = None
    seconds: float = 0


class Run:
    """One run of the lab. All it makes bears its prefix, and close() removes all of that."""

    def __init__(self, stories, out, work, workers, watch=None):
        self.prefix = "rstlab%d" % os.getpid()
        self.out, self.work, self.watch = out, work, watch
        self.results = []
        self._cancelled = threading.Event()
        self._stories = queue.SimpleQueue()
        # Stories that need the same broker follow each other: restarts are what takes long.
        for told in sorted(stories, key=lambda s: s.broker_settings):
            self._stories.put(told)
        self._hosts = []
        self._threads = []
        self._workers = workers

    def play(self, report):
        """Plays all; calls report(result) after each story, from the thread that played it."""
        self._report = report
        for number in range(self._workers):
            prefix = "%s-%d" % (self.prefix, number)
            host = Host(prefix + "-broker", "broker", BROKER_NUMBER, BROKER)
            self._hosts.append(host)
            broker = Broker(host, os.path.join(self.work, "broker%d" % number))
            self._threads.append(threading.Thread(target=self._work, args=(broker, prefix)))
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            while thread.is_alive():
                thread.join(0.5)  # in steps, so that Ctrl-C is heard

    def close(self):
        """Ends everything that still runs. Also after an error or Ctrl-C."""
        self._cancelled.set()
        for host in self._hosts:
            host.processes.stop_all()  # stories that wait for a broker notice at once
        for thread in self._threads:
            if thread.is_alive():
                thread.join(JOIN_TIMEOUT_S)
        for host in self._hosts:
            host.remove()
        remove_namespaces(self.prefix)

    def _work(self, broker, prefix):
        while not self._cancelled.is_set():
            try:
                told = self._stories.get_nowait()
            except queue.Empty:
                break
            result = self._attempt(told, broker, prefix)
            self.results.append(result)
            self._report(result)

    def _attempt(self, told, broker, prefix):
        started = time.monotonic()
        result = Result(told, [])
        try:
            self._play(told, broker, prefix, result)
        except Exception:  # one story's failure is told in the table; the others go on
            result.error = traceback.format_exc()
        result.seconds = time.monotonic() - started
        return result

    def _play(self, told, broker, prefix, result):
        broker.ensure(told.broker_settings)
        logged = broker.log_size()
        directory = os.path.join(self.work, told.name)
        os.makedirs(directory)
        network = Network(prefix, broker.host)
        try:
            topology = told.topology(network)
            recording = Recording(told, topology, directory, self.watch)
            scene = Scene(told, topology, broker, recording, directory, self._cancelled)
            try:
                if not told.late:
                    recording.start()
                told.play(scene)
            finally:
                recording.end()
        finally:
            network.remove()
        with open(os.path.join(self.out, told.name + ".log"), "wb") as log:
            log.write(broker.log_since(logged))
        witnesses = Witnesses(
            [(w.host, w.path) for w in recording.witnesses], scene.sequences_change
        )
        for capture in recording.captures:
            result.lines += truth.lines(told, scene, capture, witnesses)
        for recorder in recording.captures + recording.watchers:
            recorder.copy(self.out)
