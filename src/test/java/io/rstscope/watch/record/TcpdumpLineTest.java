package io.rstscope.watch.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is printed for a host without RstScope. */
class TcpdumpLineTest {
  private static String line(String folder, String name, long fileBytes) {
    RecordOptions options =
        new RecordOptions(Path.of(folder), name, 512, false, fileBytes, Long.MAX_VALUE, 20);
    return TcpdumpLine.of(options, "5671,5672", 1 << 26);
  }

  @Test
  void shouldRecordAllInterfaces() {
    assertEquals(
        "mkdir -p -m 700 dump && tcpdump -i any -s 512 -B 65536 -U -C 104 -W 20 -Z root"
            + " -w dump/rstscope.pcap '(tcp port 5671 or tcp port 5672)'",
        line("dump", "any", 100 << 20));
  }

  @Test
  void shouldSeeIntoTagsOfAnInterface() {
    assertEquals(
        "mkdir -p -m 700 dump && tcpdump -i eth0 -s 512 -B 65536 -U -C 1 -W 20 -Z root"
            + " -w dump/rstscope.pcap '(tcp port 5671 or tcp port 5672)"
            + " or (vlan and ((tcp port 5671 or tcp port 5672)"
            + " or (vlan and (tcp port 5671 or tcp port 5672))))'",
        line("dump", "eth0", 1 << 16));
  }

  @Test
  void shouldQuoteWhatAShellWouldRead() {
    assertEquals(
        "mkdir -p -m 700 'my dump' && tcpdump -i any -s 512 -B 65536 -U -C 1 -W 20 -Z root"
            + " -w 'my dump/rstscope.pcap' '(tcp port 5671 or tcp port 5672)'",
        line("my dump", "any", 1 << 20));
  }
}
