package io.rstscope.capture.live;

/**
 * What libpcap counts as lost, each since the interface was opened ({@code pcap_stats(3)}).
 *
 * @param droppedByKernel packets that passed the filter and found the ring full
 * @param droppedByInterface packets that the interface or its driver lost, of any kind
 */
public record LiveStatistics(long droppedByKernel, long droppedByInterface) {
  /** Before anything was counted. */
  public static final LiveStatistics NONE = new LiveStatistics(0, 0);

  /** What was counted since an earlier reading; the counters of libpcap have 32 bits and wrap. */
  public LiveStatistics since(LiveStatistics earlier) {
    return new LiveStatistics(
        droppedByKernel - earlier.droppedByKernel & 0xffff_ffffL,
        droppedByInterface - earlier.droppedByInterface & 0xffff_ffffL);
  }
}
