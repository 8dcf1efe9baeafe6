package io.rstscope.testing;

import io.rstscope.testing.waits.RealWaits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What happens to captures, and to packets on their way to them. Resets are never left out, so that
 * each can still be asked for.
 */
public final class Damage {
  private static final long SECOND = 1_000_000_000L;

  private Damage() {}

  /** Only what one side sent, and resets. */
  public static UnaryOperator<List<Recorded>> oneDirection(boolean fromClient) {
    return keep(packet -> packet.fromClient() == fromClient);
  }

  /** A capture that lost this share of its packets. */
  public static UnaryOperator<List<Recorded>> losses(double share) {
    Random random = new Random(7);
    return keep(packet -> random.nextDouble() >= share);
  }

  /** A capture that began late: so many packets of each connection before its first reset. */
  public static UnaryOperator<List<Recorded>> lateStart(int packetsBefore) {
    return packets -> {
      Set<Long> early = new HashSet<>();
      Map<List<Byte>, List<Long>> before = new HashMap<>();
      Set<List<Byte>> reset = new HashSet<>();
      for (Recorded packet : packets) {
        List<Byte> connection = packet.connection();
        if (packet.isReset()) {
          reset.add(connection);
        } else if (!reset.contains(connection)) {
          List<Long> frames = before.computeIfAbsent(connection, key -> new ArrayList<>());
          frames.add(packet.frame());
          if (frames.size() > packetsBefore) {
            early.add(frames.remove(0));
          }
        }
      }
      return keep(packet -> !early.contains(packet.frame())).apply(packets);
    };
  }

  /** A capture through the filter of who looks for resets only: SYN, FIN and RST. */
  public static UnaryOperator<List<Recorded>> controlOnly() {
    return keep(packet -> (packet.flags() & (Packets.SYN | Packets.FIN)) != 0);
  }

  /** A snap length that leaves no payload. */
  public static UnaryOperator<List<Recorded>> headersOnly() {
    return each(Recorded::headersOnly);
  }

  /** A short snap length. */
  public static UnaryOperator<List<Recorded>> snapLength(int bytes) {
    return each(packet -> packet.cutTo(bytes));
  }

  /** Each packet once more after that time, as it is. */
  public static UnaryOperator<List<Recorded>> twice(long nanos) {
    return copies(packet -> packet.at(packet.nanos() + nanos));
  }

  /** Each packet once more, behind a router. */
  public static UnaryOperator<List<Recorded>> twiceBehindRouter() {
    return copies(
        packet -> packet.at(packet.nanos() + 15_000).withTtl(packet.ttl() - 1).withSourceMac(0x77));
  }

  private static UnaryOperator<List<Recorded>> copies(UnaryOperator<Recorded> copy) {
    return packets -> {
      List<Recorded> all = new ArrayList<>(packets);
      packets.forEach(packet -> all.add(copy.apply(packet)));
      return inOrderOfTime(all);
    };
  }

  /** The clock is set by that much in the middle of the capture. */
  public static UnaryOperator<List<Recorded>> clockStep(double seconds) {
    return packets -> {
      long middle = packets.get(packets.size() / 2).frame();
      return each(packet ->
              packet.frame() < middle
                  ? packet
                  : packet.at(packet.nanos() + (long) (seconds * SECOND)))
          .apply(packets);
    };
  }

  /**
   * Real waits: the longest silence that a timer ended takes that long, others in proportion;
   * {@link RealWaits} says where that can be, and the same list is returned where it cannot.
   * Connections that ended before their first heartbeat become ones without heartbeats.
   *
   * @param timed of which {@linkplain Recorded#connection connections} a timer ended the silence
   */
  public static UnaryOperator<List<Recorded>> stretched(
      double seconds, Predicate<List<Byte>> timed) {
    return packets -> {
      List<Recorded> calm = RealWaits.withoutHeartbeats(packets);
      List<Recorded> stretched = RealWaits.stretched(calm, seconds, timed);
      return stretched == calm ? packets : stretched;
    };
  }

  /**
   * Without the connections on which heartbeats were sent, but for some.
   *
   * @param kept the {@linkplain Recorded#connection connections} that stay all the same
   */
  public static UnaryOperator<List<Recorded>> withoutHeartbeatsOfOthers(
      Predicate<List<Byte>> kept) {
    return packets -> {
      Set<List<Byte>> beating = RealWaits.beating(packets);
      return packets.stream()
          .filter(
              each ->
                  !each.isTcp()
                      || kept.test(each.connection())
                      || !beating.contains(each.connection()))
          .toList();
    };
  }

  /** Packets that follow each other closely change places now and then. */
  public static UnaryOperator<List<Recorded>> disorder() {
    return packets -> {
      Random random = new Random(11);
      List<Recorded> all = new ArrayList<>(packets);
      for (int i = 1; i < all.size(); i++) {
        Recorded first = all.get(i - 1);
        Recorded second = all.get(i);
        if (second.nanos() - first.nanos() < 100_000 && random.nextDouble() < 0.2) {
          all.set(i - 1, second.at(first.nanos()));
          all.set(i, first.at(second.nanos()));
        }
      }
      return all;
    };
  }

  /**
   * The path from those hosts changes its length by so many hops, so many packets of theirs before
   * the first reset of a connection.
   *
   * @param own the frames of the resets that those hosts sent themselves
   */
  public static UnaryOperator<List<Recorded>> routeChange(int hops, int packets, Set<Long> own) {
    return recording -> {
      Map<List<Byte>, Set<Long>> moved = new HashMap<>();
      Map<List<Byte>, List<Long>> before = new HashMap<>();
      for (Recorded packet : recording) {
        List<Byte> path = pathOf(packet);
        if (own.contains(packet.frame())) {
          moved
              .computeIfAbsent(path, key -> new HashSet<>(before.getOrDefault(path, List.of())))
              .add(packet.frame());
        } else if (moved.containsKey(path)) {
          moved.get(path).add(packet.frame());
        } else {
          List<Long> last = before.computeIfAbsent(path, key -> new ArrayList<>());
          last.add(packet.frame());
          if (last.size() > packets) {
            last.remove(0);
          }
        }
      }
      return each(packet ->
              moved.getOrDefault(pathOf(packet), Set.of()).contains(packet.frame())
                  ? packet.withTtl(packet.ttl() + hops)
                  : packet)
          .apply(recording);
    };
  }

  private static List<Byte> pathOf(Recorded packet) {
    List<Byte> path = new ArrayList<>(packet.connection());
    path.add((byte) (packet.fromClient() ? 1 : 0));
    return path;
  }

  /** All clients behind one address, one hop farther away; IPv4 only. */
  public static UnaryOperator<List<Recorded>> nat() {
    Map<List<Byte>, Integer> ports = new HashMap<>();
    return each(
        packet -> {
          if (packet.isIpv6()) {
            return packet;
          }
          int port = ports.computeIfAbsent(packet.connection(), key -> 20_000 + ports.size());
          Recorded translated = packet.withClient(0x0a4d_0101, port);
          return packet.fromClient() ? translated.withTtl(packet.ttl() - 1) : translated;
        });
  }

  /** One side's segments joined before they were captured, as its card or the other's does. */
  public static UnaryOperator<List<Recorded>> offload(boolean ofClient) {
    return packets -> {
      List<Recorded> all = new ArrayList<>();
      Map<List<Byte>, Integer> last = new HashMap<>();
      for (Recorded packet : packets) {
        Integer before = last.get(packet.connection());
        if (before != null
            && packet.fromClient() == ofClient
            && all.get(before).isContinuedBy(packet)) {
          all.set(before, all.get(before).joinedWith(packet));
        } else {
          last.put(packet.connection(), all.size());
          all.add(packet);
        }
      }
      return all;
    };
  }

  /** All in a tunnel, as a mirror port in a cloud delivers it. */
  public static UnaryOperator<List<Recorded>> tunnel() {
    return each(Recorded::tunnelled);
  }

  /**
   * As if the hosts ran Windows: initial TTL 128, no timestamps, one counter of identifications for
   * all packets of a host, resets without window; what others sent in their names stays as it is.
   *
   * @param own the frames of the resets that the hosts sent themselves
   */
  public static UnaryOperator<List<Recorded>> windows(Set<Long> own) {
    Map<List<Byte>, Integer> counters = new HashMap<>();
    return each(
        packet -> {
          if (packet.isReset() && !own.contains(packet.frame())) {
            return packet;
          }
          int id = counters.merge(pathOf(packet), 3, Integer::sum);
          Recorded theirs = packet.withTtl(packet.ttl() + 64).withoutTimestamps().withIpId(id);
          return packet.isReset() ? theirs.withWindow(0) : theirs;
        });
  }

  /** A device that takes the timestamps out of all packets. */
  public static UnaryOperator<List<Recorded>> withoutTimestamps() {
    return each(Recorded::withoutTimestamps);
  }

  /** Identifications at random, as OpenBSD and many devices write them, or that constant. */
  public static UnaryOperator<List<Recorded>> ipId(int constant) {
    Random random = new Random(13);
    return each(packet -> packet.withIpId(constant < 0 ? random.nextInt(0xffff) + 1 : constant));
  }

  private static UnaryOperator<List<Recorded>> keep(Predicate<Recorded> wanted) {
    return packets ->
        packets.stream().filter(packet -> packet.isReset() || wanted.test(packet)).toList();
  }

  private static UnaryOperator<List<Recorded>> each(Function<Recorded, Recorded> change) {
    return packets -> packets.stream().map(change).toList();
  }

  private static List<Recorded> inOrderOfTime(List<Recorded> packets) {
    return packets.stream()
        .sorted((first, second) -> Long.compare(first.nanos(), second.nanos()))
        .toList();
  }
}
