package io.rstscope.watch.record;

import io.rstscope.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The ports that clients of a broker use.
 *
 * @param ports of AMQP
 * @param why they are, and which are not; a sentence without full stop
 */
public record BrokerPorts(PortSet ports, String why) {
  private static final List<Integer> USUAL = List.of(5671, 5672);

  /**
   * What RabbitMQ listens on besides, by default: MQTT, streams, STOMP, its management and metrics.
   *
   * @see <a href="https://www.rabbitmq.com/docs/networking#ports">its ports</a>
   */
  private static final Set<Integer> OTHER_SERVICES =
      Set.of(1883, 8883, 5551, 5552, 61613, 61614, 15674, 15675, 15691, 15692);

  /** A node's management and its link to other nodes lie so much above its port of AMQP. */
  private static final int MANAGEMENT = 10_000;

  private static final int DISTRIBUTION = 20_000;

  /**
   * Those that are usual, and those of the broker on this host.
   *
   * @param listening ports on which processes of Erlang listen here
   */
  public static BrokerPorts of(List<Integer> listening) {
    Set<Integer> all = new TreeSet<>(USUAL);
    all.addAll(listening);
    List<Integer> found = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int port : listening) {
      boolean other =
          OTHER_SERVICES.contains(port)
              || all.contains(port - MANAGEMENT)
              || all.contains(port - DISTRIBUTION);
      if (other) {
        others.add(port);
      } else if (!USUAL.contains(port)) {
        found.add(port);
      }
    }
    Set<Integer> ports = new TreeSet<>(USUAL);
    ports.addAll(found);
    String why = "ports: " + text(USUAL) + " as usual";
    if (!found.isEmpty()) {
      why += "; " + text(found) + ", on which beam.smp listens here";
    }
    if (!others.isEmpty()) {
      why += "; not " + text(others) + ", on which it has other services (-p names ports)";
    }
    return new BrokerPorts(PortSet.parse(text(ports)), why);
  }

  private static String text(Iterable<Integer> ports) {
    List<String> texts = new ArrayList<>();
    ports.forEach(port -> texts.add(Integer.toString(port)));
    return texts.stream().collect(Collectors.joining(","));
  }
}
