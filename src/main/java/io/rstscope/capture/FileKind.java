package io.rstscope.capture;

import java.util.Arrays;
import java.util.HexFormat;

/** What a file is that is no capture, so that a message can say how to go on. */
final class FileKind {
  /** How many of a file's first bytes are looked at. */
  static final int BYTES = 32;

  private static final int SHOWN = 8;

  private enum Signature {
    GZIP("1f8b", "it is compressed by gzip twice: decompress it once"),
    ZSTD("28b52ffd", "it is compressed by zstd: decompress it, or pipe it in with zstd -dc"),
    XZ("fd377a585a00", "it is compressed by xz: decompress it, or pipe it in with xz -dc"),
    BZIP2("425a68", "it is compressed by bzip2: decompress it, or pipe it in with bzip2 -dc"),
    LZ4("04224d18", "it is compressed by lz4: decompress it, or pipe it in with lz4 -dc"),
    ZIP("504b0304", "it is a zip archive: unpack it"),
    SNOOP("736e6f6f7000", "it is a snoop capture: convert it with editcap -F pcapng"),
    NETMON("474d4255", "it is a Network Monitor capture: convert it with editcap -F pcapng");

    final byte[] magic;
    final String advice;

    Signature(String magic, String advice) {
      this.magic = HexFormat.of().parseHex(magic);
      this.advice = advice;
    }
  }

  private FileKind() {}

  /** Says what the first bytes of a file, {@code length} or {@link #BYTES} of them, look like. */
  static String explain(byte[] data, int offset, int length) {
    byte[] start = Arrays.copyOfRange(data, offset, offset + Math.min(length, BYTES));
    String shown = HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(start.length, SHOWN));
    String reason = "is neither pcap nor pcapng: it begins with " + shown;
    for (Signature signature : Signature.values()) {
      if (startsWith(start, signature.magic)) {
        return reason + "; " + signature.advice;
      }
    }
    return isText(start) ? reason + "; it is text" : reason;
  }

  private static boolean startsWith(byte[] data, byte[] magic) {
    int compared = Math.min(data.length, magic.length);
    return Arrays.mismatch(data, 0, compared, magic, 0, magic.length) < 0;
  }

  private static boolean isText(byte[] data) {
    for (byte b : data) {
      boolean isControl = b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n';
      if (isControl || b == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
