package io.rstscope.capture.live;

import io.rstscope.capture.live.LiveException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** What libpcap says of itself and of the interfaces it finds. */
public final class Interfaces {
  private static final int PROBE_SNAP_LENGTH = 128;
  private static final int PROBE_RING = 1 << 18;

  private Interfaces() {}

  /**
   * All interfaces that libpcap finds, in its order, without those that carry no network traffic
   * (USB, Bluetooth, netfilter queues).
   *
   * @throws LiveException when libpcap cannot be loaded, or fails
   */
  public static List<LiveInterface> list() throws LiveException {
    List<LiveInterface> interfaces = new ArrayList<>();
    try {
      for (PcapNetworkInterface each : Pcaps.findAllDevs()) {
        if (isNetwork(each)) {
          interfaces.add(describe(each));
        }
      }
      return interfaces;
    } catch (PcapNativeException e) {
      throw new LiveException(Reason.FAILED, e.getMessage());
    } catch (LinkageError e) {
      throw Opening.notLoaded(e);
    }
  }

  /**
   * The version of libpcap, in its own words.
   *
   * @throws LiveException when it cannot be loaded
   */
  public static String libraryVersion() throws LiveException {
    try {
      return Pcaps.libVersion();
    } catch (LinkageError e) {
      throw Opening.notLoaded(e);
    }
  }

  /**
   * Opens an interface and lets it go again.
   *
   * @throws LiveException when it cannot be captured
   */
  public static void probe(String name, int ringBytes) throws LiveException {
    Opening.activate(name, PROBE_SNAP_LENGTH, ringBytes).close();
  }

  private static boolean isNetwork(PcapNetworkInterface each) {
    return each.getName().equals("any")
        || !each.getAddresses().isEmpty()
        || !each.getLinkLayerAddresses().isEmpty();
  }

  private static LiveInterface describe(PcapNetworkInterface each) {
    List<String> addresses = new ArrayList<>();
    for (PcapAddress address : each.getAddresses()) {
      if (address.getAddress() != null) {
        addresses.add(address.getAddress().getHostAddress().replaceFirst("%.*", ""));
      }
    }
    return new LiveInterface(
        each.getName(),
        each.getDescription(),
        each.isUp() && each.isRunning(),
        each.isLoopBack(),
        addresses,
        linkType(each.getName()));
  }

  private static String linkType(String name) {
    try (PcapHandle handle = Opening.activate(name, PROBE_SNAP_LENGTH, PROBE_RING)) {
      return Pcaps.dataLinkTypeToName(handle.getDlt());
    } catch (LiveException | PcapNativeException e) {
      return null;
    }
  }
}
