"""Processes the lab started. Only these are ever stopped, each by its own id."""

import contextlib
import os
import signal
import subprocess
import threading

COMMAND_TIMEOUT_S = 20
STOP_TIMEOUT_S = 3


class LabError(Exception):
    """A step of the lab did not do what the story needs."""


def run(*command, timeout=COMMAND_TIMEOUT_S, stdin=None, env=None, check=True):
    """Runs a short command to its end and returns its output; it never outlives the timeout."""
    done = subprocess.run(
        [str(word) for word in command],
        input=stdin,
        env=env,
        timeout=timeout,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if check and done.returncode:
        raise LabError(
            "%s: exit %d: %s" % (" ".join(map(str, command)), done.returncode, done.stdout)
        )
    return done.stdout


class Processes:
    """The long-running processes of one owner. Safe to stop from another thread."""

    def __init__(self):
        self._running = []
        self._lock = threading.Lock()

    def spawn(self, *command, **options):
        """Starts a process in a session of its own, so that Ctrl-C reaches only the lab."""
        process = subprocess.Popen(
            [str(word) for word in command], start_new_session=True, **options
        )
        with self._lock:
            self._running.append(process)
        return process

    def stop_all(self):
        """Ends what is left. Nothing of it has anything to save: recorders were asked before."""
        with self._lock:
            left = self._running[::-1]
            self._running.clear()
        for process in left:
            stop(process)


def stop(process):
    """Kills a process, and the children in its session's first group; returns when it is gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_TIMEOUT_S)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            with contextlib.suppress(BrokenPipeError):  # an order that it never read
                pipe.close()
