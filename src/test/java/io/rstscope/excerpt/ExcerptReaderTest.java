package io.rstscope.excerpt;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.PortSet;
import io.rstscope.report.model.ExcerptPacket;
import io.rstscope.report.model.Excerpts;
import io.rstscope.report.model.FlowExcerpt;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The packets of a flow that its verdict is about. */
class ExcerptReaderTest {
  @Test
  void shouldHoldAllPacketsOfAShortFlow() {
    Talk talk = idleTimeout();

    FlowExcerpt excerpt = excerpt(talk);

    assertEquals(excerpt.total(), excerpt.packets().size());
    assertEquals(
        List.of(
            "protocol header",
            "connection.start",
            "connection.start-ok",
            "connection.tune",
            "connection.tune-ok, connection.open",
            "connection.open-ok",
            "heartbeat"),
        excerpt.packets().stream().map(ExcerptPacket::amqp).filter(Objects::nonNull).toList());
  }

  @Test
  void shouldCountSequenceNumbersFromTheFirstPacketOfEachSide() {
    List<ExcerptPacket> packets = excerpt(idleTimeout()).packets();

    assertEquals(List.of(0L, 0L, 1L, 1L), sequences(packets.subList(0, 4)));
  }

  @Test
  void shouldTellTheSilenceBeforeAPacketAndItsTtl() {
    List<ExcerptPacket> packets = excerpt(idleTimeout()).packets();
    ExcerptPacket speaks = packets.get(packets.size() - 2);
    ExcerptPacket reset = packets.get(packets.size() - 1);

    assertEquals(400, speaks.gapNanos() / 1_000_000_000L);
    assertEquals(BROKER, speaks.from());
    assertEquals(64, speaks.ttl());
    assertEquals(CLIENT, reset.from());
    assertEquals(63, reset.ttl());
    assertEquals(Segment.RST, reset.flags());
  }

  @Test
  void shouldKeepTheBeginningAndTheEndOfALongFlow() {
    Talk talk = new Talk().open(60);
    for (int i = 0; i < 1_000; i++) {
      talk.client(AmqpBytes.heartbeat());
    }
    talk.pause(Duration.ofSeconds(3)).socketReset(CLIENT);
    for (int i = 0; i < 100; i++) {
      talk.data(BROKER, AmqpBytes.heartbeat());
    }

    FlowExcerpt excerpt = excerpt(talk);
    List<ExcerptPacket> packets = excerpt.packets();

    assertTrue(packets.size() <= 80, packets.size() + " packets");
    assertTrue(excerpt.total() > 1_100, excerpt.total() + " in all");
    assertEquals(List.of(1L, 2L, 3L), numbers(packets.subList(0, 3)));
    assertTrue(
        packets.stream().anyMatch(packet -> (packet.flags() & Segment.RST) != 0), "the reset");
    assertEquals(10_000, packets.get(20).gapNanos(), "since the packet before, if left out");
  }

  @Test
  void shouldNotMixFlowsThatUseTheSameAddressesOneAfterTheOther() {
    Talk first = new Talk().open(60).socketReset(CLIENT);
    Talk second = new Talk().pause(Duration.ofHours(1)).open(0).pause(Duration.ofSeconds(9));
    second.data(BROKER, new byte[9]).ttl(CLIENT, 63).bareReset(CLIENT);
    PcapFile capture = Talk.capture(first, second);
    List<FlowVerdict> flows = Analysis.of(capture);

    Excerpts excerpts = read(capture, flows);

    assertEquals(2, flows.size());
    assertEquals(1, excerpts.of(flows.get(0)).packets().get(0).frame());
    assertEquals(
        excerpts.of(flows.get(0)).total() + 1, excerpts.of(flows.get(1)).packets().get(0).frame());
  }

  @Test
  void shouldHoldAllPacketsWhenTheClockIsSetBack() {
    PcapFile capture = new PcapFile(LinkType.ETHERNET);
    Tap tap = Tap.into(capture);
    Talk talk = new Talk().seenBy(tap).open(60).pause(Duration.ofHours(-1));
    talk.data(CLIENT, "before it began").socketReset(CLIENT).ack(BROKER);
    new Talk().seenBy(tap).pause(Duration.ofSeconds(1)).connect();
    FlowVerdict flow = Analysis.of(capture).get(0);

    FlowExcerpt excerpt = read(capture, List.of(flow)).of(flow);

    assertEquals(tap.frame() - 3, excerpt.total());
    assertEquals(excerpt.total(), excerpt.packets().size());
  }

  @Test
  void shouldReadIpv6() {
    Talk talk = new Talk("2001:db8::7", 40_000).open(60).socketReset(CLIENT);

    assertEquals(excerpt(talk).total(), excerpt(talk).packets().size());
    assertEquals(Talk.CLIENT_TTL, excerpt(talk).packets().get(0).ttl());
  }

  @Test
  void shouldSayHowManyFlowsAreTooMany() {
    PcapFile capture = Talk.capture(idleTimeout());
    List<FlowVerdict> flows = Analysis.of(capture);
    List<FlowVerdict> many = Collections.nCopies(ExcerptReader.MAX_FLOWS + 3, flows.get(0));

    assertEquals(3, read(capture, many).flowsLeftOut());
    assertNull(read(capture, flows).missing());
  }

  private static Talk idleTimeout() {
    return IdleTimeout.forgotten(new Talk().open(0), Duration.ofSeconds(400));
  }

  private static FlowExcerpt excerpt(Talk talk) {
    PcapFile capture = Talk.capture(talk);
    FlowVerdict flow = Analysis.of(capture).get(0);
    return read(capture, List.of(flow)).of(flow);
  }

  private static Excerpts read(PcapFile capture, List<FlowVerdict> flows) {
    PortSet ports = PortSet.parse(String.valueOf(Talk.BROKER_PORT));
    try (PacketSource source =
        CaptureFiles.read("test", new ByteArrayInputStream(capture.bytes()))) {
      return new ExcerptReader(ports, flows).read(source, () -> false);
    } catch (CaptureException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Long> sequences(List<ExcerptPacket> packets) {
    return packets.stream().map(ExcerptPacket::sequence).toList();
  }

  private static List<Long> numbers(List<ExcerptPacket> packets) {
    return packets.stream().map(ExcerptPacket::number).toList();
  }
}
