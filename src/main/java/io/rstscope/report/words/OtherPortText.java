package io.rstscope.report.words;

import io.rstscope.decode.OtherPort;
import io.rstscope.decode.OtherPort.Look;
import java.util.List;
import java.util.stream.Collectors;

/** What is on ports that were not asked for. */
final class OtherPortText {
  private OtherPortText() {}

  /** {@code 5671: 166 packets, TLS to RabbitMQ; add -p 5671}; empty when there are none. */
  static String of(List<OtherPort> ports) {
    return ports.stream().map(OtherPortText::of).collect(Collectors.joining("; "));
  }

  /** A note on each port of a broker that was not asked for, beside one that was. */
  static List<String> beside(List<OtherPort> ports) {
    return ports.stream().filter(OtherPort::mayBeBrokers).map(OtherPortText::notRead).toList();
  }

  private static String notRead(OtherPort port) {
    return "not read: port " + of(port);
  }

  private static String of(OtherPort port) {
    String service = service(port);
    boolean mayBeBroker = port.look() != Look.UNKNOWN || service.startsWith("AMQP");
    return port.port()
        + ": "
        + Format.count(port.packets(), "packet")
        + (service.isEmpty() ? "" : ", " + service)
        + (mayBeBroker ? "; add -p " + port.port() : "");
  }

  /** By its first bytes, else by its number (IANA's registry, RabbitMQ's networking guide). */
  private static String service(OtherPort port) {
    if (port.look() == Look.AMQP) {
      return "AMQP";
    }
    if (port.look() == Look.TLS) {
      return port.port() == 5671 ? "TLS to RabbitMQ" : "TLS";
    }
    return switch (port.port()) {
      case 5671 -> "AMQP over TLS by its number";
      case 5672 -> "AMQP by its number";
      case 15_671, 15_672 -> "RabbitMQ management by its number";
      case 25_672 -> "RabbitMQ between nodes by its number";
      case 4369 -> "epmd by its number";
      case 1883, 8883 -> "MQTT by its number";
      case 61_613, 61_614 -> "STOMP by its number";
      case 22 -> "SSH by its number";
      case 80 -> "HTTP by its number";
      case 443 -> "HTTPS by its number";
      default -> "";
    };
  }
}
