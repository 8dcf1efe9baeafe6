package io.rstscope.cli;

import io.rstscope.connections.ConnectionList;
import io.rstscope.connections.ManagementApi;
import io.rstscope.engine.BrokerAccounts;
import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import io.rstscope.watch.ManagementStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The connections of a broker whose management API is asked for them now and then, on a thread of
 * its own; flows are joined on another, which waits for no answer.
 */
final class PolledConnections implements BrokerAccounts, AutoCloseable {
  /** A broker that takes long to answer is asked less often: for a twentieth of the time. */
  private static final long TIMES_THE_ANSWER = 20;

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** Hosts that were started together ask one after the other in the end. */
  private static final double JITTER = 0.1;

  private static final double NANOS = 1e9;
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);

  /** So many that the broker should know, and does not, are not its own. */
  private static final int STRANGERS = 5;

  private final ManagementApi api;
  private final Duration pause;
  private final Consumer<String> words;
  private final Consumer<String> unlessQuiet;
  private final ConnectionList list = new ConnectionList();
  private final Thread thread = new Thread(this::run, "management");
  private final AtomicLong failures = new AtomicLong();
  private final Set<HostPort> strangers = new HashSet<>();
  private String said;
  private volatile Answer answer;

  /** When it was complete, by the clock that is never set, and by that of packets. */
  private record Answer(long steadyNanos, long wallMillis) {}

  /** Asks nothing yet, and then twice a minute. */
  PolledConnections(ManagementApi api, Consumer<String> words, Consumer<String> unlessQuiet) {
    this(api, USUAL_PAUSE, words, unlessQuiet);
  }

  /**
   * Asks nothing yet.
   *
   * @param pause between an answer and the next request
   * @param words takes what is wrong with it, once until that changes
   * @param unlessQuiet takes that it answers
   */
  PolledConnections(
      ManagementApi api, Duration pause, Consumer<String> words, Consumer<String> unlessQuiet) {
    this.api = api;
    this.pause = pause;
    this.words = words;
    this.unlessQuiet = unlessQuiet;
    thread.setDaemon(true);
  }

  /** Begins to ask. */
  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        long began = System.nanoTime();
        ask();
        TimeUnit.NANOSECONDS.sleep(pauseAfter(System.nanoTime() - began));
      }
    } catch (InterruptedException e) {
      // it is closed
    }
  }

  private long pauseAfter(long tookNanos) {
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    long idle = Math.min(TIMES_THE_ANSWER * tookNanos, LONGEST_PAUSE_NANOS);
    return (long) (Math.max(pause.toNanos(), idle) * jitter);
  }

  private void ask() throws InterruptedException {
    try {
      api.ask(list);
    } catch (IOException e) {
      failures.incrementAndGet();
      tell(e.getMessage());
      return;
    }
    answer = new Answer(System.nanoTime(), System.currentTimeMillis());
    if (said == null) {
      unlessQuiet.accept(name() + "answers, connections: " + list.size() + hint());
    } else if (!said.isEmpty()) {
      words.accept(name() + "answers again, connections: " + list.size());
    }
    said = "";
  }

  /** A user without the tag is shown an empty list. */
  private String hint() {
    return list.size() > 0 ? "" : "; has its user the tag monitoring?";
  }

  private void tell(String problem) {
    if (!problem.equals(said)) {
      words.accept(name() + problem + "; losses are judged " + with());
    }
    said = problem;
  }

  private String with() {
    if (list.size() == 0) {
      return "without it";
    }
    String age = answer == null ? "" : ", last answer %.0f s ago".formatted(ageSeconds());
    return "with what it has listed (connections: " + list.size() + age + ")";
  }

  private String name() {
    return "management API " + api + ": ";
  }

  private double ageSeconds() {
    Answer last = answer;
    return last == null ? Double.NaN : (System.nanoTime() - last.steadyNanos) / NANOS;
  }

  /** How it is now; for any thread. */
  ManagementStatus status() {
    return new ManagementStatus(list.size(), ageSeconds(), failures.get());
  }

  @Override
  public boolean mayKnowLoss(HostPort client, HostPort broker) {
    return false;
  }

  @Override
  public List<FlowObservation> addTo(List<FlowObservation> flows) {
    List<FlowObservation> joined = list.addTo(flows);
    if (list.joined() == 0 && strangers.size() < STRANGERS) {
      flows.stream().filter(this::isToBeKnown).map(FlowObservation::client).forEach(strangers::add);
      if (strangers.size() >= STRANGERS) {
        words.accept(
            name()
                + "knows none of the connections that were lost (it has %d): is it this broker's?"
                    .formatted(list.size()));
      }
    }
    return joined;
  }

  /** Whether it was there when the broker answered. */
  private boolean isToBeKnown(FlowObservation flow) {
    Answer last = answer;
    long nanos = last == null ? -1 : TimeUnit.MILLISECONDS.toNanos(last.wallMillis);
    return flow.startedNanos() < nanos && nanos < flow.lastNanos();
  }

  /** Ends it; an answer that is still being read is left to itself. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
