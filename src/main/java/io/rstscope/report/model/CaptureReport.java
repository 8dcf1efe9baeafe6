package io.rstscope.report.model;

import io.rstscope.brokerlog.LogCorrelation;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.net.FramePlace;
import io.rstscope.pairing.OtherSide;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * What one capture tells.
 *
 * @param name what people read: the file's name without folders, with them where another capture
 *     has the same one; {@code -} for standard input
 * @param path as given on the command line
 * @param quality what the capture is worth as evidence
 * @param recording how it was recorded
 * @param verdict what is concluded about its flows, each by itself and together
 * @param places tells in which file of a series a frame lies; null when the capture is one file
 * @param excerpts the packets of flows that matter, where an output shows them
 * @param log what the broker's log says of the same connections, or null when none was read
 * @param otherSides what captures of the same time at the other end show
 * @param sha256 of its content in hexadecimal digits, or null when nobody has asked for it
 * @param brokerHost what the user calls the broker's host, or null: its address
 */
public record CaptureReport(
    String name,
    String path,
    CaptureQuality quality,
    Recording recording,
    CaptureVerdict verdict,
    LongFunction<FramePlace> places,
    Excerpts excerpts,
    LogCorrelation log,
    List<OtherSide> otherSides,
    String sha256,
    String brokerHost) {
  /** A capture in one file. */
  public CaptureReport(
      String name,
      String path,
      CaptureQuality quality,
      Recording recording,
      CaptureVerdict verdict) {
    this(name, path, quality, recording, verdict, null, Excerpts.NONE, null, List.of(), null, null);
  }

  /** The file's name without folders, as JSON has it. */
  public String fileName() {
    return name.equals(path) ? new File(path).getName() : name;
  }

  /** The same, as a series of files. */
  public CaptureReport inSeries(LongFunction<FramePlace> files) {
    return new CaptureReport(
        name,
        path,
        quality,
        recording,
        verdict,
        files,
        excerpts,
        log,
        otherSides,
        sha256,
        brokerHost);
  }

  /** The same, of some of its flows. */
  public CaptureReport only(Predicate<FlowVerdict> wanted) {
    return new CaptureReport(
        name,
        path,
        quality,
        recording,
        verdict.only(wanted),
        places,
        excerpts,
        log,
        otherSides,
        sha256,
        brokerHost);
  }

  /** The same, with packets. */
  public CaptureReport with(Excerpts packets) {
    return new CaptureReport(
        name,
        path,
        quality,
        recording,
        verdict,
        places,
        packets,
        log,
        otherSides,
        sha256,
        brokerHost);
  }

  /** The same, with what the broker's log says. */
  public CaptureReport with(LogCorrelation brokerLog) {
    return new CaptureReport(
        name,
        path,
        quality,
        recording,
        verdict,
        places,
        excerpts,
        brokerLog,
        otherSides,
        sha256,
        brokerHost);
  }

  /** The same, beside captures at the other end. */
  public CaptureReport beside(List<OtherSide> others) {
    return new CaptureReport(
        name, path, quality, recording, verdict, places, excerpts, log, others, sha256, brokerHost);
  }

  /** The same with what tells it from all captures of other times and hosts; each may be null. */
  public CaptureReport identified(String contentSha256, String host) {
    return new CaptureReport(
        name,
        path,
        quality,
        recording,
        verdict,
        places,
        excerpts,
        log,
        otherSides,
        contentSha256,
        host);
  }

  /** The same without flows, to be kept while other captures are read. */
  CaptureReport withoutFlows(int most) {
    LogCorrelation kept = log == null ? null : log.withoutFlows();
    return new CaptureReport(
        name,
        path,
        quality,
        recording.withCrossings(Map.of()),
        verdict.withoutFlows(most),
        null,
        Excerpts.NONE,
        kept,
        otherSides.stream().map(OtherSide::withoutPackets).toList(),
        sha256,
        brokerHost);
  }

  /** Flows that were reset or lost (or all, if asked for), in the order in which they began. */
  public List<FlowVerdict> flows() {
    return verdict.flows();
  }
}
