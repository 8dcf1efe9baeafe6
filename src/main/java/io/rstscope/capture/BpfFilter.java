package io.rstscope.capture;

import java.util.HashMap;
import java.util.Map;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * A filter expression (pcap-filter(7)), compiled by libpcap for each link type it meets.
 *
 * <p>{@code inbound}, {@code outbound} and {@code ifindex} find what Linux cooked headers say, and
 * nothing elsewhere.
 *
 * <p>Loads pcap4j, JNA and libpcap, which takes about 0.3 s. Used by one thread.
 */
public final class BpfFilter implements AutoCloseable {
  private final String expression;

  /** Programs by link type; null where the expression makes no sense. */
  private final Map<Integer, BpfProgram> programs = new HashMap<>();

  /** By the logarithm of their length: JNA copies all of the array that it is given. */
  private final byte[][] copies = new byte[Integer.SIZE + 1][];

  private int lastLinkType = -1;
  private BpfProgram lastProgram;

  private BpfFilter(String expression) {
    this.expression = expression;
  }

  /**
   * Compiles an expression.
   *
   * @throws FilterException when it makes no sense for any common link type, or when libpcap or JNA
   *     cannot be loaded
   */
  public static BpfFilter compile(String expression) throws FilterException {
    BpfFilter filter = new BpfFilter(expression);
    try {
      filter.programs.put(LinkType.ETHERNET, filter.compileFor(LinkType.ETHERNET));
      return filter;
    } catch (PcapNativeException e) {
      throw FilterException.wrong("the filter '" + expression + "' is wrong: " + e.getMessage());
    } catch (LinkageError e) {
      throw notLoaded(e);
    }
  }

  /** Whether the expression makes sense for packets of this link type. */
  public boolean appliesTo(int linkType) {
    return program(linkType) != null;
  }

  /**
   * Whether the captured bytes of a packet match; they do not if the expression makes no sense for
   * its link type.
   */
  public boolean matches(CapturedPacket packet) {
    if (packet.linkType != lastLinkType) {
      lastProgram = program(packet.linkType);
      lastLinkType = packet.linkType;
    }
    return lastProgram != null
        && lastProgram.applyFilter(copy(packet), packet.originalLength, packet.capturedLength);
  }

  /** Frees what libpcap holds; no further call is allowed. */
  @Override
  public void close() {
    for (BpfProgram program : programs.values()) {
      if (program != null) {
        program.free();
      }
    }
    programs.clear();
  }

  private BpfProgram program(int linkType) {
    if (!programs.containsKey(linkType)) {
      try {
        programs.put(linkType, compileFor(linkType));
      } catch (PcapNativeException e) {
        programs.put(linkType, null);
      }
    }
    return programs.get(linkType);
  }

  private BpfProgram compileFor(int linkType) throws PcapNativeException {
    DataLinkType type = DataLinkType.getInstance(numberInLibpcap(linkType));
    try (PcapHandle handle = Pcaps.openDead(type, PcapReader.MAX_CAPTURED)) {
      return handle.compileFilter(
          expression, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
    } catch (NotOpenException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Files number raw IP otherwise than libpcap does (its {@code DLT_RAW} is 12 or 14). */
  private static int numberInLibpcap(int linkType) {
    boolean isRaw = linkType == LinkType.RAW || linkType == LinkType.RAW_OPENBSD;
    return isRaw ? LinkType.RAW_BSD : linkType;
  }

  private byte[] copy(CapturedPacket packet) {
    int size = Integer.SIZE - Integer.numberOfLeadingZeros(packet.capturedLength);
    if (copies[size] == null) {
      copies[size] = new byte[1 << size];
    }
    System.arraycopy(packet.data, packet.offset, copies[size], 0, packet.capturedLength);
    return copies[size];
  }

  private static FilterException notLoaded(LinkageError error) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return message.contains("'" + System.getProperty("org.pcap4j.core.pcapLibName", "pcap") + "'")
        ? FilterException.notLoaded(
            "libpcap is not installed: a filter needs it (Debian: apt install libpcap0.8)")
        : FilterException.notLoaded("JNA, which a filter needs, cannot be loaded: " + message);
  }
}
