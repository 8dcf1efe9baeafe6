"""What devices on a path do, as programs that run inside their namespaces."""

import json
import select
import subprocess

from rstlab.processes import LabError

ANSWER_TIMEOUT_S = 10


class Resetter:
    """Drives devices/resetter.py in a host. Start it before the flow it is to reset."""

    def __init__(self, host):
        self.process = host.spawn_device("resetter", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._await("ready")

    def reset(self, port, claim, **how):
        """Resets the flow of this client port; see resetter.py for `how`."""
        self.order_reset(port, claim, **how)
        self.await_done()

    def order_reset(self, port, claim, **how):
        self._order({"port": port, "claim": claim, **how})

    def reset_idle(self, seconds, **how):
        """From now on resets both sides of every flow that is silent for so long."""
        self._order({"idle": seconds, **how})
        self.await_done()

    def await_done(self):
        self._await("done")

    def _order(self, order):
        self.process.stdin.write((json.dumps(order) + "\n").encode())
        self.process.stdin.flush()

    def _await(self, word):
        if not select.select([self.process.stdout], [], [], ANSWER_TIMEOUT_S)[0]:
            raise LabError("the resetter is not %s" % word)
        if self.process.stdout.readline().decode().strip() != word:
            raise LabError("the resetter failed")
