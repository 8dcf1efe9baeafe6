package io.rstscope.capture.live;

import io.rstscope.capture.PacketSource;

/** Packets as they come, and how many of them were lost. */
public interface LiveSource extends PacketSource {
  /** What was lost since it was opened, as far as is known. */
  LiveStatistics statistics();
}
