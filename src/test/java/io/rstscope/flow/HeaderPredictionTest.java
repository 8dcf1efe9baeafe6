package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way must lead to the same as the long one, whatever the segments do. */
class HeaderPredictionTest {
  private static final int SEGMENTS = 3_000;

  private final State shortWay = new State(0);

  /** A segment with URG set is not what nearly all are, and URG means nothing else to us. */
  private final State longWay = new State(Segment.URG);

  private final Tap tap =
      new Tap(
          packet -> {
            shortWay.take(packet);
            longWay.take(packet);
          });
  private final Talk talk = new Talk().seenBy(tap);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldLeadToWhatTheLongWayLeadsTo(long seed) {
    Random random = new Random(seed);
    talk.connect();
    for (int i = 0; i < SEGMENTS; i++) {
      happen(random, random.nextBoolean() ? CLIENT : BROKER);
      assertEquals(longWay.seen(), shortWay.seen(), "after segment " + i);
    }
    assertTrue(shortWay.predicted > SEGMENTS / 12, shortWay.predicted + " on the short way");
    assertEquals(0, longWay.predicted);
  }

  /** Mostly the usual; now and then all that a network does to a connection. */
  private void happen(Random random, Side side) {
    switch (random.nextInt(25)) {
      case 0 -> talk.data(side, "once").data(side, "more").again(side, 1 + random.nextInt(2));
      case 1 -> talk.missing(side, random.nextInt(200)).data(side, "after a loss");
      case 2 -> talk.ttl(side, 60 + random.nextInt(5)).ack(side);
      case 3 -> talk.mac(side, Packets.CLIENT_MAC + random.nextInt(2)).data(side, "moved");
      case 4 -> talk.window(side, random.nextInt(3) * 100).ack(side);
      case 5 -> talk.ipId(side, random.nextInt(3)).data(side, "numbered");
      case 6 -> talk.timestamps(side, random.nextInt(4) > 0).ack(side);
      case 7 -> talk.keepAlive(side, random.nextInt(2));
      case 8 -> talk.dontFragment(side, random.nextBoolean()).ack(side);
      case 9 -> tap.on(random.nextInt(2)).direction(random.nextInt(3));
      case 10 -> tap.pause(Duration.ofMillis(random.nextInt(3_000) - 200));
      case 24 -> tap.snapLength(random.nextInt(3) == 0 ? 60 : 1_000);
      case 11, 12, 13 -> talk.ack(side);
      default -> talk.window(side, 500).data(side, "usual");
    }
  }

  private static final class State implements FlowListener {
    private final SegmentDecoder decoder = new SegmentDecoder(PortSet.parse("5672"));
    private final FlowTracker tracker = new FlowTracker(PortSet.parse("5672"), 10, this);
    private final int flags;
    private Flow flow;
    private int predicted;

    State(int flags) {
      this.flags = flags;
    }

    void take(CapturedPacket packet) {
      Segment segment = new Segment();
      assertTrue(decoder.decode(packet, segment));
      segment.flags |= flags;
      tracker.accept(segment);
    }

    /** All that the flow and its endpoints tell. */
    List<String> seen() {
      List<String> seen = new ArrayList<>();
      for (Object view :
          List.of(
              flow,
              flow.client(),
              flow.broker(),
              flow.client().unanswered(),
              flow.broker().unanswered())) {
        gettersOf(view).forEach(getter -> seen.add(getter.getName() + " " + value(getter, view)));
      }
      return seen;
    }

    private static Stream<Method> gettersOf(Object view) {
      return Stream.of(view.getClass().getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .filter(method -> method.getParameterCount() == 0)
          .filter(method -> method.getReturnType().isPrimitive() || returnsText(method))
          .filter(method -> method.getReturnType() != void.class)
          .filter(method -> !method.getName().equals("silenceBeforeNanos")) // of the long way alone
          .sorted(Comparator.comparing(Method::getName));
    }

    private static boolean returnsText(Method method) {
      return method.getReturnType() == String.class;
    }

    private static Object value(Method getter, Object view) {
      try {
        return getter.invoke(view);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(getter.toString(), e);
      }
    }

    @Override
    public int usual(int id, SegmentBatch batch, int i, int position) {
      predicted++;
      return LOOK;
    }

    @Override
    public void reset(Flow flow, Side from, Segment segment) {}

    @Override
    public void segment(Flow flow, Side from, Segment segment, SegmentKind kind) {
      this.flow = flow;
    }

    @Override
    public void rolesSwapped(Flow flow) {}

    @Override
    public void ended(Flow flow, FlowEnd why) {}
  }
}
