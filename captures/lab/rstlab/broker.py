"""A RabbitMQ broker in a namespace of its own, with data and configuration of its own."""

import os
import signal
import time

from rstlab.processes import LabError, stop

BIN = "/usr/lib/rabbitmq/bin/"  # behind Debian's wrapper, which would switch to the packaged user
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 15
CONFIGURATION = """loopback_users.guest = false
listeners.tcp.default = 5672
log.console = false
"""
# A further line of rabbitmq.conf each; DIRECTORY is the broker's own.
TLS = """listeners.ssl.default = 5671
ssl_options.cacertfile = DIRECTORY/cert.pem
ssl_options.certfile = DIRECTORY/cert.pem
ssl_options.keyfile = DIRECTORY/key.pem
ssl_options.verify = verify_none
"""


class Broker:
    """Started when a story needs it and kept from story to story; `host` is where it lives."""

    def __init__(self, host, directory):
        self.host, self.directory = host, directory
        self.process = None
        self.settings = None
        os.makedirs(directory)
        with open(directory + "/plugins", "w") as file:
            file.write("[].")
        self.environment = dict(
            os.environ,
            HOME=directory,  # the Erlang cookie
            RABBITMQ_NODENAME="lab@localhost",
            RABBITMQ_MNESIA_BASE=directory + "/mnesia",
            RABBITMQ_LOG_BASE=directory + "/log",
            RABBITMQ_CONFIG_FILE=directory + "/rabbitmq.conf",
            RABBITMQ_ENABLED_PLUGINS_FILE=directory + "/plugins",
            RABBITMQ_PID_FILE=directory + "/pid",
            RABBITMQ_CONF_ENV_FILE="/dev/null",
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none",
            ERL_EPMD_ADDRESS="127.0.0.1",
            RUNNING_UNDER_SYSTEMD="true",  # makes the script become the broker: one process id
        )
        host.spawn("epmd", "-address", "127.0.0.1")  # else the broker leaves one running

    def ensure(self, settings=""):
        """Has a broker with these extra lines of configuration running."""
        if self.listens() and settings == self.settings:
            return
        self.end()
        self.settings = settings
        with open(self.directory + "/rabbitmq.conf", "w") as file:
            file.write((CONFIGURATION + settings).replace("DIRECTORY", self.directory))
        if "ssl" in settings:
            self._make_certificate()
        with open(self.directory + "/output", "a") as log:
            self.process = self.host.spawn(
                BIN + "rabbitmq-server", env=self.environment, stdout=log, stderr=log
            )
        self._await_listener()

    def _await_listener(self):
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                with open(self.directory + "/output") as log:
                    raise LabError("the broker did not start: " + log.read()[-2000:])
            time.sleep(0.2)

    def _make_certificate(self):
        files = ("-keyout", self.directory + "/key.pem", "-out", self.directory + "/cert.pem")
        of = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=broker")
        self.host.run("openssl", "req", *of, *files)

    def listens(self):
        """Whether all its ports are open."""
        ports = [":5672", ":5671"] if "ssl" in (self.settings or "") else [":5672"]
        return all(port in self.host.run("ss", "-Hltn", "sport", "=", port) for port in ports)

    def control(self, *words):
        return self.host.run(BIN + "rabbitmqctl", "-q", *words, env=self.environment)

    def log_size(self):
        path = self.directory + "/log/lab@localhost.log"
        return os.path.getsize(path) if os.path.exists(path) else 0

    def log_since(self, size):
        """What it has logged since its log had that size."""
        with open(self.directory + "/log/lab@localhost.log", "rb") as log:
            log.seek(size)
            return log.read()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        """An orderly stop, to the end of the process."""
        self.control("stop")
        self.process.wait(STOP_TIMEOUT_S)

    def kill(self):
        """As the OOM killer does it."""
        self.process.kill()
        self.process.wait()

    def end(self):
        if self.process:
            stop(self.process)
