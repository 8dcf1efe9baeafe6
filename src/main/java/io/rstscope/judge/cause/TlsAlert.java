package io.rstscope.judge.cause;

/** What a fatal alert of TLS says (RFC 8446, section 6). */
final class TlsAlert {
  private TlsAlert() {}

  /** The name of the RFC with spaces, or the number of one that is rare. */
  static String words(int description) {
    return switch (description) {
      case 10 -> "unexpected message";
      case 40 -> "handshake failure";
      case 42 -> "bad certificate";
      case 43 -> "unsupported certificate";
      case 44 -> "certificate revoked";
      case 45 -> "certificate expired";
      case 46 -> "certificate unknown";
      case 48 -> "unknown CA";
      case 70 -> "protocol version";
      case 71 -> "insufficient security";
      case 112 -> "unrecognized name";
      case 116 -> "certificate required";
      default -> "alert " + description;
    };
  }
}
