package io.rstscope.reset;

import io.rstscope.reset.witness.SocketError;
import java.util.List;

/**
 * What the broker itself, and the kernel of its host, say of a connection besides its packets.
 *
 * @param user who had logged in, by the broker's list of connections; null when not known
 * @param listed names of what is known from that list alone, as in the JSON report; empty when the
 *     connection is not in it
 * @param logged how it ended by the broker's log; never null
 * @param error what the capturing host's kernel told the program of its socket, or null
 */
public record BrokerAccount(String user, List<String> listed, LoggedEnd logged, SocketError error) {
  /** Of a broker that was not asked, or does not know the connection. */
  public static final BrokerAccount NONE =
      new BrokerAccount(null, List.of(), LoggedEnd.UNKNOWN, null);

  /** The same with what the log says. */
  public BrokerAccount with(LoggedEnd end) {
    return new BrokerAccount(user, listed, end, error);
  }

  /** The same with what the broker's list says. */
  BrokerAccount with(String listedUser, List<String> names) {
    return new BrokerAccount(listedUser, names, logged, error);
  }

  /** The same with what the kernel told. */
  BrokerAccount with(SocketError told) {
    return new BrokerAccount(user, listed, logged, told);
  }
}
