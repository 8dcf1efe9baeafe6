"""The stories, by who ends the connection. Importing this package registers them all."""

from rstlab.stories import brokers, clients, doors, firewalls, forgeries, probes, proxies, timers  # noqa: F401
