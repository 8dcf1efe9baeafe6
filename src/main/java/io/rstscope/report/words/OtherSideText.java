package io.rstscope.report.words;

import io.rstscope.net.Durations;
import io.rstscope.net.Side;
import io.rstscope.pairing.Missing;
import io.rstscope.pairing.OtherSide;
import io.rstscope.pairing.PathLoss;
import io.rstscope.pairing.Standing;
import io.rstscope.pairing.StoppedReset;
import io.rstscope.pairing.Translation;
import io.rstscope.pairing.clock.ClockLine;
import io.rstscope.pairing.clock.ClockStep;
import io.rstscope.pairing.proxy.EndOrder;
import io.rstscope.pairing.proxy.LegEnd;
import io.rstscope.pairing.proxy.ProxiedConnection;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a capture at the other end shows, in sentences. */
public final class OtherSideText {
  /** The JSON report has all. */
  private static final int SHOWN = 3;

  /** Less is no skew that could be told from jitter. */
  private static final double LEAST_SKEW = 0.5e-6;

  private OtherSideText() {}

  /** What it is to the capture, in one sentence. */
  public static String standing(OtherSide side) {
    if (side.standing() == Standing.UNREADABLE) {
      return side.capture() + ": " + side.problem();
    }
    return side.capture()
        + ": "
        + (side.standing() == Standing.COMPARED
            ? compared(side)
            : side.standing().explanation() + proxied(side))
        + (side.problem() == null ? "" : "; INCOMPLETE: " + side.problem());
  }

  private static String proxied(OtherSide side) {
    if (side.proxied().isEmpty()) {
      return "";
    }
    Map<EndOrder, Integer> orders = new EnumMap<>(EndOrder.class);
    side.proxied().forEach(each -> orders.merge(each.order(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    orders.forEach((order, count) -> parts.add(count + ": " + order.explanation()));
    return "; both legs of "
        + Format.count(side.proxied().size(), "reset or lost connection")
        + " found ("
        + String.join("; ", parts)
        + "); "
        + clock(side);
  }

  private static String compared(OtherSide side) {
    return Format.count(side.connections(), "reset or lost connection")
        + " in both; "
        + clock(side);
  }

  private static String clock(OtherSide side) {
    ClockLine clock = side.clock();
    double ahead = -clock.differenceNanos();
    double skew = -clock.skew();
    return "its clock is "
        + Durations.text(Math.round(Math.abs(ahead)))
        + (ahead < 0 ? " behind" : " ahead")
        + " (± "
        + Durations.text(Math.round(clock.boundNanos()))
        + ")"
        + (Math.abs(skew) < LEAST_SKEW
            ? ""
            : String.format(
                Locale.ROOT,
                " and runs %.1f ppm %s",
                Math.abs(skew) * 1e6,
                skew < 0 ? "slower" : "faster"))
        + steps(side.clockSteps());
  }

  private static String steps(List<ClockStep> steps) {
    if (steps.isEmpty()) {
      return "";
    }
    ClockStep first = steps.get(0);
    return "; one of the two clocks was set by "
        + Durations.text(Math.abs(first.byNanos()))
        + " before "
        + Format.readable(first.nanos())
        + " UTC"
        + (steps.size() == 1 ? "" : ", and " + Format.count(steps.size() - 1, "more time"))
        + ", and they are compared on each side of it";
  }

  /** What was lost between both, and what a NAT changed. */
  public static List<String> details(OtherSide side) {
    List<String> details = new ArrayList<>();
    add(details, "proxied: ", side.proxied().stream().map(OtherSideText::proxied).toList());
    if (side.standing() != Standing.COMPARED) {
      return details;
    }
    details.add(
        "packets without payload that it lacks: "
            + missing(side.fromClient())
            + " from clients, "
            + missing(side.fromBroker())
            + " from brokers");
    details.add(
        "packets without payload lost on the way or not captured: "
            + loss(side.lostToBroker())
            + " to brokers, "
            + loss(side.lostToClient())
            + " to clients");
    add(details, "NAT: ", side.translations().stream().map(OtherSideText::translation).toList());
    add(
        details,
        "stopped in the path: ",
        side.stopped().stream().map(OtherSideText::stopped).toList());
    return details;
  }

  private static String missing(Missing missing) {
    return missing.missing() + " of " + missing.compared();
  }

  private static String proxied(ProxiedConnection each) {
    return each.here().client() + " is " + each.there().client() + " there, " + cause(each);
  }

  /**
   * The other leg of a connection, and which of both ended first.
   *
   * @return null when no capture at the other side of a proxy has one
   */
  public static String leg(List<OtherSide> sides, FlowObservation flow) {
    for (OtherSide side : sides) {
      for (ProxiedConnection each : side.proxied()) {
        if (each.isOf(flow)) {
          return leg(side, each);
        }
      }
    }
    return null;
  }

  private static String leg(OtherSide side, ProxiedConnection each) {
    return each.there().client()
        + " to "
        + each.there().broker()
        + " in "
        + side.capture()
        + ": "
        + cause(each);
  }

  /** Which leg ended first, with the packets that show it. */
  public static String cause(ProxiedConnection each) {
    return each.order().explanation()
        + " ("
        + end(each.here().end(), each.clientLegHere(), "here")
        + ", "
        + end(each.there().end(), !each.clientLegHere(), "there")
        + (each.boundNanos() == 0
            ? ""
            : " "
                + Durations.text(Math.abs(each.apartNanos()))
                + (each.apartNanos() < 0 ? " earlier" : " later")
                + ", ± "
                + Durations.text(each.boundNanos()))
        + ")";
  }

  private static String end(LegEnd end, boolean clientLeg, String where) {
    if (end == null) {
      return "no end " + where;
    }
    boolean proxy = (end.by() == Side.BROKER) == clientLeg;
    return (end.reset() ? "RST" : "FIN")
        + " from the "
        + (proxy ? "proxy" : end.by().word())
        + " in frame "
        + end.frame()
        + " "
        + where;
  }

  private static String loss(PathLoss loss) {
    return loss.lost() + " of " + loss.sent();
  }

  private static String translation(Translation each) {
    return each.here() + " is " + each.there() + " there";
  }

  private static String stopped(StoppedReset each) {
    return "the RST of frame "
        + each.frameThere()
        + " there, "
        + Format.direction(each.from())
        + ", for "
        + each.flow().client();
  }

  private static void add(List<String> details, String label, List<String> items) {
    if (!items.isEmpty()) {
      int shown = Math.min(SHOWN, items.size());
      int more = items.size() - shown;
      details.add(
          label
              + String.join("; ", items.subList(0, shown))
              + (more > 0 ? "; and " + more + " more: see --format json" : ""));
    }
  }
}
