package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.testing.Talk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as text; those of IPv6 as RFC 5952, section 4, wants them. */
class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1:40000",
    "255.255.255.255, 255.255.255.255:40000",
    "0.0.0.0, 0.0.0.0:40000",
    "2001:0DB8:0:0:0:0:2:1, [2001:db8::2:1]:40000",
    "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:40000",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:40000",
    "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:40000",
    "fe80:0:0:0:0:0:0:0, [fe80::]:40000",
    "0:0:0:0:0:0:0:1, [::1]:40000",
    "0:0:0:0:0:0:0:0, [::]:40000",
    "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]:40000",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:40000"
  })
  void shouldWriteAddressAndPort(String address, String text) {
    Tracking tracking = Tracking.usual();
    boolean ipv6 = address.indexOf(':') >= 0;
    String broker = ipv6 ? "2001:db8::9" : "10.9.9.9";
    new Talk(address, 40_000, broker).seenBy(tracking.tap).syn();
    assertEquals(text, tracking.flow().hostPort(CLIENT).toString());
    String brokerText = ipv6 ? "[2001:db8::9]:5672" : "10.9.9.9:5672";
    assertEquals(brokerText, tracking.flow().hostPort(BROKER).toString());
  }
}
