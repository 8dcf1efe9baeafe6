package io.rstscope.watch.incident;

import io.rstscope.net.Durations;
import io.rstscope.report.json.JsonReport;
import io.rstscope.report.model.IncidentNotice.Missed;
import io.rstscope.report.model.Notice;
import io.rstscope.report.words.Format;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls the user's program once for each event in which connections are lost, when it is over, and
 * not too often: events that are left out are counted, and said with the next call.
 *
 * <p>Used by the judging thread, which never waits but at the end; {@link #status} by any.
 */
public final class IncidentCalls implements AutoCloseable {
  private static final IncidentProgram.Limits LIMITS = new IncidentProgram.Limits(30_000, 5_000);

  private final long apartNanos;
  private final Consumer<String> words;
  private final IncidentProgram program;
  private LossEvent event;
  private Missed missed = Missed.NOTHING;
  private boolean called;
  private long calledAtNanos;
  private volatile long missedEvents;

  /**
   * @param words takes what the program writes, and what is wrong with it
   */
  public IncidentCalls(IncidentOptions options, Consumer<String> words) {
    this(options, LIMITS, words);
  }

  IncidentCalls(IncidentOptions options, IncidentProgram.Limits limits, Consumer<String> words) {
    apartNanos = options.apartNanos();
    this.words = words;
    program = new IncidentProgram(options.command(), limits, words);
  }

  /**
   * Takes what is reported next.
   *
   * @param nowNanos of a clock that is never set
   */
  public void note(List<Notice> notices, long nowNanos) {
    pass(nowNanos);
    for (Notice notice : notices) {
      boolean begins = notice.revision() == 0 && !notice.verdict().ending().benign();
      if (event == null && begins) {
        event = new LossEvent(nowNanos);
      }
      if (event != null && (begins || notice.revision() > 0)) {
        event.add(notice, nowNanos);
      }
    }
  }

  /** Calls the program when an event is over by then. */
  public void pass(long nowNanos) {
    if (event != null && event.isOver(nowNanos)) {
      call(nowNanos);
    }
  }

  /** Nothing more will be lost: calls the program of what is not over yet. */
  public void finish(long nowNanos) {
    if (event != null) {
      call(nowNanos);
    }
    if (missed.events() > 0) {
      words.accept("--on-incident: not called for " + events());
    }
  }

  private void call(long nowNanos) {
    LossEvent over = event;
    event = null;
    long lost = over.losses().total();
    if (lost == 0) {
      return; // refused ones only, or revised
    }
    if (called && nowNanos - calledAtNanos < apartNanos) {
      leaveOut(lost, "it was called less than " + Durations.text(apartNanos) + " before");
    } else if (program.run(json(over))) {
      called = true;
      calledAtNanos = nowNanos;
      if (missed.events() > 0) {
        words.accept("--on-incident: called again, with " + events() + " left out since");
      }
      missed = Missed.NOTHING;
    } else {
      leaveOut(lost, "too many calls wait for it");
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void leaveOut(long lost, String why) {
    if (missed.events() == 0) {
      words.accept("--on-incident: events are left out: " + why);
    }
    missed = missed.and(lost);
    missedEvents++;
  }

  private String events() {
    return Format.count(missed.events(), "event")
        + " with "
        + Format.count(missed.losses(), "lost connection");
  }

  private String json(LossEvent over) {
    StringWriter text = new StringWriter();
    try {
      new JsonReport(text).incident(over.notice(missed));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** What became of events so far. */
  public IncidentStatus status() {
    return new IncidentStatus(program.calls(), program.failures(), missedEvents);
  }

  /** Waits a moment for the program, then kills it. */
  @Override
  public void close() {
    program.close();
  }
}
