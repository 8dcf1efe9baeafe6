package io.rstscope.report.model;

import io.rstscope.net.Term;

/**
 * What the kernel of a host counts of the resets of its sockets, of all ports together
 * (Documentation/networking/snmp_counter.rst). A packet filter's resets are not among them.
 */
public enum TcpCounter implements Term {
  OUT_RSTS("out_rsts", "Tcp", "OutRsts", "RSTs sent"),
  ABORT_ON_DATA(
      "abort_on_data",
      "TcpExt",
      "TCPAbortOnData",
      "closed with a linger time of 0, or met by data" + " after their program had closed them"),
  ABORT_ON_CLOSE("abort_on_close", "TcpExt", "TCPAbortOnClose", "closed with data unread"),
  ABORT_ON_MEMORY("abort_on_memory", "TcpExt", "TCPAbortOnMemory", "given up for lack of memory"),
  ABORT_ON_TIMEOUT(
      "abort_on_timeout", "TcpExt", "TCPAbortOnTimeout", "given up without an ACK for too long"),
  ABORT_ON_LINGER(
      "abort_on_linger", "TcpExt", "TCPAbortOnLinger", "closed, and their linger time ran out"),
  ABORT_FAILED(
      "abort_failed", "TcpExt", "TCPAbortFailed", "aborted without an RST, for lack of memory");

  private final String word;
  private final String group;
  private final String kernelName;
  private final String explanation;

  TcpCounter(String word, String group, String kernelName, String explanation) {
    this.word = word;
    this.group = group;
    this.kernelName = kernelName;
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String explanation() {
    return explanation;
  }

  /** The beginning of its two lines in {@code /proc/net/snmp} or {@code /proc/net/netstat}. */
  public String group() {
    return group;
  }

  /** Its name there. */
  public String kernelName() {
    return kernelName;
  }
}
