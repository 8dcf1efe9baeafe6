"""HAProxy and nginx between clients and broker, as processes of the proxy's host."""

import os
import time

from rstlab.processes import LabError

START_TIMEOUT_S = 5
HAPROXY = """global
  stats socket %(directory)s/admin level admin
defaults
  mode tcp
  timeout connect 2s
  timeout client %(idle)s
  timeout server %(idle)s
listen rabbitmq
  bind :::5672 v4v6
  server broker %(broker)s:5672 %(server_options)s
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


def haproxy(scene, directory, idle="30s", server_options=""):
    """Starts HAProxy at px and returns its process; it does not fork."""
    return _start(
        scene, directory, "haproxy.cfg", HAPROXY, ("haproxy", "-db", "-f"), idle, server_options
    )


def nginx(scene, directory, idle="30s"):
    return _start(scene, directory, "nginx.conf", NGINX, ("nginx", "-c"), idle, "")


def _start(scene, directory, name, template, command, idle, server_options):
    path = os.path.join(directory, name)
    values = {
        "directory": directory,
        "idle": idle,
        "server_options": server_options,
        "broker": scene.host("broker").address(),
    }
    with open(path, "w") as file:
        file.write(template % values)
    with open(path + ".output", "w") as log:
        process = scene.host("px").spawn(*command, path, stdout=log, stderr=log)
    deadline = time.monotonic() + START_TIMEOUT_S
    while ":5672" not in scene.host("px").run("ss", "-Hltn", "sport", "=", ":5672"):
        if process.poll() is not None or time.monotonic() > deadline:
            with open(path + ".output") as log:
                raise LabError("%s did not start: %s" % (command[0], log.read()))
        time.sleep(0.05)
    return process
