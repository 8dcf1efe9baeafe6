package io.rstscope.engine;

import io.rstscope.amqp.PayloadReads;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.PacketCounts;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.DecodeAhead;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.flow.Flow;
import io.rstscope.judge.Attribution;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.net.Side;
import io.rstscope.pairing.OtherSide;
import io.rstscope.pairing.OtherSides;
import io.rstscope.pairing.Span;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.LeftOut;
import io.rstscope.reset.ClockStep;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.SurvivedSilences;
import io.rstscope.reset.Timeless;
import io.rstscope.reset.witness.Crossing;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One capture through all steps: packets, flows, observations, verdicts, report. The way in for
 * programs that want verdicts without the command line:
 *
 * <pre>{@code
 * CaptureReport report = Analysis.of(Path.of("broker.pcap"), AnalysisOptions.defaults());
 * for (FlowVerdict lost : report.flows()) {
 *   System.out.println(lost.ending().says());
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class Analysis {
  private final MemoryPlan memory;
  private final Vantage vantage;
  private final BrokerAccounts accounts;
  private final FlowPipeline pipeline;
  private final PacketCounts counts = new PacketCounts();
  private final JudgementBudget kept;

  /** An analysis of a capture yet to be {@linkplain #read read}. */
  public Analysis(AnalysisOptions options) {
    memory = options.memory();
    vantage = options.vantage();
    accounts = options.accounts();
    kept = new JudgementBudget(memory.observedBytes(), options.named());
    pipeline =
        new FlowPipeline(
            options.ports(),
            memory.flows(),
            memory.observer(),
            wanted(options),
            PayloadReads.UNHEEDED,
            UnaryOperator.identity(),
            kept::add);
  }

  private static Predicate<Flow> wanted(AnalysisOptions options) {
    BrokerAccounts accounts = options.accounts();
    return options.allFlows() || accounts == BrokerAccounts.NONE
        ? flow -> options.allFlows()
        : flow -> accounts.mayKnowLoss(flow.hostPort(Side.CLIENT), flow.hostPort(Side.BROKER));
  }

  /**
   * Reads and judges a file: pcap or pcapng, compressed by gzip or not.
   *
   * @throws CaptureException when it is no capture that we know, or must not be read. One that ends
   *     too early is reported as far as it goes, with the {@linkplain CaptureQuality#problem()
   *     problem}
   */
  public static CaptureReport of(Path file, AnalysisOptions options) throws CaptureException {
    return of(CaptureFiles.open(file.toString()), options);
  }

  /**
   * Reads and judges a stream in the same formats, and closes it.
   *
   * @param name what messages and the report call it
   * @throws CaptureException as for a file
   */
  public static CaptureReport of(String name, InputStream stream, AnalysisOptions options)
      throws CaptureException {
    return of(CaptureFiles.read(name, stream), options);
  }

  private static CaptureReport of(PacketSource opened, AnalysisOptions options) {
    Analysis analysis = new Analysis(options);
    String problem = null;
    try (PacketSource source = opened) {
      analysis.read(source, () -> false, bytes -> {});
    } catch (CaptureException e) {
      problem = e.detail();
    }
    return analysis.report(new File(opened.name()).getName(), opened.name(), problem);
  }

  /**
   * Reads the source to its end, or until it is told to stop.
   *
   * @param stop asked now and then
   * @param progress is given the bytes read so far now and then
   * @throws CaptureException when the source cannot be read further; what was read before is kept
   */
  public void read(PacketSource source, BooleanSupplier stop, LongConsumer progress)
      throws CaptureException {
    try (DecodeAhead segments = new DecodeAhead(source, pipeline.decoder(), counts)) {
      for (SegmentBatch batch = segments.next();
          batch != null && !stop.getAsBoolean();
          batch = segments.next()) {
        pipeline.accept(batch);
        progress.accept(batch.bytesRead());
      }
    }
  }

  /**
   * Ends all flows and judges them.
   *
   * @param path the capture as given on the command line
   * @param problem why it could not be read to its end, or null
   */
  public CaptureReport report(String name, String path, String problem) {
    return report(name, path, problem, OtherSides.NONE);
  }

  /** The same beside other captures of the same time. */
  public CaptureReport report(String name, String path, String problem, OtherSides others) {
    pipeline.finish();
    SegmentDecoder decoder = pipeline.decoder();
    boolean timed = counts.untimed() == 0;
    List<FlowObservation> observed = kept.flows();
    ClockStep step = timed ? ClockStep.in(counts.longestPause(), observed) : null;
    CaptureQuality quality =
        new CaptureQuality(
            counts.packets(),
            decoder.segments(),
            pipeline.tracker().flows(),
            leftOut(),
            counts.firstNanos(),
            counts.lastNanos(),
            counts.backwards(),
            counts.cut(),
            decoder.cutHeaders() + decoder.malformed(),
            decoder.laterFragments(),
            decoder.unsupportedLinkType(),
            pipeline.tracker().duplicates(),
            counts.dropped(),
            counts.untimed(),
            pipeline.tracker().oneSided(),
            problem,
            decoder.otherPorts(),
            step == null ? 0 : step.byNanos());
    List<FlowObservation> flows = accounts.addTo(inTime(observed, timed, step));
    Recording recording = Recording.of(vantage, flows, counts.dropped(), counts.setBackNanos());
    if (!timed) {
      recording = recording.withoutTimes();
    }
    List<OtherSide> sides = others.of(flows, timed ? span() : null);
    CaptureVerdict verdict =
        Attribution.judge(
            flows, recording.withCrossings(crossings(sides)), pipeline.observer().bystanders());
    return new CaptureReport(name, path, quality, recording, verdict).beside(sides);
  }

  /** With the times that really passed, as far as the capture shows them. */
  private static List<FlowObservation> inTime(
      List<FlowObservation> observed, boolean timed, ClockStep step) {
    if (!timed) {
      return Timeless.of(observed);
    }
    return step == null ? observed : step.removedFrom(observed);
  }

  /** Ends all flows; they are not judged. */
  public List<FlowObservation> observations() {
    pipeline.finish();
    return kept.flows();
  }

  /** When it was captured, and whether that is all of it. */
  public Span span() {
    boolean complete = counts.dropped() == 0 && pipeline.decoder().cutHeaders() == 0;
    return new Span(counts.firstNanos(), counts.lastNanos(), complete);
  }

  /** What one of them proves counts more than what another does not show. */
  private static Map<Long, Crossing> crossings(List<OtherSide> sides) {
    Map<Long, Crossing> crossings = new HashMap<>();
    for (OtherSide side : sides) {
      side.crossings()
          .forEach(
              (frame, crossing) ->
                  crossings.merge(
                      frame,
                      crossing,
                      (one, other) -> one.kind().compareTo(other.kind()) <= 0 ? one : other));
    }
    return crossings;
  }

  /** The longest silences that connections survived, once all is read. */
  public SurvivedSilences survived() {
    return pipeline.observer().bystanders().silences();
  }

  /** How much may be kept. */
  public MemoryPlan memory() {
    return memory;
  }

  private LeftOut leftOut() {
    return new LeftOut(
        pipeline.tracker().evicted(),
        pipeline.tracker().evictedAttempts(),
        kept.flowsLeftOut(),
        kept.resetsLeftOut() + pipeline.observer().resetsLeftOut(),
        pipeline.observer().amqpLeftOut(),
        memory.moreFlowsFit());
  }
}
