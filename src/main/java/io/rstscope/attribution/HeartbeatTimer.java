package io.rstscope.attribution;

/**
 * When RabbitMQ gives a silent client up: its monitor looks every half interval whether bytes came,
 * and stops after two looks in a row without (rabbit_heartbeat.erl), so between two and three
 * intervals after the last bytes. Measured 5.97 to 6.00 s for a heartbeat of 2 s.
 */
final class HeartbeatTimer {
  /** In intervals since the client's last payload, with room for a late scheduler. */
  static final double EARLIEST = 1.8;

  static final double LATEST = 3.6;

  private HeartbeatTimer() {}
}
