package io.rstscope.net;

/** Which end of a connection. */
public enum Side {
  CLIENT("client"),
  BROKER("broker");

  private final String word;

  Side(String word) {
    this.word = word;
  }

  /** The other end. */
  public Side other() {
    return this == CLIENT ? BROKER : CLIENT;
  }

  /** The client where that is so, else the broker. */
  public static Side of(boolean client) {
    return client ? CLIENT : BROKER;
  }

  /** As it is called in sentences. */
  public String word() {
    return word;
  }
}
