package io.rstscope.reset.witness;

/**
 * What the kernel of the capturing host recorded of a reset.
 *
 * @param kind what it did
 * @param reason why it sent it, a word of the kernel's {@code enum sk_rst_reason}
 *     (include/net/rstreason.h) such as {@code TCP_STATE}; null where it sent none or gives none
 */
public record KernelRecord(Kind kind, String reason) {
  /** What the kernel had to do with it. */
  public enum Kind {
    /** It sent it. */
    SENT,
    /** A socket of the host took it: it was in sequence. */
    TAKEN,
    /** It came from an address of the host, and the kernel, which records all, sent none. */
    NOT_SENT
  }
}
