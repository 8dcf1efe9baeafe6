package io.rstscope.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes many captures of one: each an hour later, at one of forty brokers' folders. */
final class FleetCaptures {
  private static final int BROKERS = 40;
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int INCLUDED_LENGTH = 8;

  private FleetCaptures() {}

  /**
   * @param args the capture (pcap of this generator, little-endian), the folder, how many
   */
  public static void main(String[] args) throws IOException {
    byte[] capture = Files.readAllBytes(Path.of(args[0]));
    Path folder = Path.of(args[1]);
    ByteBuffer packets = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      for (int at = FILE_HEADER; at + RECORD_HEADER <= capture.length; ) {
        packets.putInt(at, packets.getInt(at) + 3600);
        at += RECORD_HEADER + packets.getInt(at + INCLUDED_LENGTH);
      }
      Path broker = Files.createDirectories(folder.resolve("broker-" + i % BROKERS));
      Files.write(broker.resolve("eth0-" + i + ".pcap"), capture);
    }
  }
}
