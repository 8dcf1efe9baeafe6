"""Wrong doors: the port expects something else. And health checks that speak before they go."""

from rstlab.broker import TLS
from rstlab.proxies import haproxy
from rstlab.story import story
from rstlab.topologies import proxied, routed

EXPECTS_PROXY = "proxy_protocol = true\n"
EVERYWHERE = {"broker": "pcap", "client": "pcap", "middle": "any"}


@story(
    "plain-to-tls-port",
    "bad_protocol",
    routed,
    {"broker": "pcap", "client": "pcap"},
    broker_settings=TLS,
)
def plain_to_tls(scene):
    """Clients that speak plain AMQP to the TLS port; one that speaks TLS lives."""
    scene.connect("c1", port=5671, tls=True, heartbeat=2, cause="healthy")
    scene.connect("c1", port=5671)
    scene.connect("c2", "amqplib", port=5671)
    scene.sleep(0.6)


@story("tls-to-plain-port", "bad_protocol", routed, {"broker": "pcap", "client": "pcap"})
def tls_to_plain(scene):
    """Clients that speak TLS to the plain port; one that speaks AMQP lives."""
    scene.connect("c1", heartbeat=2, cause="healthy")
    scene.connect("c1", tls=True)
    scene.connect("c2", "amqplib", tls=True)
    scene.sleep(0.6)


@story(
    "tls-certificate-refused",
    "client_abort_handshake",
    routed,
    {"broker": "pcap", "client": "pcap"},
    broker_settings=TLS,
    note="the client's TLS alert: unknown CA",
)
def certificate_refused(scene):
    """Clients that check the broker's certificate, and refuse it."""
    for _ in range(2):
        scene.connect("c1", port=5671, tls=True, verify=True)
        scene.at_random(0.1, 0.5)


@story("proxy-header-unexpected", "bad_protocol", proxied, EVERYWHERE)
def header_unexpected(scene):
    """HAProxy sends a PROXY header (version 1) to a listener that expects none."""
    haproxy(scene, scene.directory, server_options="send-proxy")
    scene.connect("c1", to="px")
    scene.connect("c2", "amqplib", to="px")
    scene.sleep(0.5)


@story("proxy-header-v2-unexpected", "bad_protocol", proxied, EVERYWHERE)
def header_v2_unexpected(scene):
    """The same with version 2."""
    haproxy(scene, scene.directory, server_options="send-proxy-v2")
    scene.connect("c1", to="px")
    scene.connect("c2", "amqplib", to="px")
    scene.sleep(0.5)


@story(
    "proxy-header-missing",
    "bad_protocol",
    routed,
    {"broker": "pcap", "client": "pcap"},
    broker_settings=EXPECTS_PROXY,
)
def header_missing(scene):
    """Clients reach directly a listener that expects a PROXY header."""
    scene.connect("c1")
    scene.connect("c2", "amqplib")
    scene.sleep(0.5)


@story(
    "proxy-header-missing-behind-haproxy",
    "bad_protocol",
    proxied,
    EVERYWHERE,
    broker_settings=EXPECTS_PROXY,
)
def header_missing_behind_haproxy(scene):
    """HAProxy sends no PROXY header to a listener that expects one."""
    haproxy(scene, scene.directory)
    scene.connect("c1", to="px")
    scene.connect("c2", "amqplib", to="px")
    scene.sleep(0.5)


def checked(scene, server_options, **more):
    """HAProxy checks the broker each 700 ms; a client lives, another comes and goes."""
    haproxy(scene, scene.directory, server_options="%s inter 700ms" % server_options, **more)
    scene.sleep(0.5)
    scene.connect("c1", to="px", heartbeat=2, cause="healthy")
    scene.connect("c1", to="px", cause="healthy").tell("close")
    scene.sleep(2.5)


@story("haproxy-checks-with-amqp", "health_probe", proxied, {"broker": "pcap", "middle": "any"})
def checks_with_amqp(scene):
    """Health checks (tcp-check) that send AMQP's header and leave when the broker answers."""
    checked(
        scene,
        "check",
        listen_options="""option tcp-check
  tcp-check connect
  tcp-check send-binary 414d515000000901
  tcp-check expect binary 0100""",
    )


@story(
    "haproxy-checks-with-proxy-local",
    "health_probe",
    proxied,
    {"broker": "pcap", "middle": "any"},
    broker_settings=EXPECTS_PROXY,
)
def checks_with_local(scene):
    """Health checks that send a PROXY header (version 2, LOCAL) and leave."""
    checked(scene, "send-proxy-v2 check check-send-proxy")


@story(
    "haproxy-checks-with-proxy-unknown",
    "health_probe",
    proxied,
    {"broker": "pcap", "middle": "any"},
    broker_settings=EXPECTS_PROXY,
)
def checks_with_unknown(scene):
    """Health checks that send a PROXY header (version 1, UNKNOWN) and leave."""
    checked(scene, "send-proxy check check-send-proxy")


@story(
    "haproxy-checks-without-header",
    "health_probe",
    proxied,
    {"broker": "pcap", "middle": "any"},
    broker_settings=EXPECTS_PROXY,
)
def checks_without_header(scene):
    """Silent health checks of a listener that expects a PROXY header."""
    checked(scene, "send-proxy-v2 check port 5672")


@story(
    "haproxy-checks-with-tls",
    "health_probe",
    proxied,
    {"broker": "pcap", "middle": "any"},
    broker_settings=TLS,
)
def checks_with_tls(scene):
    """Health checks that finish a TLS handshake on port 5671 and leave."""
    checked(scene, "check check-ssl verify none port 5671")
