package io.rstscope.flow;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.testing.Conversation;
import io.rstscope.testing.Peer;
import io.rstscope.testing.Tap;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
  private final Conversation talk = Conversation.usual(tap);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldLeadToWhatTheLongWayLeadsTo(long seed) {
    Random random = new Random(seed);
    talk.handshake();
    for (int i = 0; i < SEGMENTS; i++) {
      happen(random, random.nextBoolean() ? talk.client : talk.broker);
      assertEquals(longWay.seen(), shortWay.seen(), "after segment " + i);
    }
    assertTrue(shortWay.predicted > SEGMENTS / 12, shortWay.predicted + " on the short way");
    assertEquals(0, longWay.predicted);
  }

  /** Mostly the usual; now and then all that a network does to a connection. */
  private void happen(Random random, Peer peer) {
    switch (random.nextInt(25)) {
      case 0 -> peer.send("once").send("more").sendAgain(1 + random.nextInt(2));
      case 1 -> peer.lose(random.nextInt(200)).send("after a loss");
      case 2 -> peer.ttl(60 + random.nextInt(5)).ack();
      case 3 -> peer.mac(0x02_00_00_00_00_01L + random.nextInt(2)).send("moved");
      case 4 -> peer.window(random.nextInt(3) * 100).ack();
      case 5 -> peer.id(random.nextInt(3)).send("numbered");
      case 6 -> peer.timestamps(random.nextInt(4) > 0).ack();
      case 7 -> peer.keepAlive(random.nextInt(2));
      case 8 -> peer.dontFragment(random.nextBoolean()).ack();
      case 9 -> tap.on(random.nextInt(2)).direction(random.nextInt(3));
      case 10 -> tap.pass(random.nextInt(3_000) - 200, MILLISECONDS);
      case 24 -> tap.snapLength(random.nextInt(3) == 0 ? 60 : 1_000);
      case 11, 12, 13 -> peer.ack();
      default -> peer.window(500).send("usual");
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
        throw new AssertionError(e);
      }
    }

    @Override
    public int usual(int id, Segment segment, int position) {
      predicted++;
      return LOOK;
    }

    @Override
    public void reset(Flow flow, boolean fromClient, Segment segment) {}

    @Override
    public void segment(Flow flow, boolean fromClient, Segment segment, SegmentKind kind) {
      this.flow = flow;
    }

    @Override
    public void rolesSwapped(Flow flow) {}

    @Override
    public void ended(Flow flow, FlowEnd why) {}
  }
}
