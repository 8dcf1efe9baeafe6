package io.rstscope.pairing;

import io.rstscope.decode.Segment;

/**
 * What stays the same of a packet on its way: sequence and acknowledgement number, flags, payload
 * length, TSval, and the IP identification where it is set. Addresses and ports are left out, which
 * a NAT changes; so are TTL, window and what the snap length cuts.
 */
final class PacketIdentity {
  private PacketIdentity() {}

  /**
   * A hash of 64 bits: two of ten million packets share one once in three hundred thousand.
   *
   * @param sequenceBase from what its sequence number is counted
   * @param acknowledgementBase the same of its acknowledgement number
   */
  static long of(Segment segment, int sequenceBase, int acknowledgementBase) {
    int acknowledgement = segment.acknowledgement - acknowledgementBase;
    long numbers = (long) (segment.sequence - sequenceBase) << 32 | acknowledgement & 0xffff_ffffL;
    long clock = (long) (segment.timestamps ? segment.tsVal : 0) << 32;
    long rest = (long) Math.max(segment.ipId, 0) << 40 | (long) segment.flags << 32;
    return mix(mix(numbers) ^ clock ^ mix(rest | segment.payloadLength & 0xffff_ffffL));
  }

  /** Finaliser of MurmurHash3: every bit of the input changes half of those of the output. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
