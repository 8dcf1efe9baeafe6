package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections without an end: who is served, and which of them goes on under another name. */
class OpenConnectionsTest {
  private static final byte[] BEAT = new byte[9];

  private final List<FlowObservation> flows = new ArrayList<>();

  private OpenConnections open(Talk... talks) {
    flows.clear();
    return Analysis.observe(flows, talks).open();
  }

  private FlowObservation flow(int port) {
    return flows.stream().filter(flow -> flow.client().port() == port).findFirst().get();
  }

  private static Talk talk(int port) {
    return new Talk("10.0.1.1", port);
  }

  // ---- whether others are served

  @Test
  void shouldServeFromTheBeginningOfTheFirstConnection() {
    Talk later = talk(2).pause(Duration.ofSeconds(9)).open(0);
    OpenConnections open = open(later, talk(1).open(0));

    assertFalse(open.isServing(flow(1).broker(), Talk.START));
    assertTrue(open.isServing(flow(1).broker(), Talk.START + 1));
    assertTrue(open.isServing(flow(1).broker(), 64, Talk.START + 1));
    assertFalse(open.isServing(flow(1).broker(), 64, Talk.START));
    assertFalse(open.isServing(flow(1).broker(), 63, Talk.START + 1), "from elsewhere");
    assertFalse(open.isServing(flow(1).client(), Talk.START + 1), "another port");
  }

  @Test
  void shouldNotServeByConnectionsThatEndedOrWereNotSeenToBegin() {
    for (Talk other :
        List.of(
            talk(1).open(0).fin(BROKER),
            talk(1).open(0).socketReset(CLIENT),
            talk(1).ack(CLIENT).ack(BROKER))) {
      assertFalse(open(other).isServing(flow(1).broker(), other.now()));
    }
  }

  @Test
  void shouldKnowByItsMacAddressWhoAcceptsConnections() {
    OpenConnections open = open(talk(1).mac(BROKER, 0x02_00_00_00_00_55L).open(0));

    assertTrue(open.isServedBy(flow(1).broker(), 0x02_00_00_00_00_55L));
    assertFalse(open.isServedBy(flow(1).broker(), 0x02_00_00_00_00_56L));
    assertFalse(open.isServedBy(flow(1).client(), 0x02_00_00_00_00_55L), "another port");
  }

  // ---- which one goes on to another address

  /** What the same client port sends to another address after a minute. */
  private boolean isContinued(Talk untranslated) {
    Talk old = talk(1).connect().client(BEAT).broker(BEAT);
    untranslated.pause(MINUTE).missing(CLIENT, 1 + BEAT.length).missing(BROKER, 1 + BEAT.length);
    OpenConnections open = open(old, untranslated.data(CLIENT, BEAT).bareReset(BROKER));
    return open.isContinuedIn(
        flows.stream().filter(flow -> !flow.handshakeSeen()).findFirst().get());
  }

  @Test
  void shouldKnowAConnectionThatANatNoLongerTranslates() {
    assertTrue(isContinued(new Talk("10.0.1.1", 1, "10.0.0.9")));
    assertFalse(isContinued(new Talk("10.0.1.1", 2, "10.0.0.9")), "another port of the client");
    assertFalse(isContinued(new Talk("10.0.1.1", 1, "10.0.0.9").missing(BROKER, 1)));
    assertFalse(isContinued(new Talk("10.0.1.1", 1, "10.0.0.9").missing(CLIENT, 2_000_000)));
  }

  // ---- which one goes on with another client port

  /** Of the connection of port 1, which a NAT gives port 2 after so long. */
  private OpenConnections.Open before(Duration silence, Talk renamed) {
    Talk old = talk(1).connect().client(BEAT).broker(BEAT);
    renamed.pause(silence).missing(CLIENT, 1 + BEAT.length).missing(BROKER, 1 + BEAT.length);
    OpenConnections open = open(old, renamed.data(CLIENT, BEAT).bareReset(BROKER));
    return open.before(flow(2));
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void shouldKnowAConnectionByTheNumbersThatGoOn() {
    OpenConnections.Open before = before(MINUTE, talk(2));

    assertEquals("10.0.1.1:1", before.client().toString());
    assertEquals(flow(1).lastNanos(), before.lastNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "1048567, true", // the client's 9 bytes go on from there: 1 MiB in all
    "1048568, false",
    "-1048585, true",
    "-1048586, false"
  })
  void shouldAllowTheClientToHaveSentSomeMeanwhile(int missing, boolean known) {
    assertEquals(known, before(MINUTE, talk(2).missing(CLIENT, missing)) != null);
  }

  @Test
  void shouldNotKnowItByOtherNumbersOfTheBroker() {
    assertNull(before(MINUTE, talk(2).missing(BROKER, 1)));
  }

  @Test
  void shouldNotKnowItWhereTheBrokerSpeaksOrAHandshakeWasSeen() {
    assertNull(before(MINUTE, talk(2).pause(MINUTE).ack(BROKER)));
    assertNull(before(MINUTE, talk(2).pause(MINUTE).connect()));
  }

  @ParameterizedTest
  @CsvSource({"1000000000, true", "999999999, false"})
  void shouldNotBeForgottenWithinASecond(long silence, boolean known) {
    Talk old = talk(1).connect().client(BEAT).broker(BEAT);
    long last = old.now() - 10_000;
    Talk renamed = talk(2).missing(CLIENT, 1 + BEAT.length).missing(BROKER, 1 + BEAT.length);
    renamed.pause(Duration.ofNanos(last + silence - renamed.now())).data(CLIENT, BEAT);

    assertEquals(known, open(old, renamed).before(flow(2)) != null);
  }
}
