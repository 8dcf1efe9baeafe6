package io.rstscope.testing.mutants;

import io.rstscope.testing.Recorded;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Bytes that nobody wrote: bits flipped, lengths that lie, ends cut off. */
final class Noise {
  /** Most headers lie before it. */
  private static final int HEADERS = 110;

  private Noise() {}

  /** Some bits of some packets flipped, most of them in headers. */
  static List<Recorded> flips(List<Recorded> packets, Random random) {
    return Mutation.some(
        packets,
        random,
        Mutation.oneOf(random, 2, 5, 20),
        packet ->
            changed(
                packet,
                bytes -> {
                  for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[place(bytes, random)] ^= (byte) (1 << random.nextInt(8));
                  }
                }));
  }

  /** One byte of some packets is another. */
  static List<Recorded> bytes(List<Recorded> packets, Random random) {
    return Mutation.some(
        packets,
        random,
        Mutation.oneOf(random, 2, 5, 20),
        packet ->
            changed(packet, bytes -> bytes[place(bytes, random)] = (byte) random.nextInt(256)));
  }

  /** Numbers of 16 bits, among them lengths, that are too small or too large. */
  static List<Recorded> lengths(List<Recorded> packets, Random random) {
    return Mutation.some(
        packets,
        random,
        Mutation.oneOf(random, 2, 5, 20),
        packet ->
            changed(
                packet,
                bytes -> {
                  int value = Mutation.oneOf(random, 0, 1, 4, 8, 20, 40, 0x7fff, 0xffff);
                  int at = place(bytes, random) & ~1;
                  ByteBuffer.wrap(bytes).putShort(Math.min(at, bytes.length - 2), (short) value);
                }));
  }

  /** A snap length, mostly one that cuts headers. */
  static List<Recorded> snapLength(List<Recorded> packets, Random random) {
    int length = 20 + random.nextInt(140);
    return packets.stream().map(packet -> packet.cutTo(length)).toList();
  }

  private static int place(byte[] bytes, Random random) {
    return random.nextInt(random.nextInt(8) == 0 ? bytes.length : Math.min(bytes.length, HEADERS));
  }

  private static Recorded changed(Recorded packet, Consumer<byte[]> change) {
    byte[] copy = packet.bytes().clone();
    change.accept(copy);
    return packet.in(packet.linkType(), copy);
  }
}
