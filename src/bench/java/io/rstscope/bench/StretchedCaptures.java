package io.rstscope.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rstscope.cli.Run;
import io.rstscope.cli.Stretched;
import io.rstscope.cli.Truth;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the labelled captures with real waits, to be looked at: what {@code RealWaitsTest} judges.
 */
final class StretchedCaptures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRUTH = ".truth.jsonl";

  private StretchedCaptures() {}

  /**
   * Makes a folder for each length, with the captures that can be stretched, their truths beside
   * them, and all truths in {@code truth.jsonl}. Times and frame numbers are the new ones, and what
   * the truth says of silences is left out.
   *
   * @param args the folder, then lengths in seconds
   */
  public static void main(String[] args) throws IOException {
    for (String seconds : List.of(args).subList(1, args.length)) {
      Path folder = Files.createDirectories(Path.of(args[0], seconds));
      int written = write(folder, Double.parseDouble(seconds));
      System.out.println(folder + ": " + written + " captures");
    }
  }

  private static int write(Path folder, double seconds) throws IOException {
    List<String> all = new ArrayList<>();
    int written = 0;
    for (Path capture : Truth.labelled(Run.CAPTURES)) {
      Optional<Stretched> stretched = Stretched.of(capture, seconds);
      if (stretched.isPresent()) {
        String name = capture.getFileName().toString();
        List<Recorded> packets = stretched.get().packets();
        Recorded.capture(packets).writeTo(folder.resolve(name));
        List<String> lines = retold(Files.readAllLines(Path.of(capture + TRUTH)), packets);
        Files.write(folder.resolve(name + TRUTH), lines);
        all.addAll(lines);
        written++;
      }
    }
    Files.write(folder.resolve("truth.jsonl"), all);
    return written;
  }

  private static List<String> retold(List<String> truth, List<Recorded> packets)
      throws IOException {
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < packets.size(); i++) {
      places.put(packets.get(i).frame(), i);
    }
    List<String> lines = new ArrayList<>();
    for (String line : truth) {
      JsonNode flow = JSON.readTree(line);
      boolean isThere = true;
      for (JsonNode each : flow.get("rsts")) {
        ObjectNode reset = (ObjectNode) each;
        Integer place = places.get(reset.get("frame").asLong());
        isThere = place != null;
        if (isThere) {
          put(reset, place + 1, packets.get(place).nanos());
        }
      }
      if (isThere) {
        lines.add(JSON.writeValueAsString(flow));
      }
    }
    return lines;
  }

  private static void put(ObjectNode reset, int frame, long nanos) {
    reset.put("frame", frame);
    reset.put("ts", BigDecimal.valueOf(nanos, 9).toPlainString());
    reset.putNull("idle_before_s");
  }
}
