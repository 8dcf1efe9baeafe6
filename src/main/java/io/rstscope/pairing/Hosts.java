package io.rstscope.pairing;

import io.rstscope.decode.Segment;
import io.rstscope.decode.Tuple;
import io.rstscope.net.HostPort;
import io.rstscope.pairing.ClockSample.Sampled;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The addresses of a capture. */
final class Hosts {
  private final Set<String> addresses = new HashSet<>();
  private final Set<Tuple> asked = new HashSet<>();
  private final Tuple key = new Tuple();

  private Hosts() {}

  static Hosts of(List<Sampled> packets) {
    Hosts hosts = new Hosts();
    for (Sampled each : packets) {
      hosts.add(each.fromClient().source());
      hosts.add(each.fromClient().destination());
    }
    return hosts;
  }

  private void add(HostPort host) {
    addresses.add(host.address());
  }

  /** Each pair of ends is asked about once, up to a bound. */
  boolean hasOneOf(Segment segment) {
    if (asked.size() == 10_000 || asked.contains(key.refill(segment))) {
      return false;
    }
    Tuple tuple = key.copy();
    asked.add(tuple);
    return addresses.contains(tuple.source().address())
        || addresses.contains(tuple.destination().address());
  }
}
