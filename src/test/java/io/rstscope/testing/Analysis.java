package io.rstscope.testing;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.flow.FlowTracker;
import io.rstscope.judge.Attribution;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.sender.ClueKind;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.PortSet;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Takes a capture through all steps up to the verdicts. */
public final class Analysis {
  private Analysis() {}

  /** All flows of the capture that were reset or lost, in the order in which they began. */
  public static List<FlowVerdict> of(PcapFile capture) {
    return together(capture).flows();
  }

  /** The same, with what the flows say together. */
  public static CaptureVerdict together(PcapFile capture) {
    return together(new ByteArrayInputStream(capture.bytes()));
  }

  /** The same for a capture of any format. */
  public static CaptureVerdict together(InputStream capture) {
    List<FlowObservation> flows = new ArrayList<>();
    Bystanders survived = observe(capture, flows);
    return Attribution.judge(flows, Recording.of(null, flows, 0, 0), survived);
  }

  /** The verdict about the last reset of a talk that was recorded like that. */
  public static Verdict lastReset(Recording recording, Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    Bystanders survived = observe(new ByteArrayInputStream(Talk.capture(talk).bytes()), flows);
    List<Verdict> verdicts =
        Attribution.judge(flows, recording, survived).flows().get(0).verdicts();
    return verdicts.get(verdicts.size() - 1);
  }

  /** The longest silences that the connections of the capture survived. */
  public static Bystanders survived(PcapFile capture) {
    return observe(new ByteArrayInputStream(capture.bytes()), new ArrayList<>());
  }

  /**
   * Puts the flows of these talks into the list, whatever became of them.
   *
   * @return what all of them show
   */
  public static Bystanders observe(List<FlowObservation> flows, Talk... talks) {
    return observe(new ByteArrayInputStream(Talk.capture(talks).bytes()), true, flows);
  }

  private static Bystanders observe(InputStream capture, List<FlowObservation> flows) {
    return observe(capture, false, flows);
  }

  private static Bystanders observe(
      InputStream capture, boolean allFlows, List<FlowObservation> flows) {
    PortSet ports = PortSet.parse(String.valueOf(Talk.BROKER_PORT));
    SegmentDecoder decoder = new SegmentDecoder(ports);
    ResetObserver observer =
        new ResetObserver(allFlows, ObserverLimits.within(1 << 28), flows::add);
    FlowTracker tracker = new FlowTracker(ports, 1000, observer);
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    try (PacketSource source = CaptureFiles.read("test", capture)) {
      while (source.next(packet)) {
        if (decoder.decode(packet, segment)) {
          tracker.accept(segment);
        }
      }
    } catch (CaptureException e) {
      throw new IllegalStateException(e);
    }
    tracker.finish();
    return observer.bystanders();
  }

  /** The flow of that talk; the others are its captureContext. */
  public static FlowVerdict of(Talk talk, Talk... others) {
    Talk[] all = new Talk[others.length + 1];
    all[0] = talk;
    System.arraycopy(others, 0, all, 1, others.length);
    return of(Talk.capture(all)).stream()
        .filter(verdict -> talk.isOf(verdict.flow().client()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("neither reset nor lost"));
  }

  /** How the talk ended. */
  public static Ending ending(Talk talk, Talk... others) {
    return of(talk, others).ending();
  }

  /** How the talk stands when the capture ends, though it may be neither reset nor lost. */
  public static Ending endingAsYet(Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    InputStream capture = new ByteArrayInputStream(Talk.capture(talk).bytes());
    Bystanders survived = observe(capture, true, flows);
    return Attribution.judge(flows, Recording.of(null, flows, 0, 0), survived)
        .flows()
        .get(0)
        .ending();
  }

  /** The verdict about the last reset of the talk. */
  public static Verdict lastReset(Talk talk, Talk... others) {
    List<Verdict> verdicts = of(talk, others).verdicts();
    return verdicts.get(verdicts.size() - 1);
  }

  /** What that clue says of the last reset of the talk, or null when it does not apply. */
  public static Evidence clue(ClueKind clue, Talk talk) {
    return clue(clue, lastReset(talk));
  }

  /** What that clue says in a verdict, or null when it does not apply. */
  public static Evidence clue(ClueKind clue, Verdict verdict) {
    return verdict.evidence().stream()
        .filter(evidence -> evidence.clue() == clue)
        .findFirst()
        .orElse(null);
  }
}
