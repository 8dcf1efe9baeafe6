package io.rstscope.watch.host;

import io.rstscope.net.HostPort;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** The addresses of this host, looked up again now and then, as they come and go. */
public class LocalAddresses {
  private static final long FRESH_NANOS = 10_000_000_000L;

  private Set<String> addresses = Set.of();
  private long readAtNanos;

  /** Whether that is an address of this host. */
  public boolean contains(String address) {
    long now = System.nanoTime();
    if (addresses.isEmpty() || now - readAtNanos > FRESH_NANOS) {
      readAtNanos = now;
      addresses = read();
    }
    return addresses.contains(address);
  }

  private static Set<String> read() {
    Set<String> all = new HashSet<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(each.getInetAddresses())) {
          all.add(HostPort.of(address, 0).address());
        }
      }
    } catch (SocketException e) {
      // without any, nothing is concluded from what is missing
      return Set.of();
    }
    return all;
  }
}
