package io.rstscope.judge.cause;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.Attribution;
import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.IdleTimers;
import io.rstscope.judge.timer.Recurrence;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.LoggedEnd;
import io.rstscope.reset.witness.KernelRecord;
import io.rstscope.reset.witness.SocketError;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A talk whose end is asked about, among others. */
final class Story {
  /** If who is named as the sender of its reset sent it. */
  private final Set<Fact> ifClaimed;

  /** By the likelier sender. */
  private final Set<Fact> facts;

  private final Ending ending;

  private Story(
      UnaryOperator<FlowObservation> told,
      UnaryOperator<Recording> recorded,
      Talk talk,
      Talk... others) {
    List<FlowObservation> flows = new ArrayList<>();
    Talk[] all = new Talk[others.length + 1];
    all[0] = talk;
    System.arraycopy(others, 0, all, 1, others.length);
    Bystanders bystanders = Analysis.observe(flows, all);
    flows.replaceAll(told);
    Recording recording = recorded.apply(Recording.of(null, flows, 0, 0));
    List<FlowVerdict> judged =
        new ArrayList<>(Attribution.judge(flows, List.of(), recording, bystanders));
    int place = placeOf(talk, flows);
    ending = judged.get(place).ending();
    FlowVerdict verdict = judged.get(place);
    int decisive = verdict.flow().placeOfDecisive();
    ifClaimed = facts(place, judged, recording, bystanders, false);
    facts =
        decisive >= 0 && verdict.verdicts().get(decisive).claimed() < 0.5
            ? facts(place, judged, recording, bystanders, true)
            : ifClaimed;
  }

  private static int placeOf(Talk talk, List<FlowObservation> flows) {
    for (int i = flows.size() - 1; i >= 0; i--) {
      if (talk.isOf(flows.get(i).client()) && flows.get(i).startedNanos() <= talk.now()) {
        return i;
      }
    }
    throw new AssertionError("no such flow");
  }

  private static Set<Fact> facts(
      int place,
      List<FlowVerdict> judged,
      Recording recording,
      Bystanders bystanders,
      boolean byMiddlebox) {
    List<FlowObservation> flows = judged.stream().map(FlowVerdict::flow).toList();
    List<List<Verdict>> verdicts = judged.stream().map(FlowVerdict::verdicts).toList();
    List<FirstEnd> ends = flows.stream().map(FirstEnd::of).toList();
    IdleTimer bounded =
        IdleTimers.of(Witnesses.ofAnswers(flows, verdicts), bystanders.silences()).of(place);
    return CauseJudge.facts(
        new FlowContext(flows.get(place)),
        ends.get(place),
        verdicts.get(place),
        new CaptureContext(flows, recording, bystanders),
        Recurrence.of(ends, hosts(flows, ends)),
        place,
        bounded,
        byMiddlebox);
  }

  /** As {@link Attribution} does. */
  private static List<List<String>> hosts(List<FlowObservation> flows, List<FirstEnd> ends) {
    List<List<String>> hosts = new ArrayList<>();
    for (int i = 0; i < flows.size(); i++) {
      FirstEnd end = ends.get(i);
      boolean counts =
          !end.orderly()
              && (end.way() == FirstEnd.Way.FIN || end.way() == FirstEnd.Way.RESET)
              && !end.answers();
      FlowObservation flow = flows.get(i);
      hosts.add(counts ? List.of(flow.client().address(), flow.broker().address()) : List.of());
    }
    return hosts;
  }

  static Story of(Talk talk, Talk... others) {
    return new Story(flow -> flow, recording -> recording, talk, others);
  }

  /** What follows when the broker's log says that of the end. */
  static Story of(LoggedEnd logged, Talk talk) {
    return new Story(flow -> flow.logged(logged), recording -> recording, talk);
  }

  /** The same when the kernel told the program of its socket of that. */
  static Story of(SocketError error, Talk talk) {
    return new Story(flow -> flow.reported(error), recording -> recording, talk);
  }

  Set<Fact> facts() {
    return facts;
  }

  Ending ending() {
    return ending;
  }

  /** What was found, with the weights: for the messages of failed tests. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(ending.says()).append('\n').append(ending.cause());
    text.append(' ').append(ending.likelihoods());
    for (Fact fact : facts) {
      text.append("\n  ").append(fact.word()).append(' ').append(CauseTable.of(fact).weights());
    }
    return text.append('\n').toString();
  }

  /** The same with what the kernel of the capturing host recorded of each of its resets. */
  static Story of(KernelRecord kernel, Talk talk) {
    Map<Long, KernelRecord> records =
        LongStream.range(1, 100).boxed().collect(toMap(frame -> frame, frame -> kernel));
    return new Story(flow -> flow, recording -> recording.withKernel(records), talk);
  }

  static void assertHolds(Fact fact, KernelRecord kernel, Talk talk) {
    Story story = of(kernel, talk);
    assertTrue(story.facts.contains(fact), () -> fact + " should hold: " + story);
  }

  static void assertHoldsNot(Fact fact, KernelRecord kernel, Talk talk) {
    Story story = of(kernel, talk);
    assertFalse(story.facts.contains(fact), () -> fact + " should not hold: " + story);
  }

  static void assertHolds(Fact fact, SocketError error, Talk talk) {
    Story story = of(error, talk);
    assertTrue(story.facts.contains(fact), () -> fact + " should hold: " + story);
  }

  static void assertHoldsNot(Fact fact, SocketError error, Talk talk) {
    Story story = of(error, talk);
    assertFalse(story.facts.contains(fact), () -> fact + " should not hold: " + story);
  }

  static void assertHolds(Fact fact, Talk talk, Talk... others) {
    Story story = of(talk, others);
    assertTrue(story.facts.contains(fact), () -> fact + " should hold: " + story);
  }

  /** Whoever is likelier to have sent it. */
  static void assertHoldsIfItsHostSentIt(Fact fact, Talk talk, Talk... others) {
    Story story = of(talk, others);
    assertTrue(story.ifClaimed.contains(fact), () -> fact + " should hold: " + story);
  }

  static void assertHoldsNot(Fact fact, Talk talk, Talk... others) {
    Story story = of(talk, others);
    assertFalse(story.facts.contains(fact), () -> fact + " should not hold: " + story);
  }
}
