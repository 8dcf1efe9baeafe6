package io.rstscope.report.csv;

import io.rstscope.net.Term;
import java.util.Locale;

/** The columns of the CSV report, in their order. */
public enum Column implements Term {
  CAPTURE("name of the capture file"),
  FRAME(
      "number of the reset in its file, from 1, as Wireshark counts; empty: lost without a reset"),
  TIME("of the reset, or when a flow without one was lost; RFC 3339, UTC"),
  CLIENT("address of the client, or of the proxy in its place"),
  CLIENT_PORT("its port"),
  BROKER("address of the broker"),
  BROKER_PORT("its port"),
  DIRECTION("client-to-broker or broker-to-client, as the packet claims"),
  SENDER("who put the reset on the wire"),
  CONFIDENCE("of the verdicts given with it, this share is right"),
  PEER_MAY_BE_PROXY("whether the broker's TCP peer may be a proxy"),
  ROLE("what the reset did to its connection"),
  SHAPE("what the reset looks like"),
  ENDED_BY("who ended the connection; often not the sender of the reset"),
  CAUSE("why it ended"),
  BENIGN("whether the ending is harmless: nothing was lost"),
  IDLE_S("idle time of the flow before it ended, s"),
  TTL("TTL or hop limit of the reset"),
  BASELINE_TTL("usual TTL of the same direction of the same flow"),
  MAC("source MAC address of the reset"),
  BASELINE_MAC("usual source MAC address of that direction"),
  FLAGS("TCP flags: R, RA and so on"),
  WINDOW("window of the reset, not scaled"),
  MIN_RTT_MS("shortest round trip from the capture to the claimed sender, ms"),
  AMQP_STATE("none, handshake, open, blocked, closing or closed; empty: no payload seen"),
  HEARTBEAT_S("negotiated heartbeat, s; 0 is off; empty: not seen"),
  VHOST("virtual host"),
  PRODUCT("what the client says it is"),
  CONNECTION_NAME(
      "name that the client gave the connection; like all text here with an apostrophe in front"
          + " where a spreadsheet would run it as a formula (= + - @, tab or line end)"),
  HISTORY("what happened, in letters; see field history"),
  SAYS("the ending in a sentence, as ending.says of the JSON"),
  PROXIED_CLIENT("address and port of the client that a PROXY protocol header names"),
  INCIDENT("number of the incident of its capture, see field incident; empty: none"),
  LOG_USER("user that the broker's log names; empty: not in it, or none was read"),
  LOG_VHOST("virtual host in the broker's log"),
  LOG_CONNECTION_NAME("name of the connection in the broker's log"),
  LOG_SAYS("why it ended in the words of the broker's log; empty: closed normally"),
  RUNNER_UP("the likeliest other cause with a probability of 0.15 or more; empty: none"),
  RUNNER_UP_PROBABILITY("how probable that is");

  private final String explanation;

  Column(String explanation) {
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
