from t4.stories import broker, idle, more, proxies, tls  # noqa: F401  (each adds its stories)
