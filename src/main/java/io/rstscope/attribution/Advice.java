package io.rstscope.attribution;

import io.rstscope.reset.FlowObservation;
import java.util.List;

/** What to do about a cause. Nothing for what is harmless. */
final class Advice {
  private Advice() {}

  static List<String> on(Cause cause, FlowObservation flow) {
    return switch (cause) {
      case IDLE_TIMEOUT ->
          List.of(
              "set a heartbeat in the client that is shorter than half of the silence seen (now: "
                  + heartbeat(flow)
                  + "), or raise the idle timeout of the device");
      case STATE_LOST ->
          List.of("ask the network team for a failover, restart or flush at that time");
      case INJECTED_RESET ->
          List.of("ask the network team for the device that resets; capture on both sides of it");
      case CLIENT_ABORT ->
          List.of(
              "look at the client "
                  + flow.client()
                  + ": crash, out-of-memory kill, or a close without AMQP's");
      case CLIENT_GONE ->
          List.of("look whether host " + flow.client().address() + " was restarted or moved");
      case MISSED_HEARTBEATS ->
          List.of("look what kept the client " + flow.client() + " from sending heartbeats");
      case BROKER_ABORT, BROKER_GONE ->
          List.of("look at the broker's log and at dmesg for that time");
      case REFUSED -> List.of("look whether the broker runs and listens on " + flow.broker());
      case HANDSHAKE_TIMEOUT ->
          List.of("look what kept the client in the handshake: DNS, load, a slow path");
      case BAD_PROTOCOL ->
          List.of("point the client " + flow.client() + " at a port that speaks its protocol");
      case AUTH_FAILURE ->
          List.of("check user, password and virtual host of the client " + flow.client());
      case PROXY_FAILURE -> List.of("look at the proxy's log for that time");
      case SILENT_DROP ->
          List.of(
              "look for a device in the path that drops idle connections silently: capture on the side"
                  + " of the "
                  + Sender.endpoint(flow.brokerState().pendingWantsAnswer()).word()
                  + " too, to see whether the packets arrive there");
      case BROKER_SHUTDOWN, BROKER_CLOSED, NORMAL_CLOSE, PROBE, STILL_OPEN, UNDETERMINED ->
          List.of();
    };
  }

  private static String heartbeat(FlowObservation flow) {
    Integer seconds = flow.amqp() == null ? null : flow.amqp().heartbeatSeconds();
    return seconds == null ? "not seen" : seconds == 0 ? "off" : seconds + " s";
  }
}
