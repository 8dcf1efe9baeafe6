package io.rstscope.watch;

import io.rstscope.net.PortSet;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Tap;

/**
 * An interface that sees the beginnings of many connections, in a process with a heap of its own.
 */
public final class Flood {
  private static final int SNAP_LENGTH = 256;

  private Flood() {}

  /**
   * Says how many flows are held at last, the last packets of each among them.
   *
   * @param arguments flows that are held at once, and connections that are begun
   */
  public static void main(String[] arguments) {
    LiveFlows flows =
        new LiveFlows(
            "eth0",
            PortSet.parse("5672"),
            Integer.parseInt(arguments[0]),
            ObserverLimits.within(1 << 20),
            new LastPackets(false, SNAP_LENGTH),
            null,
            flowEvent -> {});
    Tap tap = new Tap(flows::accept);
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      String client = "10.%d.%d.1".formatted(i >> 8 & 0xff, i & 0xff);
      Packets ip = Packets.ethernet().ipv4(client, "10.0.0.2");
      tap.see(ip.tcp(40_000 + (i >> 16), 5672).flags(Packets.SYN).seq(i));
    }
    flows.settle();
    System.out.println(flows.tracker().held());
  }
}
