package io.rstscope.amqp;

/** What few connections have; each is null when it was not seen. */
record Details(ConnectionClose close, String blockedReason, ProxyHeader proxy) {
  static final Details NONE = new Details(null, null, null);

  Details with(ConnectionClose newClose) {
    return new Details(newClose, blockedReason, proxy);
  }

  Details with(ProxyHeader newProxy) {
    return new Details(close, blockedReason, newProxy);
  }

  Details withBlockedReason(String reason) {
    return new Details(close, reason, proxy);
  }
}
