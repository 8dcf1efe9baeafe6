package io.rstscope.watch;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a flow as evidence. */
class LastPacketsTest {
  private static final String MESSAGE = "a message that nobody may keep";

  private static List<EvidencePacket> evidence(Watching watching, int messages) {
    Talk talk = new Talk().seenBy(watching.tap).connect();
    for (int i = 0; i < messages; i++) {
      talk.data(CLIENT, MESSAGE).ack(BROKER);
    }
    talk.socketReset(CLIENT);
    watching.pause(Duration.ofSeconds(2));
    return watching.lastSighting().packets();
  }

  @Test
  void shouldKeepTheLastPacketsInTheirOrder() {
    List<EvidencePacket> packets = evidence(Watching.withEvidence(false), 50);
    assertEquals(LastPackets.KEPT, packets.size());
    for (int i = 0; i < packets.size(); i++) {
      assertEquals(104 - LastPackets.KEPT + 1 + i, packets.get(i).frame());
      assertEquals(LinkType.ETHERNET, packets.get(i).linkType());
    }
  }

  @Test
  void shouldKeepAllOfAShortFlow() {
    assertEquals(6, evidence(Watching.withEvidence(false), 1).size());
  }

  @Test
  void shouldKeepNoPayloadUnlessAskedTo() {
    for (EvidencePacket packet : evidence(Watching.withEvidence(false), 4)) {
      assertFalse(new String(packet.bytes(), US_ASCII).contains("message"));
    }
    assertTrue(
        evidence(Watching.withEvidence(true), 4).stream()
            .anyMatch(packet -> new String(packet.bytes(), US_ASCII).endsWith(MESSAGE)));
  }

  @Test
  void shouldTellHowLongPacketsWere() {
    EvidencePacket message = evidence(Watching.withEvidence(false), 1).get(3);
    assertEquals(MESSAGE.length(), message.originalLength() - message.bytes().length);
  }

  @Test
  void shouldKeepNothingUnlessAskedTo() {
    assertEquals(List.of(), evidence(Watching.usual(), 1));
  }
}
