package io.rstscope.pairing;

import io.rstscope.net.Term;
import io.rstscope.pairing.clock.Clocks;

/** What two captures are to each other. */
public enum Standing implements Term {
  COMPARED("compared", "both hold the same packets, and their clocks could be compared"),
  PROXY_BETWEEN("proxy-between", "a proxy ends TCP between the two captures"),
  OTHER_TIME("other-time", "it was captured at another time, by the clocks of both"),
  OTHER_HOSTS(
      "other-hosts",
      "it holds none of these hosts on the broker's ports: it is not the other end, or a proxy with"
          + " another address on each side ends TCP between the two"),
  SAME_CAPTURE("same-capture", "it holds the same packets at the same times: the same place"),
  CLOCK_SET(
      "clock-set",
      "no straight line fits both clocks: one was set time and again, or the path is too short"),
  FEW_PACKETS("few-packets", "too few packets are in both to compare their clocks"),
  HEADERS_CUT("headers-cut", "its packets are cut within their headers"),
  NO_TIMES("no-times", "its packets, or those of this capture, have no times"),
  UNREADABLE("unreadable", "it could not be read");

  private final String word;
  private final String explanation;

  Standing(String word, String explanation) {
    this.word = word;
    this.explanation = explanation;
  }

  static Standing of(Clocks.Outcome clocks) {
    return switch (clocks) {
      case COMPARED -> COMPARED;
      case FEW_PACKETS -> FEW_PACKETS;
      case SAME_CAPTURE -> SAME_CAPTURE;
      case CLOCK_SET -> CLOCK_SET;
    };
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
