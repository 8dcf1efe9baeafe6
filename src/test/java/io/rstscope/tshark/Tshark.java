package io.rstscope.tshark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Wireshark's tshark, asked what it sees in a capture. */
final class Tshark {
  /**
   * Fragments are not put together and streams not read: what each packet itself says is asked for.
   * VXLAN is also where Linux had it first.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-n",
          "-o ip.defragment:FALSE",
          "-o ipv6.defragment:FALSE",
          "-o ipv6.tso_support:TRUE",
          "-o tcp.desegment_tcp_streams:FALSE",
          "-d tcp.port==5672,data",
          "-d udp.port==8472,vxlan",
          "-T fields",
          "-E occurrence=a",
          "-E aggregator=,");

  private Tshark() {}

  static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
  }

  /** All packets, in the order of the capture. */
  static List<Dissected> packets(Path capture) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", capture.toString()));
    OPTIONS.forEach(option -> command.addAll(List.of(option.split(" "))));
    Dissected.FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (process.waitFor() != 0) {
      throw new IOException("tshark's exit status is " + process.exitValue());
    }
    return out.lines().map(Dissected::new).toList();
  }
}
