package io.rstscope.watch.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.HostPort;
import io.rstscope.watch.kernel.TraceEvent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as Linux 6.18 and 5.10 write them. */
class TraceLineTest {
  private static final String SENT =
      "         python3-26919   [001] .N...  2516.801149: tcp_send_reset:"
          + " skbaddr=0000000000000000 skaddr=00000000a6ed33e2 ";

  @Test
  void shouldReadWhatTheKernelSentAndWhy() {
    TraceEvent event =
        TraceLine.parse(
            SENT
                + "src=[::ffff:127.0.0.1]:5672 dest=[::ffff:127.0.0.1]:33484 state=TCP_CLOSE"
                + " reason=TCP_STATE");

    assertEquals(
        new TraceEvent(
            2_516_801_149_000L,
            Kind.SENT,
            new HostPort("127.0.0.1", 5672),
            new HostPort("127.0.0.1", 33_484),
            "TCP_STATE",
            null),
        event);
  }

  @Test
  void shouldReadAddressesOfVersionSix() {
    TraceEvent event =
        TraceLine.parse(SENT + "src=[2001:db8::1]:5672 dest=[fe80::2]:4000 state=UNKNOWN");

    assertEquals(new HostPort("2001:db8::1", 5672), event.source());
    assertEquals(new HostPort("fe80::2", 4000), event.destination());
    assertNull(event.reason());
  }

  @Test
  void shouldReadFromWhomASocketTookOne() {
    TraceEvent event =
        TraceLine.parse(
            " my prog [x]-7 [000] ..s2.  2516.799710: tcp_receive_reset: family=AF_INET sport=33484"
                + " dport=5672 saddr=10.0.0.1 daddr=10.0.0.2 saddrv6=::ffff:10.0.0.1"
                + " daddrv6=::ffff:10.0.0.2 sock_cookie=e");

    assertEquals(new HostPort("10.0.0.2", 5672), event.source());
    assertEquals(new HostPort("10.0.0.1", 33_484), event.destination());
  }

  private static TraceEvent error(String protocol, String number) {
    return TraceLine.parse(
        "          <idle>-0 [001] ..s2.   100.500000: inet_sk_error_report: family=AF_INET6 protocol="
            + protocol
            + " sport=5672 dport=40000 saddr=0.0.0.0 daddr=0.0.0.0 saddrv6=::ffff:10.0.0.1"
            + " daddrv6=::ffff:10.0.0.2 error="
            + number);
  }

  @Test
  void shouldReadOfWhatErrorAProgramWasTold() {
    assertEquals(
        new TraceEvent(
            100_500_000_000L,
            Kind.ERROR,
            new HostPort("10.0.0.1", 5672),
            new HostPort("10.0.0.2", 40_000),
            null,
            Errno.ETIMEDOUT),
        error("IPPROTO_TCP", "110"));
  }

  @Test
  void shouldReadNoErrorsOfOthersThanTcpNorOnesThatMeanNothing() {
    assertNull(error("IPPROTO_SCTP", "110"));
    assertNull(error("IPPROTO_TCP", "0"));
    assertNull(error("IPPROTO_TCP", "999999"));
    assertNull(error("IPPROTO_TCP", ""));
  }

  @Test
  void shouldReadThatOfOldKernelsWithoutAFamily() {
    TraceEvent event =
        TraceLine.parse(
            " p-7 [000] ..s2  16.799710: tcp_receive_reset: sport=33484 dport=5672 saddr=0.0.0.0"
                + " daddr=0.0.0.0 saddrv6=::1 daddrv6=2001:db8::2 sock_cookie=e");

    assertEquals(new HostPort("2001:db8::2", 5672), event.source());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CPU:1 [LOST 17 EVENTS]",
        " p-7 [000] ..s2  16.799710: tcp_retransmit_skb: src=10.0.0.1:1 dest=10.0.0.2:2",
        " p-7 [000] ..s2  16.799710: tcp_send_reset: src=10.0.0.1:99999 dest=10.0.0.2:2 state=X",
        " p-7 [000] ..s2  16.799710: tcp_send_reset: src=1.2.3.4.5:1 dest=10.0.0.2:2 state=X",
        " p-7 [000] ..s2  16.799710: tcp_send_reset: src=[:::::::]:1 dest=10.0.0.2:2 state=X",
        " p-7 [000] ..s2  16.799710: tcp_receive_reset: sport=1 dport=2 saddr=a daddr=b"
            + " saddrv6=c daddrv6=d"
      })
  void shouldPassOverWhatIsNoReset(String line) {
    assertNull(TraceLine.parse(line));
  }

  @Test
  void shouldSeeThatEventsWereLost() {
    assertTrue(TraceLine.tellsOfLostEvents("CPU:1 [LOST 17 EVENTS]"));
  }
}
