package io.rstscope.pairing;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.PacketSource;
import io.rstscope.pairing.clock.Clocks;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Holds one capture against another of the same time: finds the packets of here there, sets the
 * clocks, then follows the flows that are in both.
 *
 * <p>Used by one thread.
 */
public final class Comparison {
  /** Opens the other capture, the same each time. */
  public interface Reading {
    /**
     * Opens it once more.
     *
     * @throws CaptureException when it cannot be read
     */
    PacketSource open() throws CaptureException;
  }

  private final Here here;
  private final String capture;
  private final String path;
  private final Reading other;
  private final BooleanSupplier stop;
  private final PacketTable table;
  private final Search search;
  private String problem;

  /**
   * @param here has been read
   * @param capture name of the other one, without folders
   * @param path of the other one, as given
   * @param other is opened twice
   * @param stop asked for each packet
   */
  public Comparison(Here here, String capture, String path, Reading other, BooleanSupplier stop) {
    this.here = here;
    this.capture = capture;
    this.path = path;
    this.other = other;
    this.stop = stop;
    table = here.table();
    search = new Search(table, here);
  }

  /** Compares them; what cannot be read is in the result. */
  public OtherSide compare() {
    try (PacketSource source = other.open()) {
      search.read(source, stop);
    } catch (CaptureException e) {
      problem = e.detail();
    }
    if (stop.getAsBoolean()) {
      problem = "stopped before its end";
      return without(Standing.UNREADABLE);
    }
    if (search.counts().packets() == 0 && problem != null) {
      return without(Standing.UNREADABLE);
    }
    if (!here.isTimed() || search.counts().untimed() > 0) {
      return without(Standing.NO_TIMES);
    }
    if (search.found() == 0) {
      return without(nothingInCommon());
    }
    Clocks clocks = Clocks.of(table.shared());
    return clocks.pieces().isEmpty()
        ? without(Standing.of(clocks.outcome()))
        : compared(clocks, follow(clocks));
  }

  private OtherSide without(Standing standing) {
    return OtherSide.without(capture, path, standing, problem, search.resets());
  }

  private Standing nothingInCommon() {
    Span there = search.span();
    boolean apart =
        there.lastNanos() < here.span().firstNanos()
            || there.firstNanos() > here.span().lastNanos();
    if (apart) {
      return Standing.OTHER_TIME;
    }
    if (search.headersCut()) {
      return Standing.HEADERS_CUT;
    }
    return search.hostsSeen() ? Standing.PROXY_BETWEEN : Standing.OTHER_HOSTS;
  }

  private FlowsThere follow(Clocks clocks) {
    FlowsThere flows = new FlowsThere(table.flows(), clocks);
    try (PacketSource source = other.open()) {
      flows.read(source, here, stop);
    } catch (CaptureException e) {
      problem = e.detail();
    }
    return flows;
  }

  private OtherSide compared(Clocks clocks, FlowsThere flows) {
    here.identities().alignWith(search.sample());
    Span there = search.span();
    Missing fromClient = Missing.of(table, clocks, there, true);
    Missing fromBroker = Missing.of(table, clocks, there, false);
    Findings findings =
        new Findings(
            new CrossingRule(capture, table, clocks, there, search.drops(), fromClient, fromBroker),
            new StoppedRule(table, clocks, here.span()));
    table.flows().forEach(window -> findings.add(window, flows.of(window)));
    return new OtherSide(
        capture,
        path,
        Standing.COMPARED,
        problem,
        search.resets(),
        clocks.line(),
        clocks.steps(),
        fromClient,
        fromBroker,
        lost(clocks, true),
        lost(clocks, false),
        findings.connections(),
        findings.translations(),
        findings.stopped(),
        List.of(),
        findings.crossings(),
        FramePairs.of(table));
  }

  private PathLoss lost(Clocks clocks, boolean fromClient) {
    IdentitySample there = search.sample();
    IdentitySample here = this.here.identities();
    return PathLoss.of(here, there, clocks, this.here.span(), search.span(), fromClient);
  }
}
