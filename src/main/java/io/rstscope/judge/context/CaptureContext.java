package io.rstscope.judge.context;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.decode.Segment;
import io.rstscope.flow.FlowEnd;
import io.rstscope.net.HostPort;
import io.rstscope.net.MacAddress;
import io.rstscope.net.Side;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.OpenConnections;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the other flows of the capture say: who else was reset at that moment, and who else comes
 * from that address.
 */
public final class CaptureContext {
  /** While it stops, a broker says so to some and resets others some seconds later. */
  private static final long SHUTDOWN_NANOS = 10_000_000_000L;

  private static final int DIFFERENT = -1;

  /** What ends so far apart was not noticed at one moment. */
  private static final long APART_NANOS = 100_000_000L;

  /** Devices look for what is idle periodically: silences differ by that, some steps of 2 %. */
  private static final int COARSE = 2;

  private static final long ALWAYS_NANOS = Long.MAX_VALUE / 4;

  /** Checks leave as soon as they have seen what they want. */
  private static final long PROBED_NANOS = 2_000_000_000L;

  private final Recording recording;

  /** Resets of the broker's live sockets that nothing explains. */
  private final HostEventTimes brokerResets = new HostEventTimes();

  /** Answers as if the connection had never been: by broker, by client and broker. */
  private final HostEventTimes forgotten = new HostEventTimes();

  private final HostEventTimes forgottenOfClient = new HostEventTimes();

  /** By broker and about how long they had been silent. */
  private final HostEventTimes forgottenAfter = new HostEventTimes();

  /** The same of what was reset unprompted by what is no TCP stack. */
  private final HostEventTimes craftedAfter = new HostEventTimes();

  /** Those of them that came after a shorter silence than idle timers take. */
  private final HostEventTimes forgottenSoon = new HostEventTimes();

  /** Closes of a broker that was told to, and those that it said were for its shutdown. */
  private final HostEventTimes forcedCloses = new HostEventTimes();

  private final HostEventTimes shutdowns = new HostEventTimes();

  /** The first program of each client's address, and the addresses of which there is another. */
  private final Map<String, ClientIdentity> identities = new HashMap<>();

  private final Set<String> severalPrograms = new HashSet<>();

  /** Ports of brokers that have sent connection.start, or open. */
  private final Set<String> speaking = new HashSet<>();

  /** The usual TTL of each address, {@link #DIFFERENT} where flows have others. */
  private final Map<String, Integer> ttls = new HashMap<>();

  private final Paths paths = new Paths();

  /** Ports of brokers, each with the TTLs and neighbours that accepted connections there. */
  private final Set<String> served = new HashSet<>();

  /** When the last packet of a broker was captured, on any of its connections. */
  private final Map<String, Long> aliveUntil = new HashMap<>();

  private final Company companyOfClients = new Company();
  private final Company companyOfBrokers = new Company();
  private final Map<String, Integer> probes = new HashMap<>();

  /** Connections of each client's address that it opened and ended without a byte. */
  private final Map<String, Integer> checks = new HashMap<>();

  /** Silences of one side alone before the client's ended connections on which the other spoke. */
  private final OneWaySilences oneWaySilences = new OneWaySilences();

  /** Brokers that answer a FIN with a reset of their socket, and those that send FIN, too. */
  private final Set<String> resetting = new HashSet<>();

  private final Set<String> closingWithFin = new HashSet<>();
  private final Map<String, Long> lastRefusals = new HashMap<>();
  private final Translations translations;
  private final Relays relays;

  /** Addresses of which any connection shows that a proxy has it. */
  private final Set<String> proxies = new HashSet<>();

  private final EnforcedRules rules;

  /** When connections began whose SYN met an older one, by their ends. */
  private final HostEventTimes replacements = new HostEventTimes();

  private final Bystanders bystanders;

  /**
   * @param bystanders what all connections of the capture show, also those that are not among these
   */
  public CaptureContext(List<FlowObservation> flows, Recording recording, Bystanders bystanders) {
    this.recording = recording;
    this.bystanders = bystanders;
    this.translations = new Translations(flows);
    this.relays = new Relays(flows);
    this.rules = new EnforcedRules(flows);
    for (FlowObservation flow : flows) {
      addEnd(flow);
      for (ResetObservation reset : flow.resets()) {
        if (reset.role() == Role.ENDS_CONNECTION) {
          addEnding(flow, reset);
        } else if (reset.endsOlder()) {
          replacements.add(endsOf(flow), flow.startedNanos());
        }
      }
      addShutdown(flow);
      addLife(flow);
      addTtl(flow, Side.CLIENT);
      addTtl(flow, Side.BROKER);
      addIdentity(flow);
      if (flow.handshakeSeen()) {
        served.add(servedAs(flow.broker(), flow.brokerState().ttl()));
        if (isNeighbour(flow.brokerState())) {
          served.add(servedBy(flow.broker(), flow.brokerState().mac()));
        }
      }
    }
    for (FlowObservation flow : flows) {
      if (!proxySigns(flow).isEmpty()) {
        proxies.add(flow.client().address());
      }
    }
    paths.sort();
    for (HostEventTimes events :
        List.of(
            brokerResets,
            forgotten,
            forgottenOfClient,
            forgottenSoon,
            forgottenAfter,
            craftedAfter,
            forcedCloses,
            shutdowns,
            replacements)) {
      events.sort();
    }
    companyOfClients.sort();
    companyOfBrokers.sort();
  }

  /** Whether the broker's port answered any client's AMQP header with its first words. */
  public boolean takesAmqp(FlowObservation flow) {
    return speaking.contains(flow.broker().toString());
  }

  private void addEnd(FlowObservation flow) {
    AmqpSnapshot amqp = flow.amqp();
    if (amqp != null && amqp.handshakeStep().compareTo(HandshakeStep.START) >= 0) {
      speaking.add(flow.broker().toString());
    }
    FirstEnd end = FirstEnd.of(flow);
    if (end.orderly()) {
      addClose(flow);
    } else if (end.way() == FirstEnd.Way.FIN || end.way() == FirstEnd.Way.RESET) {
      String client = flow.client().address();
      companyOfClients.add(client, client, end);
      companyOfBrokers.add(flow.broker().address(), client, end);
    }
    for (ResetObservation reset : flow.resets()) {
      if (reset.role() == Role.REFUSES) {
        lastRefusals.merge(flow.broker().toString(), reset.packet().timeNanos(), Math::max);
      }
    }
    if (isLikeAProbe(flow)) {
      probes.merge(flow.client().address(), 1, Integer::sum);
      if (!flow.hasPayload() && end.way() != FirstEnd.Way.NONE && end.by() == Side.CLIENT) {
        checks.merge(flow.client().address(), 1, Integer::sum);
      }
    }
    oneWaySilences.add(flow, end);
  }

  private void addClose(FlowObservation flow) {
    ResetObservation reset = flow.decisiveReset();
    boolean resets = reset != null && reset.from() == Side.BROKER && reset.shape() == Shape.SOCKET;
    if (resets) {
      resetting.add(flow.broker().address());
    } else if (reset == null && flow.brokerState().finSeen()) {
      closingWithFin.add(flow.broker().address());
    }
  }

  /** Opened, and left before any login. */
  private static boolean isLikeAProbe(FlowObservation flow) {
    AmqpSnapshot amqp = flow.amqp();
    boolean noLogin =
        amqp == null
            ? !flow.hasPayload()
            : amqp.handshakeStep().compareTo(HandshakeStep.START_OK) < 0
                && amqp.state().compareTo(AmqpState.OPEN) < 0
                && amqp.close() == null;
    return noLogin
        && !flow.tlsRefused()
        && flow.handshakeSeen()
        && flow.lastNanos() - flow.startedNanos() < PROBED_NANOS;
  }

  /** How many connections from that client's address left before any login, this one included. */
  public int probesFrom(FlowObservation flow) {
    return probes.getOrDefault(flow.client().address(), 0);
  }

  /** Whether the client's address checks the health of the broker, and has connections in use. */
  private boolean isChecker(FlowObservation flow) {
    return checks.getOrDefault(flow.client().address(), 0) >= Thresholds.MANY && isUser(flow);
  }

  /** What the silence of one side before that end shares with others of the client's address. */
  public OneWaySilences.Found oneWaySilence(FlowObservation flow, FirstEnd end) {
    return oneWaySilences.found(flow, end);
  }

  /** Whether programs at the client's address have had connections opened. */
  public boolean isUser(FlowObservation flow) {
    return bystanders.lives().isUser(flow.client().address());
  }

  /** Whether the broker's port refused connections of that client's host afterwards. */
  public boolean refusedAfterwards(FlowObservation flow, long nanos) {
    Long last = lastRefusals.get(flow.broker().toString());
    return last != null && last > nanos;
  }

  /**
   * Who ended with that connection, of the host in whose name it ended; where a proxy ended both
   * legs, of those to brokers, which have one address of it.
   */
  public Company.Shared company(FlowObservation flow, FirstEnd end) {
    return relays.isEndedByProxy(flow)
        ? companyOf(relays.legToBroker(flow), FirstEnd.of(relays.legToBroker(flow)))
        : companyOf(flow, end);
  }

  private Company.Shared companyOf(FlowObservation flow, FirstEnd end) {
    String client = flow.client().address();
    Company.Shared ofBroker = companyOfBrokers.with(flow.broker().address(), client, end);
    boolean several = ofBroker.hosts() > 1;
    return end.by() == Side.CLIENT && !several
        ? companyOfClients.with(client, client, end)
        : ofBroker;
  }

  /** Whether another connection of the host in whose name it was reset was up before and after. */
  public boolean livesOn(FlowObservation flow, ResetObservation reset) {
    EndpointState host = reset.sender();
    return host.packets() > 0
        && livedThrough(flow, reset, host.lastNanos(), reset.packet().timeNanos());
  }

  /**
   * Whether what is seen of the host in whose name it was reset began after its last packet, and
   * none lived through: so does a host that was restarted.
   */
  public boolean beganAnew(FlowObservation flow, ResetObservation reset) {
    EndpointState host = reset.sender();
    return host.packets() > 0
        && !livesOn(flow, reset)
        && bystanders
            .lives()
            .beganBetween(
                addressOf(flow, reset), host.ttl(), host.lastNanos(), reset.packet().timeNanos());
  }

  private boolean livedThrough(
      FlowObservation flow, ResetObservation reset, long fromNanos, long untilNanos) {
    return bystanders
        .lives()
        .livedThrough(addressOf(flow, reset), reset.sender().ttl(), fromNanos, untilNanos);
  }

  /** Whether others were connected to the same port of the broker at that time. */
  public boolean isServing(FlowObservation flow, long nanos) {
    return bystanders.open().isServing(flow.broker(), nanos);
  }

  /** Whether they were, though none from where that reset came. */
  public boolean isServedFromElsewhere(FlowObservation flow, ResetPacket reset) {
    long nanos = reset.timeNanos();
    return isServing(flow, nanos)
        && !bystanders.open().isServing(flow.broker(), reset.ttl(), nanos);
  }

  /** For which part of the time since its last packet no other connection of that host was up. */
  public double unseenPart(FlowObservation flow, ResetObservation reset) {
    EndpointState host = reset.sender();
    String address = addressOf(flow, reset);
    long until = reset.packet().timeNanos();
    long silence = until - host.lastNanos();
    return host.packets() == 0 || silence <= 0
        ? 1
        : (double) bystanders.lives().unseenNanos(address, host.ttl(), host.lastNanos(), until)
            / silence;
  }

  /** The longest silence that a connection between these hosts survived, ns, or -1. */
  public long survivedNanos(String client, String broker) {
    return bystanders.silences().longestNanos(client, broker);
  }

  /** Whether the broker's socket answers closes with resets, as RabbitMQ does by default. */
  public boolean resetsItsCloses(FlowObservation flow) {
    return resetting.contains(flow.broker().address());
  }

  /** Whether the broker ends connections that were closed in AMQP with FIN. */
  public boolean closesWithFin(FlowObservation flow) {
    return closingWithFin.contains(flow.broker().address());
  }

  /** Whether it goes on from a connection with another address that was no longer translated. */
  public boolean isTranslatedAway(FlowObservation flow) {
    return translations.continued(flow) != null || bystanders.open().isContinuedIn(flow);
  }

  /** The connection whose packets that one shows without translation, or null. */
  public FlowObservation translatedFrom(FlowObservation flow) {
    return translations.continued(flow);
  }

  /**
   * Whether both are one connection on both sides of a NAT on the capturing host, which leaves its
   * numbers as they are.
   */
  public static boolean isTranslatedHere(FlowObservation one, FlowObservation other) {
    return Translations.isHere(one, other);
  }

  /** The connection that it goes on from with another client address or port, or null. */
  public OpenConnections.Open renamed(FlowObservation flow) {
    return bystanders.open().before(flow);
  }

  /**
   * Whether a new connection between the same ports met the broker's socket of this one, of which
   * the client knew nothing: -1 if not, else how long nothing had been seen of it, ns.
   */
  public long replacedAfterNanos(FlowObservation flow) {
    long began =
        flow.end() == FlowEnd.REPLACED ? replacements.next(endsOf(flow), flow.lastNanos()) : -1;
    return began < 0 ? -1 : began - flow.lastNanos();
  }

  private static String endsOf(FlowObservation flow) {
    return flow.client() + " " + flow.broker();
  }

  /** Whether the broker closed many connections at once, this one among them, as told to. */
  public boolean isOneOfManyForced(FlowObservation flow) {
    return forcedTogether(flow) >= Thresholds.MANY || isShuttingDown(flow, flow.lastNanos());
  }

  private void addEnding(FlowObservation flow, ResetObservation reset) {
    String broker = flow.broker().address();
    long nanos = reset.packet().timeNanos();
    if (reset.shape() == Shape.STATELESS && reset.trigger() != null) {
      forgotten.add(broker, nanos);
      forgottenOfClient.add(pathOf(flow), nanos);
      forgottenAfter.add(broker + ' ' + about(reset.idle().silenceNanos()), nanos);
      if (reset.idle().silenceNanos() < Thresholds.SHORTEST_TIMER_NANOS) {
        forgottenSoon.add(broker, nanos);
      }
    } else if (reset.shape() == Shape.CRAFTED && reset.trigger() == null) {
      craftedAfter.add(broker + ' ' + about(reset.idle().silenceNanos()), nanos);
    } else if (reset.from() == Side.BROKER
        && reset.shape() == Shape.SOCKET
        && !isExplained(flow, reset)) {
      brokerResets.add(broker, nanos);
    }
  }

  /** Silences that differ by a timer's jitter have this in common, or one more. */
  private static long about(long silenceNanos) {
    return (long) (Math.log(Math.max(silenceNanos, 1)) / Math.log(1 + Thresholds.SAME_SILENCE));
  }

  private static String pathOf(FlowObservation flow) {
    return flow.client().address() + ' ' + flow.broker().address();
  }

  /** By AMQP's words, or by heartbeats that did not come. */
  private static boolean isExplained(FlowObservation flow, ResetObservation reset) {
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatOwed(Side.CLIENT);
    long silent = reset.other().payloadIdleNanos(reset.packet().timeNanos());
    return flow.amqp() != null && flow.amqp().close() != null
        || HeartbeatTimer.ranOut(heartbeat, silent);
  }

  private void addShutdown(FlowObservation flow) {
    ConnectionClose close = flow.amqp() == null ? null : flow.amqp().close();
    if (ForcedClose.isForced(close)) {
      forcedCloses.add(flow.broker().address(), flow.lastNanos());
      if (ForcedClose.isShutdown(close)) {
        shutdowns.add(flow.broker().address(), flow.lastNanos());
      }
    }
  }

  /** A broker that speaks after it reset some connections has not died with them. */
  private void addLife(FlowObservation flow) {
    if (flow.handshakeSeen() || flow.amqp() != null) {
      aliveUntil.merge(flow.broker().address(), flow.brokerState().lastNanos(), Math::max);
    }
  }

  private void addIdentity(FlowObservation flow) {
    if (flow.amqp() == null || flow.amqp().client().product() == null) {
      return;
    }
    String address = flow.client().address();
    ClientIdentity client = flow.amqp().client();
    ClientIdentity first = identities.putIfAbsent(address, client);
    if (first != null && !isSameProgram(first, client)) {
      severalPrograms.add(address);
    }
  }

  private static boolean isSameProgram(ClientIdentity one, ClientIdentity other) {
    return one.product().equals(other.product())
        && Objects.equals(one.version(), other.version())
        && Objects.equals(one.platform(), other.platform());
  }

  /** How the capture was made. */
  public Recording recording() {
    return recording;
  }

  private void addTtl(FlowObservation flow, Side side) {
    EndpointState state = flow.state(side);
    if (state.packets() > 0) {
      String address = flow.hostPort(side).address();
      Integer first = ttls.putIfAbsent(address, state.ttl());
      if (first != null && first != state.ttl()) {
        ttls.put(address, DIFFERENT);
      }
      paths.add(address, state.ttl(), state.mac(), flow.startedNanos(), state.lastNanos());
      if (state.otherTtlCount() > 0) {
        paths.add(address, state.otherTtl(), state.lastNanos());
      }
    }
  }

  /** The usual TTL of the flows of that address, or -1 when there is none or they differ. */
  public int onlyTtlOf(String address) {
    return ttls.getOrDefault(address, DIFFERENT);
  }

  /** Whether other flows of the claimed sender's address have the reset's TTL at that time. */
  public boolean othersHaveTtl(FlowObservation flow, ResetObservation reset) {
    int ttl = reset.packet().ttl();
    EndpointState state = flow.state(reset.from());
    boolean seen = state.ttl() == ttl || state.otherTtlCount() > 0 && state.otherTtl() == ttl;
    int own = seen ? 1 : 0;
    return paths.withTtl(addressOf(flow, reset), ttl, reset.packet().timeNanos()) > own;
  }

  /** Whether other flows of the claimed sender's address have the reset's MAC address then. */
  public boolean othersHaveMac(FlowObservation flow, ResetObservation reset) {
    long mac = reset.packet().mac();
    int own = flow.state(reset.from()).mac() == mac ? 1 : 0;
    return paths.withMac(addressOf(flow, reset), mac, reset.packet().timeNanos()) > own;
  }

  /**
   * Whether two hosts on the segment use the claimed sender's address at the same time: the reset
   * comes from one that has connections of its own, and the connection goes on from the other. In a
   * failover the first one is silent afterwards.
   */
  public boolean isOfSecondHost(FlowObservation flow, ResetObservation reset) {
    EndpointState sender = reset.sender();
    return sender.packets() > 0
        && reset.packet().mac() != Segment.NO_MAC
        && sender.mac() != Segment.NO_MAC
        && reset.packet().mac() != sender.mac()
        && InitialTtl.hops(reset.packet().ttl()) == 0
        && InitialTtl.hops(sender.ttl()) == 0
        && reset.aftermath().lifeFrame() >= 0
        && flow.state(reset.from()).mac() == sender.mac()
        && othersHaveMac(flow, reset);
  }

  /**
   * Whether who accepts connections at the broker's address and port sends with the reset's TTL, or
   * is the neighbour that sent it, and the connection's broker did not, or was another neighbour:
   * the address has moved to another host, or two have it.
   */
  public boolean isOfAnotherServer(FlowObservation flow, ResetObservation reset) {
    int ttl = reset.packet().ttl();
    return isOfAnotherNeighbour(flow, reset)
        || isOfBrokersKernel(reset)
            && !isPassedOnAsUsual(flow, reset)
            && reset.sender().ttl() != ttl
            && (bystanders.open().isServed(flow.broker(), ttl)
                || served.contains(servedAs(flow.broker(), ttl)));
  }

  /**
   * Whether it is the neighbour. A packet that no router has passed on has its sender's own MAC
   * address.
   */
  public boolean isOfAnotherNeighbour(FlowObservation flow, ResetObservation reset) {
    return isOfBrokersKernel(reset)
        && !isPassedOnAsUsual(flow, reset)
        && InitialTtl.hops(reset.packet().ttl()) == 0
        && isNeighbour(reset.sender())
        && reset.packet().mac() != reset.sender().mac()
        && (bystanders.open().isServedBy(flow.broker(), reset.packet().mac())
            || served.contains(servedBy(flow.broker(), reset.packet().mac())));
  }

  /**
   * Whether the capture shows the reset once more as the sender's packets look: then the capturing
   * host passed it on, of whose connection it had seen only what it passes on, as a NAT does.
   */
  private static boolean isPassedOnAsUsual(FlowObservation flow, ResetObservation reset) {
    for (ResetObservation copy : flow.resets()) {
      if (copy != reset
          && copy.from() == reset.from()
          && copy.packet().sequence() == reset.packet().sequence()
          && copy.packet().ttl() == reset.sender().ttl()
          && copy.packet().mac() == reset.sender().mac()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfBrokersKernel(ResetObservation reset) {
    return reset.from() == Side.BROKER
        && reset.shape() == Shape.STATELESS
        && reset.sender().packets() > 0;
  }

  private static boolean isNeighbour(EndpointState sender) {
    return sender.mac() != Segment.NO_MAC && InitialTtl.hops(sender.ttl()) == 0;
  }

  /** Whether the reset's MAC address is that of a host on the segment, and of no router. */
  public boolean isOfNeighbour(ResetObservation reset) {
    return paths.isNeighbour(reset.packet().mac());
  }

  private static String servedAs(HostPort broker, int ttl) {
    return broker + " " + ttl;
  }

  private static String servedBy(HostPort broker, long mac) {
    return broker + " " + MacAddress.text(mac);
  }

  private static String addressOf(FlowObservation flow, ResetObservation reset) {
    return flow.hostPort(reset.from()).address();
  }

  /**
   * How many connections of the same broker ended around that time by resets of live sockets in its
   * name, this one included.
   */
  public int endedTogether(FlowObservation flow, ResetObservation reset) {
    return around(brokerResets, flow, reset);
  }

  /**
   * How many connections of the same broker were answered around that time as if they had never
   * been, this one included.
   */
  public int forgottenTogether(FlowObservation flow, ResetObservation reset) {
    return around(forgotten, flow, reset);
  }

  /** Whether that happened to another at a moment of its own, if near that one. */
  public boolean anyForgottenApart(FlowObservation flow, ResetObservation reset) {
    return forgottenTogether(flow, reset)
        > forgotten.around(flow.broker().address(), reset.packet().timeNanos(), APART_NANOS);
  }

  /** Whether it did so at another moment, whenever, after the same silence. */
  public boolean anyForgottenAlike(FlowObservation flow, ResetObservation reset) {
    return anyAlike(forgottenAfter, 1, flow, reset);
  }

  /** Whether another was reset unprompted by a device at another moment, after the same silence. */
  public boolean anyCraftedAlike(FlowObservation flow, ResetObservation reset) {
    return anyAlike(craftedAfter, COARSE, flow, reset);
  }

  private static boolean anyAlike(
      HostEventTimes after, int steps, FlowObservation flow, ResetObservation reset) {
    long about = about(reset.idle().silenceNanos());
    long nanos = reset.packet().timeNanos();
    for (long each = about - steps; each <= about + steps; each++) {
      String host = flow.broker().address() + ' ' + each;
      if (after.around(host, nanos, ALWAYS_NANOS) > after.around(host, nanos, APART_NANOS)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of those had been silent for a shorter time than idle timers take. */
  public boolean anyForgottenSoon(FlowObservation flow, ResetObservation reset) {
    return around(forgottenSoon, flow, reset) > 0;
  }

  /**
   * Whether connections of other clients met the same by one event: it came after the last packet
   * of each that got through, and before the first that was answered so.
   */
  public boolean forgottenOfSeveralClients(FlowObservation flow, ResetObservation reset) {
    long unseen = Math.min(reset.idle().sameDirection(), Thresholds.SHORTEST_TIMER_NANOS);
    long within = (Math.max(unseen, Thresholds.EVENT_NANOS) + Thresholds.EVENT_NANOS) / 2;
    long amid = reset.packet().timeNanos() + Thresholds.EVENT_NANOS - within;
    return forgotten.around(flow.broker().address(), amid, within)
        > forgottenOfClient.around(pathOf(flow), amid, within);
  }

  /** Whether new connections to the port were refused from where that reset came. */
  public boolean refusesNew(FlowObservation flow, ResetObservation reset) {
    return rules.refusesNew(flow, reset);
  }

  /** Whether what its claimed sender sent came through, and the replies to it were answered so. */
  public boolean isOneWay(FlowObservation flow, ResetObservation reset) {
    return rules.isOneWay(flow, reset);
  }

  private static int around(HostEventTimes events, FlowObservation flow, ResetObservation reset) {
    return events.around(
        flow.broker().address(), reset.packet().timeNanos(), Thresholds.EVENT_NANOS);
  }

  /** How many connections the broker closed around the end of this one because it was told to. */
  public int forcedTogether(FlowObservation flow) {
    return forcedCloses.around(flow.broker().address(), flow.lastNanos(), Thresholds.EVENT_NANOS);
  }

  /** Whether the broker said around that time that it shuts down. */
  public boolean isShuttingDown(FlowObservation flow, long nanos) {
    return shutdowns.around(flow.broker().address(), nanos, SHUTDOWN_NANOS) > 0;
  }

  /** Whether the broker still spoke on other connections well after that reset. */
  public boolean brokerLivesOn(FlowObservation flow, ResetObservation reset) {
    long later = reset.packet().timeNanos() + Thresholds.EVENT_NANOS;
    return aliveUntil.getOrDefault(flow.broker().address(), Long.MIN_VALUE) > later
        || livedThrough(flow, reset, reset.packet().timeNanos(), later);
  }

  /** The two legs of connections through proxies. */
  public Relays relays() {
    return relays;
  }

  /** Whether any connection of the client's address shows that a proxy may have it. */
  public boolean isOfProxysAddress(FlowObservation flow) {
    return proxies.contains(flow.client().address());
  }

  /** What shows that the broker's TCP peer may be a proxy; empty when nothing does. */
  public Set<ProxySign> proxySigns(FlowObservation flow) {
    boolean several = severalPrograms.contains(flow.client().address());
    boolean checker = isChecker(flow);
    boolean relay = relays.fromClient(flow) != null;
    if (!several && !checker && !relay && !ProxySigns.any(flow)) {
      return Set.of();
    }
    Set<ProxySign> signs = ProxySigns.of(flow);
    if (several) {
      signs.add(ProxySign.SEVERAL_CLIENTS);
    }
    if (relay) {
      signs.add(ProxySign.RELAYS);
    }
    if (checker) {
      signs.add(ProxySign.HEALTH_CHECKS);
    }
    return Collections.unmodifiableSet(signs);
  }
}
