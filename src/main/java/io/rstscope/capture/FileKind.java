package io.rstscope.capture;

import java.util.Arrays;
import java.util.HexFormat;

/** What a file is that is no capture, so that a message can say how to go on. */
final class FileKind {
  /** How many of a file's first bytes are looked at: up to the magic of a tar archive. */
  static final int BYTES = 262;

  private static final int SHOWN = 8;

  /** So many bytes without control characters are text. */
  private static final int TEXT = 32;

  /**
   * Magic numbers as Wireshark's wiretap looks for them, and as the tools themselves write them.
   */
  private enum Signature {
    GZIP("1f8b", "it is compressed by gzip twice: decompress it once"),
    ZSTD("28b52ffd", "it is compressed by zstd: decompress it, or pipe it in with zstd -dc"),
    XZ("fd377a585a00", "it is compressed by xz: decompress it, or pipe it in with xz -dc"),
    BZIP2("425a68", "it is compressed by bzip2: decompress it, or pipe it in with bzip2 -dc"),
    LZ4("04224d18", "it is compressed by lz4: decompress it, or pipe it in with lz4 -dc"),
    ZIP("504b0304", "it is a zip archive: unpack it"),
    TAR(257, "7573746172", "it is a tar archive: unpack it"),
    SNOOP("736e6f6f7000", convert("a snoop")),
    NETMON_1("52545353", convert("a Network Monitor 1")),
    NETMON_2("474d4255", convert("a Network Monitor 2")),
    NETTL("54520064", convert("an HP-UX nettl")),
    NETTL_OF_HPUX_9("00000001000000000007d000", convert("an HP-UX nettl")),
    SNIFFER("5452534e4946462064617461202020201a", convert("a Sniffer")),
    NETXRAY("58435000", convert("a Sniffer (NetXRay)")),
    OLD_NETXRAY("564c0000", convert("a Sniffer (NetXRay)")),
    LANALYZER("01104c00", convert("a LANalyzer")),
    LANALYZER_CYCLIC("07104c00", convert("a LANalyzer")),
    FIVE_VIEWS("aaaaaaaa", convert("a 5Views")),
    VISUAL("05564e46", convert("a Visual Networks"));

    final int at;
    final byte[] magic;
    final String advice;

    Signature(String magic, String advice) {
      this(0, magic, advice);
    }

    Signature(int at, String magic, String advice) {
      this.at = at;
      this.magic = HexFormat.of().parseHex(magic);
      this.advice = advice;
    }

    boolean marks(byte[] data) {
      int end = at + magic.length;
      return end <= data.length && Arrays.equals(data, at, end, magic, 0, magic.length);
    }
  }

  private FileKind() {}

  /** Says what the first bytes of a file, {@code length} or {@link #BYTES} of them, look like. */
  static String explain(byte[] data, int offset, int length) {
    byte[] start = Arrays.copyOfRange(data, offset, offset + Math.min(length, BYTES));
    String shown = HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(start.length, SHOWN));
    String reason = "is neither pcap nor pcapng: it begins with " + shown;
    for (Signature signature : Signature.values()) {
      if (signature.marks(start)) {
        return reason + "; " + signature.advice;
      }
    }
    if (ErfRecord.areLikely(start)) {
      return reason + "; " + convert("probably an Endace ERF");
    }
    return isText(start) ? reason + "; it is text" : reason;
  }

  private static String convert(String kind) {
    return "it is " + kind + " capture: convert it with editcap -F pcapng IN OUT";
  }

  private static boolean isText(byte[] data) {
    for (byte b : Arrays.copyOf(data, Math.min(data.length, TEXT))) {
      boolean isControl = b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n';
      if (isControl || b == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
