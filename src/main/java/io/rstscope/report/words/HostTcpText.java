package io.rstscope.report.words;

import io.rstscope.report.model.HostTcp;
import io.rstscope.report.model.TcpCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what the kernel of the capturing host counted, sentences without full stop. */
public final class HostTcpText {
  private HostTcpText() {}

  /** None where it counted no resets that could be read. */
  public static List<String> of(HostTcp host) {
    List<String> sentences = new ArrayList<>();
    Long sent = host.counted().get(TcpCounter.OUT_RSTS);
    if (sent != null) {
      sentences.add(
          "The sockets of this host sent "
              + Format.count(sent, "RST")
              + " meanwhile, on all ports of its network namespace; captured with its address: "
              + host.captured());
    }
    if (host.notOfSockets() > 0) {
      sentences.add(
          "At least "
              + Format.count(host.notOfSockets(), "RST")
              + " with its address came from no socket of it: a packet filter on the host sent it, a"
              + " container behind its address, or another host");
    }
    String aborted = aborted(host.counted());
    if (!aborted.isEmpty()) {
      sentences.add("Its sockets by what ended them: " + aborted);
    }
    return sentences;
  }

  private static String aborted(Map<TcpCounter, Long> counted) {
    return counted.entrySet().stream()
        .filter(each -> each.getKey() != TcpCounter.OUT_RSTS && each.getValue() > 0)
        .map(each -> each.getValue() + " " + each.getKey().explanation())
        .collect(Collectors.joining("; "));
  }
}
