package io.rstscope.report;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.brokerlog.BrokerLog;
import io.rstscope.brokerlog.LogMatcher;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.FramePlace;
import io.rstscope.net.PortSet;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** Connections that end in different ways. */
public final class Samples {
  static final Duration SILENCE = Duration.ofSeconds(400);

  private Samples() {}

  public static Talk normalClose(int port) {
    Talk talk = new Talk("10.0.1.1", port).open(60).client(AmqpBytes.close(200, "Bye", 0, 0));
    return talk.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER);
  }

  public static Talk probe(int port) {
    return new Talk("10.0.1.9", port).connect().fin(CLIENT).socketReset(BROKER);
  }

  public static Talk refused(int port) {
    return new Talk("10.0.1.1", port).syn().refusal();
  }

  public static Talk clientAbort(int port) {
    return new Talk("10.0.1.1", port).open(60).pause(Duration.ofSeconds(2)).socketReset(CLIENT);
  }

  /** Both ports are a broker's, and nothing tells who opened it. */
  public static Talk guessedRoles() {
    Talk talk = new Talk("10.0.1.1", Talk.BROKER_PORT).client(new byte[30]).broker(new byte[30]);
    return talk.pause(Duration.ofSeconds(2)).socketReset(CLIENT);
  }

  /** Ends an hour after a reset that it survived. */
  public static Talk survivor(int port) {
    Talk talk = new Talk("10.0.1.1", port).open(60).pause(Duration.ofSeconds(2));
    talk.craftedReset(CLIENT).pause(Duration.ofSeconds(1));
    talk.client(AmqpBytes.heartbeat()).broker(AmqpBytes.heartbeat());
    return talk.pause(Duration.ofHours(1)).socketReset(CLIENT);
  }

  public static Talk idleTimeout(int port) {
    return idleTimeout(port, SILENCE);
  }

  public static Talk idleTimeout(int port, Duration silence) {
    return IdleTimeout.forgotten(new Talk("10.0.1.1", port).open(0), silence);
  }

  /** A device whose timer is known resets both sides. */
  public static Talk deviceTimeout(int port) {
    Talk talk = new Talk("10.0.1.1", port).open(0);
    return IdleTimeout.resetByDevice(talk, Duration.ofSeconds(300));
  }

  public static Talk silentDrop(int port) {
    return IdleTimeout.dropped(new Talk("10.0.1.1", port).open(0), SILENCE);
  }

  /** The sender cannot be told: the same segment, no silence, a bare answer. */
  static Talk undetermined(int port) {
    Talk talk = new Talk("10.0.1.1", port).ttl(CLIENT, 64).open(60).data(BROKER, new byte[9]);
    return talk.clock(CLIENT, Duration.ofSeconds(-90)).socketReset(CLIENT);
  }

  /** Neither the sender nor the cause can be told: nothing else of it is in the capture. */
  public static Talk onlyReset(int port) {
    return new Talk("10.0.1.1", port).bareReset(CLIENT);
  }

  /**
   * One that has a cause and another that is not unlikely, as when a device no longer knew it: of
   * silences of other lengths the first of which that is so, whatever the weights.
   */
  public static CaptureReport doubted() {
    for (int seconds = 1; seconds <= 60; seconds++) {
      CaptureReport capture =
          Reports.capture("a", idleTimeout(40_000, Duration.ofSeconds(seconds)));
      Ending ending = capture.flows().get(0).ending();
      if (ending.runnerUp() != null && ending.cause() != Cause.UNDETERMINED) {
        return capture;
      }
    }
    throw new AssertionError("no silence leaves a doubt");
  }

  /** Everything that a record can hold: PROXY header, blocked, close, diagnostic payload. */
  public static Talk everything(int port) {
    byte[] proxy = "PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] reason = "BIG-IP: [0x2408720:2226] reset".getBytes(StandardCharsets.UTF_8);
    Talk talk =
        new Talk("10.0.1.1", port)
            .connect()
            .client(proxy)
            .client(AmqpBytes.header091())
            .broker(AmqpBytes.start())
            .client(AmqpBytes.startOk(AmqpBytes.clientProperties()))
            .broker(AmqpBytes.tune(60))
            .client(AmqpBytes.tuneOk(30), AmqpBytes.open("/orders"))
            .broker(AmqpBytes.openOk())
            .client(AmqpBytes.heartbeat())
            .broker(AmqpBytes.blocked("low on memory"))
            .broker(AmqpBytes.close(320, "CONNECTION_FORCED - shutdown", 0, 0));
    return talk.packet(BROKER, Packets.RST | Packets.ACK, p -> p.payload(reason));
  }

  /** A connection whose client says of itself what it likes. */
  public static Talk named(int port, String product, String connectionName) {
    byte[] properties =
        AmqpBytes.bytes()
            .property("product", product)
            .property("connection_name", connectionName)
            .array();
    return new Talk("10.0.1.1", port)
        .connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(properties))
        .broker(AmqpBytes.tune(60))
        .client(AmqpBytes.tuneOk(60), AmqpBytes.open("/"))
        .broker(AmqpBytes.openOk())
        .pause(Duration.ofSeconds(2))
        .socketReset(CLIENT);
  }

  /** One of each. */
  public static CaptureReport all() {
    return Reports.capture(
        "all.pcap",
        normalClose(40_001),
        probe(40_002),
        refused(40_003),
        clientAbort(40_004),
        idleTimeout(40_005),
        silentDrop(40_006),
        undetermined(40_007),
        everything(40_008),
        deviceTimeout(40_010),
        onlyReset(40_009));
  }

  /** The series with the broker's log of one of its connections, and of one that it has not. */
  public static CaptureReport logged() throws IOException {
    CaptureReport series = listed(series());
    String prefix = "2026-11-20 17:38:31.000000+00:00 [warning] <0.1.0> ";
    Path log = Files.createTempFile("rabbit", ".log");
    try {
      Files.writeString(
          log,
          ending(prefix, "10.0.1.1:40004 -> 10.0.0.2:5672 - orders")
              + ending(prefix.replace("<0.1.0>", "<0.2.0>"), "10.9.9.9:1 -> 10.0.0.2:5672"));
      LogMatcher matcher =
          new LogMatcher(
              BrokerLog.read(List.of(log), ZoneOffset.UTC, CaptureFiles::openFile),
              PortSet.parse("5672"));
      long hour = 3_600_000_000_000L;
      return series.with(matcher.match(series.flows(), Talk.START, Talk.START + hour));
    } finally {
      Files.delete(log);
    }
  }

  /** The same, with connections that are in the broker's list. */
  private static CaptureReport listed(CaptureReport capture) {
    AmqpSnapshot known =
        AmqpSnapshot.known(AmqpProtocol.NONE, false, 0, null, ClientIdentity.UNKNOWN);
    CaptureVerdict verdict = capture.verdict();
    List<FlowVerdict> flows =
        capture.flows().stream()
            .map(
                each ->
                    new FlowVerdict(
                        each.flow().listed(known, "guest", List.of("user")),
                        each.verdicts(),
                        each.ending(),
                        each.proxySigns(),
                        each.idleTimer(),
                        each.otherLeg(),
                        each.incident()))
            .toList();
    return new CaptureReport(
        capture.name(),
        capture.path(),
        capture.quality(),
        capture.recording(),
        new CaptureVerdict(flows, verdict.incidents(), verdict.idleTimers(), verdict.heartbeats()),
        capture.places(),
        capture.excerpts(),
        capture.log(),
        capture.otherSides(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "rabbit-1");
  }

  private static String ending(String prefix, String connection) {
    return prefix
        + "closing AMQP connection <0.1.0> ("
        + connection
        + ", vhost: '/', user: 'guest'):\n"
        + prefix
        + "client unexpectedly closed TCP connection\n";
  }

  /** The same as a series of files, of which this one is the second. */
  public static CaptureReport series() {
    return all().inSeries(frame -> new FramePlace("part2.pcap", frame));
  }
}
