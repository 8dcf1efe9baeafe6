package io.rstscope.cli;

import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A labelled capture with real waits. Where heartbeats of connections that nothing happened to are
 * what forbids them, those connections are left out.
 *
 * @param truth with the frame numbers of these packets
 */
public record Stretched(List<Recorded> packets, List<Truth> truth) {
  /**
   * That capture with waits that long, or nothing when nobody could have waited.
   *
   * @param seconds how long the longest silence becomes that a timer ended
   */
  public static Optional<Stretched> of(Path capture, double seconds) throws IOException {
    List<Recorded> packets = Recorded.read(capture);
    List<Truth> truth = Truth.of(capture);
    Set<List<Byte>> lost = new HashSet<>();
    truth.stream()
        .filter(flow -> !flow.rootCause().equals("healthy"))
        .forEach(flow -> lost.add(flow.connection()));
    List<Recorded> alone = Damage.withoutHeartbeatsOfOthers(lost::contains).apply(packets);
    for (List<Recorded> each : List.of(packets, alone)) {
      List<Recorded> stretched =
          Damage.stretched(seconds, Truth.timed(truth)::contains).apply(each);
      if (stretched != each) {
        return Optional.of(new Stretched(stretched, Truth.in(truth, stretched)));
      }
    }
    return Optional.empty();
  }
}
