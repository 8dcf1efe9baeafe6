package io.rstscope.judge.context;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is behind a proxy. */
class ProxiedClientTest {
  private static FlowVerdict behind(String header) {
    Talk talk = new Talk("10.0.1.5", 40_000).connect();
    talk.client(AmqpBytes.bytes().ascii(header + "\r\n").array());
    talk.client(AmqpBytes.header091()).broker(AmqpBytes.brokerHandshake());
    return Analysis.of(talk.socketReset(CLIENT));
  }

  private static AmqpSnapshot amqp(String header) {
    return behind(header).flow().amqp();
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672, 203.0.113.7:5555",
    "PROXY TCP6 2001:db8::7 2001:db8::2 5555 5672, [2001:db8::7]:5555",
    "PROXY TCP6 ::ffff:203.0.113.7 ::ffff:10.0.0.2 5555 5672, 203.0.113.7:5555",
    "PROXY TCP6 ::ffff:cb00:7107 ::ffff:a00:2 5555 5672, 203.0.113.7:5555"
  })
  void shouldReadTheClientFromTheHeader(String header, String client) {
    assertEquals(client, ProxiedClient.of(amqp(header)).toString());
  }

  @Test
  void shouldKnowNobodyWhenTheProxySpeaksForItself() {
    assertNull(ProxiedClient.of(amqp("PROXY UNKNOWN")));
    assertEquals("10.0.1.5", behind("PROXY UNKNOWN").realClient());
    assertNull(ProxiedClient.of(null));
  }

  @Test
  void shouldSayWhatShowsTheProxy() {
    assertEquals(Set.of(ProxySign.PROXY_HEADER), behind("PROXY UNKNOWN").proxySigns());
  }
}
