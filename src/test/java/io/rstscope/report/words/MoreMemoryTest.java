package io.rstscope.report.words;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MoreMemoryTest {
  @Test
  void shouldAdviseTwiceTheHeapThereIs() {
    long mebibytes = Long.parseLong(MoreMemory.advice().replaceAll(".*-Xmx(\\d+)m$", "$1"));

    double times = (double) (mebibytes << 20) / Runtime.getRuntime().maxMemory();

    assertTrue(times >= 2 && times < 2.1, MoreMemory.advice());
  }
}
