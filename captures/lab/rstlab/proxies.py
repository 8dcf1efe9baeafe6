"""HAProxy and nginx between clients and broker, as processes of the proxy's host."""

import os
import time

from rstlab.processes import LabError

START_TIMEOUT_S = 30
HAPROXY = """global
  stats socket %(directory)s/admin level admin
  %(global_options)s
defaults
  mode tcp
  timeout connect 2s
  timeout client %(client_idle)s
  timeout server %(server_idle)s
  %(options)s
listen rabbitmq
  bind :::%(port)s v4v6
  %(listen_options)s
  server broker %(broker)s:%(port)s %(server_options)s
"""
NGINX = """load_module /usr/lib/nginx/modules/ngx_stream_module.so;
daemon off;
master_process off;
pid %(directory)s/nginx.pid;
error_log %(directory)s/nginx.log;
events {}
stream {
  server { listen 5672; proxy_pass %(broker)s:5672; proxy_timeout %(idle)s; }
}
"""


def haproxy(scene, directory, idle="30s", server_options="", server_idle=None, **more):
    """Starts HAProxy at px and returns its process; it does not fork.

    `more`: global_options, options, listen_options: further lines of global, defaults, listen;
    port, its own and the broker's.
    """
    values = {
        "client_idle": idle,
        "server_idle": server_idle or idle,
        "server_options": server_options,
        "global_options": more.get("global_options", ""),
        "options": more.get("options", ""),
        "port": more.get("port", 5672),
        "listen_options": more.get("listen_options", ""),
    }
    return _start(scene, directory, "haproxy.cfg", HAPROXY, ("haproxy", "-db", "-f"), values)


def reload_haproxy(scene, directory, old, how):
    """Starts another HAProxy of the same configuration that tells the old to end: -sf or -st."""
    path = os.path.join(directory, "haproxy.cfg")
    with open(path + ".output", "a") as log:
        command = ("haproxy", "-db", "-f", path, how, old.pid)
        return scene.host("px").spawn(*command, stdout=log, stderr=log)


def nginx(scene, directory, idle="30s"):
    values = {"idle": idle, "port": 5672}
    return _start(scene, directory, "nginx.conf", NGINX, ("nginx", "-c"), values)


def _start(scene, directory, name, template, command, values):
    path = os.path.join(directory, name)
    values = dict(values, directory=directory, broker=scene.host("broker").address())
    with open(path, "w") as file:
        file.write(template % values)
    with open(path + ".output", "w") as log:
        process = scene.host("px").spawn(*command, path, stdout=log, stderr=log)
    deadline = time.monotonic() + START_TIMEOUT_S
    port = ":%d" % values["port"]
    while port not in scene.host("px").run("ss", "-Hltn", "sport", "=", port):
        if process.poll() is not None or time.monotonic() > deadline:
            with open(path + ".output") as log:
                raise LabError("%s did not start: %s" % (command[0], log.read()))
        time.sleep(0.05)
    return process
