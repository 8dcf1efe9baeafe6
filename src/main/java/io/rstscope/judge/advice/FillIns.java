package io.rstscope.judge.advice;

import io.rstscope.amqp.ConnectionClose;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.DeviceReason;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.KnownDevice;
import io.rstscope.reset.ResetObservation;
import java.util.List;

/** The words in braces of the table of remedies, for one verdict. */
final class FillIns {
  private final FlowVerdict verdict;
  private final Situation situation;
  private final Checks checks;

  FillIns(FlowVerdict verdict, Situation situation, Checks checks) {
    this.verdict = verdict;
    this.situation = situation;
    this.checks = checks;
  }

  /** The text with all its words filled in. What comes from the capture is not looked at again. */
  String in(String text) {
    StringBuilder filled = new StringBuilder();
    int done = 0;
    for (int from = text.indexOf('{'); from >= 0; from = text.indexOf('{', done)) {
      int to = text.indexOf('}', from);
      filled.append(text, done, from).append(word(text.substring(from + 1, to)));
      done = to + 1;
    }
    return filled.append(text, done, text.length()).toString();
  }

  private String word(String name) {
    return switch (name) {
      case "client" -> client();
      case "broker" -> verdict.flow().broker().toString();
      case "clock" -> checks.clock();
      case "said" -> said();
      case "blocked" -> blocked();
      case "heartbeat" -> situation.plan().words(verdict);
      case "usual-heartbeat" -> situation.plan().raised().words(verdict);
      case "now" -> HeartbeatPlan.nowWords(verdict);
      case "timer" -> situation.plan().timerWords();
      case "raised" -> String.valueOf(HeartbeatPlan.RAISED_SECONDS);
      case "timeout" -> timeout();
      case "settings" -> settings();
      case "silent-side" -> situation.first().by().other().word();
      case "ended-by" -> situation.first().by().word();
      default -> throw new IllegalStateException("unknown term: " + name);
    };
  }

  private String client() {
    String peer = verdict.flow().client().toString();
    if (!verdict.peerMayBeProxy()) {
      return "client " + peer;
    }
    return verdict.realClient().equals(verdict.flow().client().address())
        ? "client " + peer + " (perhaps a proxy: then the client behind it)"
        : "client " + verdict.realClient() + " behind the proxy " + peer;
  }

  private String blocked() {
    String reason = situation.blockedReason();
    return reason == null || reason.isEmpty() ? "" : " (" + reason + ")";
  }

  private String said() {
    ConnectionClose said = situation.said();
    String code = said.code() >= 0 ? String.valueOf(said.code()) : said.condition();
    String text = said.text() == null || said.text().isEmpty() ? "" : "\"" + said.text() + "\"";
    return code == null ? text : text.isEmpty() ? code : code + " " + text;
  }

  /** Whose idle timeout is to be raised. */
  private String timeout() {
    return isProxy()
        ? "the idle timeout of the proxy"
        : "the idle timeout of the firewall, NAT or load balancer";
  }

  private boolean isProxy() {
    return verdict.isEndedBySocket();
  }

  /** How that is set: a clause to be added, or nothing. */
  private String settings() {
    return (isProxy()
            ? ": \"timeout client\" and \"timeout server\" in HAProxy, or \"timeout tunnel\" where it"
                + " is set; proxy_timeout in nginx; idle_timeout in Envoy"
            : "")
        + devices();
  }

  /** The settings of devices whose timers are that long. */
  private String devices() {
    StringBuilder devices = new StringBuilder();
    for (KnownDevice device : mayBe()) {
      devices.append("; if it is ").append(device.title()).append(": ").append(device.setting());
    }
    return devices.toString();
  }

  private List<KnownDevice> mayBe() {
    if (isNetscaler()) {
      return List.of(KnownDevice.NETSCALER);
    }
    IdleTimer timer = verdict.idleTimer();
    return timer != null
        ? timer.mayBe()
        : KnownDevice.fitting(
            situation.plan().atLeastNanos(), situation.plan().timerNanos(), expiry());
  }

  /** What a device does that is no known timer of this capture, if it did. */
  private Expiry expiry() {
    return switch (situation.first().way()) {
      case FIN -> Expiry.CLOSES;
      case RESET -> situation.first().answers() ? Expiry.REJECTS_LATER : Expiry.RESETS;
      case NO_ANSWER, NONE -> Expiry.DROPS_LATER;
    };
  }

  private boolean isNetscaler() {
    ResetObservation reset = verdict.decisiveReset();
    String reason = reset == null ? null : DeviceReason.of(reset.packet());
    return reason != null && reason.contains("NetScaler");
  }
}
