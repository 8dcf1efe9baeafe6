package io.rstscope.testing.mutants;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** What disks and strangers do to capture files. */
public final class FileNoise {
  private FileNoise() {}

  /** The file, or what became of it: cut, with other bytes, with numbers that lie, with a gap. */
  public static byte[] any(byte[] file, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> bytes(file.clone(), random);
      case 2 -> numbers(file.clone(), random);
      case 3 -> gap(file, random);
      default -> file;
    };
  }

  private static byte[] bytes(byte[] file, Random random) {
    for (int changes = 1 + random.nextInt(20); changes > 0; changes--) {
      file[random.nextInt(file.length)] = (byte) random.nextInt(256);
    }
    return file;
  }

  /** Where lengths, types and times are: numbers of 32 bits. */
  private static byte[] numbers(byte[] file, Random random) {
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(Math.min(file.length - 4, random.nextBoolean() ? 200 : 100_000)) & ~3;
      int value = Mutation.oneOf(random, 0, 1, -1, 12, 0x7fff_ffff, 0x8000_0000, random.nextInt());
      ByteBuffer.wrap(file).putInt(at, value);
    }
    return file;
  }

  private static byte[] gap(byte[] file, Random random) {
    int from = random.nextInt(file.length);
    int to = from + random.nextInt(file.length - from);
    byte[] rest = Arrays.copyOf(file, file.length - (to - from));
    System.arraycopy(file, to, rest, from, file.length - to);
    return rest;
  }
}
