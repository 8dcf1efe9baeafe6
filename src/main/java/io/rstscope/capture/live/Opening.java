package io.rstscope.capture.live;

import io.rstscope.capture.live.LiveException.Reason;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** Opens an interface through pcap4j, and puts into words why it cannot. */
final class Opening {
  /** What pcap4j loads as libpcap. */
  static final String LIBRARY = System.getProperty("org.pcap4j.core.pcapLibName", "pcap");

  /** How long the kernel may keep packets to itself, in milliseconds: a block of its ring. */
  private static final int KERNEL_MILLIS = 100;

  /** {@code PCAP_ERROR_*} of pcap/pcap.h. */
  private static final int NO_SUCH_DEVICE = -5;

  private static final int PERMISSION_DENIED = -8;
  private static final int PROMISCUOUS_DENIED = -11;

  private Opening() {}

  /** A handle with its filter set. */
  static PcapHandle open(String name, LiveOptions options) throws LiveException {
    PcapHandle handle = activate(name, options.snapLength(), options.ringBytes());
    try {
      setFilter(handle, options.filter());
      return handle;
    } catch (LiveException e) {
      handle.close();
      throw e;
    }
  }

  /** A handle that lets everything through. */
  static PcapHandle activate(String name, int snapLength, int ringBytes) throws LiveException {
    try {
      return new PcapHandle.Builder(name)
          .snaplen(snapLength)
          .bufferSize(ringBytes)
          .timeoutMillis(KERNEL_MILLIS)
          .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
          .timestampPrecision(TimestampPrecision.NANO)
          .build();
    } catch (PcapNativeException e) {
      throw new LiveException(reason(e), name + ": " + e.getMessage());
    } catch (LinkageError e) {
      throw notLoaded(e);
    }
  }

  private static void setFilter(PcapHandle handle, KernelFilter filter) throws LiveException {
    try {
      try {
        handle.setFilter(filter.withVlans(), BpfCompileMode.OPTIMIZE);
      } catch (PcapNativeException e) {
        handle.setFilter(filter.withoutVlans(), BpfCompileMode.OPTIMIZE);
      }
    } catch (PcapNativeException e) {
      throw new LiveException(
          Reason.WRONG_FILTER, "the filter '" + filter.withoutVlans() + "': " + e.getMessage());
    } catch (NotOpenException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Reason reason(PcapNativeException e) {
    String message = String.valueOf(e.getMessage());
    int code = e.getReturnCode() == null ? 0 : e.getReturnCode();
    if (code == PERMISSION_DENIED
        || code == PROMISCUOUS_DENIED
        || message.contains("permission")
        || message.contains("Operation not permitted")) {
      return Reason.NOT_PERMITTED;
    }
    return code == NO_SUCH_DEVICE || message.contains("No such device")
        ? Reason.NO_SUCH_INTERFACE
        : Reason.FAILED;
  }

  static LiveException notLoaded(LinkageError error) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return new LiveException(Reason.NO_LIBRARY, whyNot(error, message));
  }

  private static String whyNot(LinkageError error, String message) {
    if (message.contains("'" + LIBRARY + "'")) {
      return "libpcap is not installed (Debian: apt install libpcap0.8)";
    }
    // what it lacks is looked up when it is loaded, or first called
    boolean lacking = message.contains("symbol") || message.contains("pcap_");
    return lacking || isInPcap4j(error)
        ? "libpcap is too old, or another library of its name: " + message
        : "JNA cannot be loaded: " + message;
  }

  /** Once JNA works it is libpcap that pcap4j's classes cannot be linked to. */
  private static boolean isInPcap4j(LinkageError error) {
    return error instanceof NoClassDefFoundError
        && String.valueOf(error.getMessage()).contains("pcap4j");
  }
}
