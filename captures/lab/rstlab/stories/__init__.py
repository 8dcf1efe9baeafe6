"""The stories, by who ends the connection. Importing this package registers them all."""

from rstlab.stories import (  # noqa: F401
    appliances,
    brokers,
    clients,
    doors,
    firewalls,
    forgeries,
    paths,
    probes,
    proxies,
    silences,
    timers,
)
