package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.net.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBytesTest {
  private static final byte[] CLIENT_HELLO =
      bytes().u8(0x16).u16(0x0301).u16(200).u8(1).raw(new byte[199]).array();
  private static final String V2_SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1, HTTP",
    "OPTIONS /, HTTP",
    "SSH-2.0-OpenSSH, SSH",
    "'\u0010\u000e\u0000\u0004MQTT\u0005', MQTT",
    "'\u0010\u0080\u0002\u0000\u0004MQTT', MQTT",
    "what is this, UNKNOWN",
    "'AMQP\u0001\u0001\u0008\u0000', AMQP_OTHER",
    "'AMQP\u0000\u0000\u0009\u0000', AMQP_OTHER",
    "'AMQP\u0002\u0001\u0000\u0000', TLS",
    "'AMQP\u0000\u0001\u0000\u0000', AMQP_1_0"
  })
  void shouldNameTheProtocolWhenTheClientBegins(String first, AmqpProtocol expected) {
    byte[] stream = bytes().ascii(first).array();
    assertEquals(
        expected, Conversation.fromStart().client(stream).snapshot().protocol(), "at once");
    assertEquals(
        expected, Conversation.fromStart().pieces(Side.CLIENT, stream, 1).snapshot().protocol());
  }

  @Test
  void shouldTellStompFromAnHttpTunnel() {
    assertEquals(AmqpProtocol.STOMP, protocolOf("CONNECT\nhost:x\n"));
    assertEquals(AmqpProtocol.HTTP, protocolOf("CONNECT x:80 HTTP/1.1"));
  }

  @Test
  void shouldSayNothingWhenTooFewBytesCame() {
    assertEquals(AmqpProtocol.NONE, protocolOf("AMQP"));
  }

  @Test
  void shouldRecogniseTlsWhenTheClientSaysHello() {
    Conversation talk = Conversation.fromStart().client(CLIENT_HELLO).broker(new byte[500]);
    assertEquals(AmqpProtocol.TLS, talk.snapshot().protocol());
    assertEquals("tls", talk.snapshot().protocol().label());
    assertEquals(AmqpState.NONE, talk.snapshot().state());
  }

  @Test
  void shouldRecogniseTlsWhenTheCaptureBeganAmidIt() {
    byte[] record = bytes().u8(0x17).u16(0x0303).u16(100).raw(new byte[100]).array();
    assertEquals(AmqpProtocol.TLS, Conversation.joinedLate().broker(record).snapshot().protocol());
  }

  @Test
  void shouldDecodeTheProxyLineAndGoOnWithAmqp() {
    byte[] line = bytes().ascii("PROXY TCP4 192.0.2.7 192.0.2.1 51000 5672\r\n").array();
    assertProxied(line, new ProxyHeader("192.0.2.7", 51000, 1));
  }

  @Test
  void shouldDecodeTheProxyLineWhenTheAddressIsUnknown() {
    assertProxied(bytes().ascii("PROXY UNKNOWN\r\n").array(), new ProxyHeader(null, -1, 1));
  }

  @Test
  void shouldNotBelieveTheProxyLineWhenTheAddressIsNone() {
    byte[] line = bytes().ascii("PROXY TCP4 \u001b[31m 192.0.2.1 51000 5672\r\n").array();
    assertProxied(line, new ProxyHeader(null, -1, 1));
  }

  @Test
  void shouldDecodeTheBinaryProxyHeaderOfIpv4() {
    byte[] header =
        bytes()
            .ascii(V2_SIGNATURE)
            .u8(0x21)
            .u8(0x11)
            .u16(12 + 7)
            .u32(0xC0000207L)
            .u32(0xC0000201L)
            .u16(51000)
            .u16(5672)
            .raw(new byte[7])
            .array();
    assertProxied(header, new ProxyHeader("192.0.2.7", 51000, 2));
  }

  @Test
  void shouldDecodeTheBinaryProxyHeaderOfIpv6() {
    byte[] source = bytes().u16(0x2001).u16(0xdb8).raw(new byte[10]).u16(0x1f).array();
    byte[] header =
        bytes()
            .ascii(V2_SIGNATURE)
            .u8(0x21)
            .u8(0x21)
            .u16(36)
            .raw(source)
            .raw(new byte[16])
            .u16(51000)
            .u16(5672)
            .array();
    assertProxied(header, new ProxyHeader("2001:db8::1f", 51000, 2));
  }

  @Test
  void shouldHaveNoAddressWhenTheProxyChecksByItself() {
    byte[] local = bytes().ascii(V2_SIGNATURE).u8(0x20).u8(0).u16(0).array();
    assertProxied(local, new ProxyHeader(null, -1, 2));
  }

  @Test
  void shouldTellRolesFromWhatOnlyOneSideSends() {
    assertEquals(Side.CLIENT, roleOf(header091()));
    assertEquals(Side.CLIENT, roleOf(startOk(clientProperties())));
    assertEquals(Side.CLIENT, roleOf(tuneOk(60)));
    assertEquals(Side.CLIENT, roleOf(open("/")));
    assertEquals(Side.CLIENT, roleOf(publish(10)));
    assertEquals(Side.CLIENT, roleOf(CLIENT_HELLO));
    assertEquals(Side.BROKER, roleOf(start()));
    assertEquals(Side.BROKER, roleOf(tune(60)));
    assertEquals(Side.BROKER, roleOf(openOk()));
    assertEquals(Side.BROKER, roleOf(deliver(10)));
    assertNull(roleOf(heartbeat()));
    assertNull(roleOf(close(200, "", 0, 0)));
    assertNull(roleOf(new byte[3]));
    assertNull(roleOf(new byte[100]));
  }

  private static Side roleOf(byte[] payload) {
    return RoleHint.of(payload, 0, payload.length);
  }

  private static AmqpProtocol protocolOf(String first) {
    return Conversation.fromStart().client(bytes().ascii(first).array()).snapshot().protocol();
  }

  private static void assertProxied(byte[] header, ProxyHeader expected) {
    byte[] stream = join(header, clientHandshake());
    for (int size : new int[] {stream.length, 1, 3, header.length}) {
      AmqpSnapshot seen = Conversation.fromStart().pieces(Side.CLIENT, stream, size).snapshot();
      assertEquals(expected, seen.proxy(), "pieces of " + size);
      assertEquals("/orders", seen.vhost(), "pieces of " + size);
    }
  }
}
