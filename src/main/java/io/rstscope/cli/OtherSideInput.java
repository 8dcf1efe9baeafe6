package io.rstscope.cli;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.PacketSource;
import io.rstscope.engine.Analysis;
import io.rstscope.engine.AnalysisOptions;
import io.rstscope.net.PortSet;
import io.rstscope.pairing.Comparison;
import io.rstscope.pairing.Here;
import io.rstscope.pairing.Numbering;
import io.rstscope.pairing.OtherSide;
import io.rstscope.pairing.OtherSides;
import io.rstscope.pairing.Span;
import io.rstscope.pairing.Standing;
import io.rstscope.pairing.proxy.ProxiedConnections;
import io.rstscope.reset.FlowObservation;
import java.io.File;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads the captures of {@code --other-side}, once for each capture that is analysed. What is of no
 * use is told on standard error, and the capture is judged without it.
 *
 * <p>Used by one thread.
 */
final class OtherSideInput {
  /** Of a few packets the numbers stay: of a bare RST the acknowledgement number is 0. */
  private static final Set<Standing> NUMBERS_MAY_DIFFER =
      EnumSet.of(Standing.PROXY_BETWEEN, Standing.FEW_PACKETS);

  private static final Set<Standing> NOTHING_IN_COMMON =
      EnumSet.of(Standing.PROXY_BETWEEN, Standing.OTHER_HOSTS);

  private final List<String> files;
  private final PortSet ports;
  private final Consumer<String> problems;
  private final Consumer<String> words;
  private final BooleanSupplier stop;

  /**
   * @param files as given
   * @param problems takes what could not be read
   * @param words takes what is of no use
   * @param stop asked now and then
   */
  OtherSideInput(
      List<String> files,
      PortSet ports,
      Consumer<String> problems,
      Consumer<String> words,
      BooleanSupplier stop) {
    this.files = files;
    this.ports = ports;
    this.problems = problems;
    this.words = words;
    this.stop = stop;
  }

  /** Those of a capture that can be opened once more. */
  OtherSides of(SecondReading.Opening again) {
    return files.isEmpty() ? OtherSides.NONE : (flows, span) -> compare(again, flows, span);
  }

  private List<OtherSide> compare(
      SecondReading.Opening again, List<FlowObservation> flows, Span span) {
    Here here = here(Numbering.AS_SENT, again, flows, span);
    List<OtherSide> sides = new ArrayList<>();
    for (String file : files) {
      OtherSide side = compare(here, file);
      if (NUMBERS_MAY_DIFFER.contains(side.standing())) {
        OtherSide rewritten = compare(here(Numbering.SINCE_SYN, again, flows, span), file);
        side = rewritten.standing() == Standing.COMPARED ? rewritten : side;
      }
      if (NOTHING_IN_COMMON.contains(side.standing())) {
        side = joined(side, again, flows, here.span());
      }
      tell(side);
      sides.add(side);
    }
    return List.copyOf(sides);
  }

  private Here here(
      Numbering numbering, SecondReading.Opening again, List<FlowObservation> flows, Span span) {
    Here here = new Here(ports, numbering, flows, span);
    try (PacketSource source = again.open()) {
      here.read(source, stop);
    } catch (CaptureException e) {
      words.accept(e.getMessage());
    }
    return here;
  }

  private OtherSide compare(Here here, String file) {
    String name = new File(file).getName();
    return new Comparison(here, name, file, () -> CaptureFiles.open(file), stop).compare();
  }

  /** With the connections of which each capture has the leg on its side of a proxy. */
  private OtherSide joined(
      OtherSide side, SecondReading.Opening again, List<FlowObservation> flows, Span span) {
    Analysis other = new Analysis(AnalysisOptions.defaults().withPorts(ports).withAllFlows());
    try (PacketSource source = CaptureFiles.open(side.path())) {
      other.read(source, stop, bytes -> {});
    } catch (CaptureException e) {
      // told when it was searched
    }
    List<FlowObservation> there = other.observations();
    try (PacketSource source = again.open();
        PacketSource otherSource = CaptureFiles.open(side.path())) {
      ProxiedConnections legs =
          ProxiedConnections.of(
              new ProxiedConnections.Side(flows, span, source),
              new ProxiedConnections.Side(there, other.span(), otherSource),
              ports,
              stop);
      return legs.connections().isEmpty() ? side : side.behindProxy(legs);
    } catch (CaptureException e) {
      return side;
    }
  }

  private void tell(OtherSide side) {
    if (side.problem() != null) {
      problems.accept(side.path() + ": " + side.problem());
    }
    if (side.standing() != Standing.COMPARED
        && side.standing() != Standing.UNREADABLE
        && side.proxied().isEmpty()) {
      words.accept(
          "--other-side "
              + side.path()
              + ": "
              + side.standing().explanation()
              + "; judged without it");
    }
  }
}
