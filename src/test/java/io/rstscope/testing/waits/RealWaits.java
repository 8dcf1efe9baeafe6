package io.rstscope.testing.waits;

import io.rstscope.testing.Recorded;
import io.rstscope.testing.waits.Frames.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes the silences of recordings as long as real timers are: labs wait seconds where devices and
 * proxies wait minutes.
 *
 * <p>What is stretched is the time axis of the whole capture, so that what happened at once, or one
 * after the other, still does. It is stretched only where nobody would have sent anything however
 * long it took: in gaps of the capture of 0.9 s or more (0.2 s, where they are parts of a silence
 * that ended a connection) in which each connection that was begun and has not ended is open,
 * negotiated no heartbeat, owes no acknowledgement in either direction, has room in both windows,
 * has not begun to close, and was never probed by keep-alives. So intervals of retransmissions,
 * probes, heartbeats, handshakes and half-closed connections stay what they are; a connection of
 * which this cannot be seen (begun before the capture, encrypted, AMQP 1.0) keeps all gaps of its
 * lifetime as they are.
 *
 * <p>A silence of one connection may consist of several gaps between which others speak. The gaps
 * grow together so that the silences that ended connections keep their proportions: {@link
 * Lengths}. Where that is impossible, because one of two equal silences cannot be stretched and the
 * other can, the capture stays as it is.
 *
 * <p>TCP timestamps, and what echoes them, are what the hosts' {@link Clock}s would have shown.
 * Identifications stay: Linux counts packets, not time. Packets that are not TCP are just moved.
 */
public final class RealWaits {
  /** What is shorter may be an interval of something, s. */
  private static final double SHORTEST = 0.9;

  /** Part of a silence between what other connections say, s. */
  private static final double SHORTEST_PART = 0.2;

  /** How long before the end of a connection a silence of it may be over, s. */
  private static final double NEAR_THE_END = 2;

  private static final int LOW_BYTE = 1;

  private final List<Recorded> packets;
  private final Predicate<List<Byte>> timed;
  private final Predicate<List<Byte>> closed;
  private final Map<List<Byte>, List<Recorded>> connections = new LinkedHashMap<>();
  private final Map<List<Byte>, Long> lastFrames = new HashMap<>();

  private RealWaits(List<Recorded> packets, Predicate<List<Byte>> timed) {
    this.packets = packets;
    this.timed = timed;
    this.closed = connection -> connections.get(connection).stream().anyMatch(RealWaits::isClose);
    for (Recorded packet : packets) {
      if (packet.isTcp()) {
        connections.computeIfAbsent(packet.connection(), key -> new ArrayList<>()).add(packet);
        lastFrames.put(packet.connection(), packet.frame());
      }
    }
  }

  /**
   * The packets with the longest silence that a timer ended made that long, and others in
   * proportion; without a timer, the longest before another end made not quite so long.
   *
   * @param timed of which {@linkplain Recorded#connection connections} a timer ended the silence
   * @return the same list when nothing can be stretched
   */
  public static List<Recorded> stretched(
      List<Recorded> packets, double seconds, Predicate<List<Byte>> timed) {
    return packets.isEmpty() ? packets : new RealWaits(packets, timed).stretched(seconds);
  }

  /**
   * The packets with heartbeats switched off in connection.tune-ok, for connections of which no
   * heartbeat was seen: they were over before one was due, and would have been the same without.
   */
  public static List<Recorded> withoutHeartbeats(List<Recorded> packets) {
    Set<List<Byte>> beating = beating(packets);
    return packets.stream()
        .map(
            each ->
                each.isTcp() && !beating.contains(each.connection())
                    ? withoutHeartbeat(each)
                    : each)
        .toList();
  }

  /** The connections on which heartbeats were sent. */
  public static Set<List<Byte>> beating(List<Recorded> packets) {
    return packets.stream()
        .filter(Recorded::isTcp)
        .filter(packet -> frames(packet).stream().anyMatch(Frame::isHeartbeat))
        .map(Recorded::connection)
        .collect(Collectors.toSet());
  }

  private static Recorded withoutHeartbeat(Recorded packet) {
    Recorded changed = packet;
    for (Frame frame : frames(packet)) {
      int at = frame.heartbeatAt();
      if (frame.is(Frames.CONNECTION, Frames.TUNE_OK)
          && at + LOW_BYTE < packet.seenPayload().remaining()) {
        changed = changed.withPayloadByte(at, 0).withPayloadByte(at + LOW_BYTE, 0);
      }
    }
    return changed;
  }

  private static List<Frame> frames(Recorded packet) {
    return Frames.of(packet.seenPayload());
  }

  private List<Recorded> stretched(double seconds) {
    List<Gap> gaps = gaps();
    List<Gap> ends = stretchable(endingSilences(timed), gaps);
    List<Gap> longest = ends;
    for (Predicate<List<Byte>> others : List.of(closed.negate(), closed)) {
      longest = longest.isEmpty() ? stretchable(endingSilences(others), gaps) : longest;
    }
    if (longest.isEmpty()) {
      return packets;
    }
    Lengths lengths = new Lengths(gaps, ends, seconds / longest(longest));
    return lengths.areExact() ? moved(new TimeWarp(packets, gaps, lengths.seconds())) : packets;
  }

  private static double longest(List<Gap> silences) {
    return silences.stream().mapToDouble(Gap::seconds).max().orElseThrow();
  }

  /** AMQP's own close: such a connection was not lost. */
  private static boolean isClose(Recorded packet) {
    return frames(packet).stream().anyMatch(each -> each.is(Frames.CONNECTION, Frames.CLOSE));
  }

  // ---- where it may be stretched

  private List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    Set<List<Byte>> probed = probed();
    List<Gap> silences = endingSilences(connection -> true);
    Map<List<Byte>, Waiting> waiting = new HashMap<>();
    for (int i = 0; i + 1 < packets.size(); i++) {
      Recorded packet = packets.get(i);
      if (packet.isTcp()) {
        waiting.computeIfAbsent(packet.connection(), key -> new Waiting()).see(packet);
      }
      Gap gap = new Gap(packet.nanos(), packets.get(i + 1).nanos());
      if (isLongEnough(gap, silences) && areQuiet(waiting, probed, packet.frame())) {
        gaps.add(gap);
      }
    }
    return gaps;
  }

  private static boolean isLongEnough(Gap gap, List<Gap> silences) {
    return gap.seconds() >= SHORTEST
        || gap.seconds() >= SHORTEST_PART && silences.stream().anyMatch(gap::isWithin);
  }

  private Set<List<Byte>> probed() {
    Set<List<Byte>> probed = new HashSet<>();
    connections.forEach(
        (connection, sent) -> {
          Waiting waiting = new Waiting();
          sent.forEach(waiting::see);
          if (waiting.wasProbed()) {
            probed.add(connection);
          }
        });
    return probed;
  }

  private boolean areQuiet(Map<List<Byte>, Waiting> waiting, Set<List<Byte>> probed, long frame) {
    return waiting.entrySet().stream()
        .allMatch(
            each -> {
              boolean goesOn = lastFrames.get(each.getKey()) > frame;
              boolean isOver = !goesOn && each.getValue().isEnding();
              return isOver || !probed.contains(each.getKey()) && each.getValue().isQuiet(goesOn);
            });
  }

  // ---- what is to be stretched

  private List<Gap> endingSilences(Predicate<List<Byte>> wanted) {
    List<Gap> silences = new ArrayList<>();
    connections.forEach(
        (connection, sent) -> {
          Gap silence = wanted.test(connection) ? endingSilence(sent) : null;
          if (silence != null) {
            silences.add(silence);
          }
        });
    return silences;
  }

  /** Without those that stay as they are, unless one of the same length does not. */
  private static List<Gap> stretchable(List<Gap> silences, List<Gap> gaps) {
    List<Gap> growing = silences.stream().filter(silence -> holds(silence, gaps)).toList();
    return silences.stream().filter(each -> growing.stream().anyMatch(each::isLike)).toList();
  }

  private static boolean holds(Gap silence, List<Gap> gaps) {
    return gaps.stream().anyMatch(gap -> gap.isWithin(silence));
  }

  /**
   * The last silence of a connection, if it was quiet, and the end, if there is one, is near; since
   * the last payload, as proxies count, and not since what acknowledged it later.
   */
  private static Gap endingSilence(List<Recorded> connection) {
    Waiting waiting = new Waiting();
    Gap silence = null;
    long spoken = connection.get(0).nanos();
    for (int i = 0; i + 1 < connection.size() && !waiting.isEnding(); i++) {
      Recorded packet = connection.get(i);
      waiting.see(packet);
      spoken = packet.payload() > 0 ? packet.nanos() : spoken;
      Gap next = new Gap(packet.nanos(), connection.get(i + 1).nanos());
      if (waiting.isEnding()) {
        return silence == null || isFar(silence, packet) ? null : silence;
      }
      if (next.seconds() >= SHORTEST && waiting.isQuiet(true)) {
        silence = new Gap(spoken, next.to());
      }
    }
    return silence;
  }

  private static boolean isFar(Gap silence, Recorded end) {
    return new Gap(silence.to(), end.nanos()).seconds() > NEAR_THE_END;
  }

  // ---- stretching it

  private List<Recorded> moved(TimeWarp warp) {
    Map<List<Byte>, Clock> clients = new HashMap<>();
    Map<List<Byte>, Clock> brokers = new HashMap<>();
    connections.forEach(
        (connection, sent) -> {
          clients.put(connection, clock(sent, true, warp));
          brokers.put(connection, clock(sent, false, warp));
        });
    return packets.stream()
        .map(
            each -> {
              boolean isStamped = each.isTcp() && each.hasTimestamps();
              Recorded stamped = each;
              if (isStamped) {
                Clock own = (each.fromClient() ? clients : brokers).get(each.connection());
                Clock other = (each.fromClient() ? brokers : clients).get(each.connection());
                stamped =
                    each.withTimestamps(
                        own.stretched(each.timestamp(), each.nanos()),
                        other.stretched(each.timestampEcho(), each.nanos()));
              }
              return stamped.at(each.nanos() + warp.shift(each.nanos()));
            })
        .toList();
  }

  private static Clock clock(List<Recorded> sent, boolean ofClient, TimeWarp warp) {
    return Clock.of(sent.stream().filter(packet -> packet.fromClient() == ofClient).toList(), warp);
  }
}
