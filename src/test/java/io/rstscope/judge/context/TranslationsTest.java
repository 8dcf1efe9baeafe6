package io.rstscope.judge.context;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection that goes on from another one with one address changed. */
class TranslationsTest {
  private static final byte[] BEAT = AmqpBytes.heartbeat();
  private static final Duration LATER = Duration.ofSeconds(2);

  private static boolean continues(Talk talk, Talk other) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talk, other);
    assertEquals(2, flows.size());
    Translations translations = new Translations(flows);
    FlowObservation asked = flows.stream().filter(f -> talk.isOf(f.client())).findFirst().get();
    return translations.continued(asked) != null;
  }

  private static Talk translated() {
    return new Talk("10.0.1.1", 40_000).open(0).pause(LATER);
  }

  private static Talk untranslated(String client, int port) {
    return new Talk(client, port).pause(LATER);
  }

  @Test
  void shouldRecogniseItByItsPortAndTheNumbersOfBothSides() {
    assertTrue(continues(untranslated("10.0.9.9", 40_000).client(BEAT), translated()));
  }

  @Test
  void shouldRecogniseItByWhatOneSideAcknowledges() {
    assertTrue(continues(untranslated("10.0.9.9", 40_000).data(CLIENT, BEAT), translated()));
  }

  @Test
  void shouldNotTakeAnotherPortForIt() {
    assertFalse(continues(untranslated("10.0.9.9", 40_001).client(BEAT), translated()));
  }

  @Test
  void shouldNotTakeOtherNumbersForItOfEitherSide() {
    Talk client = untranslated("10.0.9.9", 40_000).missing(CLIENT, 2_000_000).client(BEAT);
    Talk broker = untranslated("10.0.9.9", 40_000).missing(BROKER, -2_000_000).client(BEAT);

    assertFalse(continues(client, translated()));
    assertFalse(continues(broker, translated()));
  }

  @Test
  void shouldAllowForWhatWasSentMeanwhile() {
    Talk talk = untranslated("10.0.9.9", 40_000).missing(CLIENT, 900_000).client(BEAT);

    assertTrue(continues(talk, translated()));
  }

  @Test
  void shouldNotTakeAConnectionForItThatBeganWithAHandshake() {
    assertFalse(continues(untranslated("10.0.9.9", 40_000).open(0), translated()));
  }

  @Test
  void shouldNotTakeAConnectionForItWithBothAddressesChanged() {
    Talk talk = new Talk("10.0.9.9", 40_000, "10.0.0.3").pause(LATER).client(BEAT);

    assertFalse(continues(talk, translated()));
  }

  @Test
  void shouldNotTakeOneDirectionAloneForBoth() {
    Talk one = new Talk("10.0.1.1", 40_000);
    one.packet(CLIENT, io.rstscope.testing.Packets.PSH, p -> p.ack(0).payload(BEAT));

    assertFalse(continues(untranslated("10.0.9.9", 40_000).client(BEAT), one));
  }
}
