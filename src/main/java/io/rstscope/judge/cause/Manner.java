package io.rstscope.judge.cause;

/** In which way a connection ended: many facts are of one way only. */
enum Manner {
  /** By a FIN, without a close in AMQP before. */
  FIN,
  /** By a reset of a side's own socket. */
  SOCKET,
  /** By a reset of a side's host, which knew no such connection. */
  HOST,
  /** By a reset that something in the path sent. */
  DEVICE,
  /** In another way, or not at all. */
  OTHER
}
