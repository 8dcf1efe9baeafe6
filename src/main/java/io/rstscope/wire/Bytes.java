package io.rstscope.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Integers in a byte array, in network byte order unless the name ends in {@code LE}.
 *
 * <p>None of these looks at where a packet ends: the caller has checked that the bytes belong to
 * it. Reading beyond the array throws {@link IndexOutOfBoundsException}.
 */
public final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
  private static final VarHandle SHORT_LE =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private Bytes() {}

  /** Unsigned byte, 0 to 255. */
  public static int u8(byte[] data, int offset) {
    return data[offset] & 0xff;
  }

  /** Unsigned 16 bits, 0 to 65,535. */
  public static int u16(byte[] data, int offset) {
    return (short) SHORT.get(data, offset) & 0xffff;
  }

  /** 32 bits as they are: the sign bit means nothing. */
  public static int i32(byte[] data, int offset) {
    return (int) INT.get(data, offset);
  }

  /** Unsigned 32 bits. */
  public static long u32(byte[] data, int offset) {
    return i32(data, offset) & 0xffff_ffffL;
  }

  /** 64 bits as they are: the sign bit means nothing. */
  public static long i64(byte[] data, int offset) {
    return (long) LONG.get(data, offset);
  }

  /** Unsigned 48 bits, the size of a MAC address. */
  public static long u48(byte[] data, int offset) {
    return ((long) u16(data, offset) << 32) | u32(data, offset + 2);
  }

  /** Unsigned 16 bits, little endian. */
  public static int u16LE(byte[] data, int offset) {
    return (short) SHORT_LE.get(data, offset) & 0xffff;
  }

  /** 32 bits as they are, little endian. */
  public static int i32LE(byte[] data, int offset) {
    return (int) INT_LE.get(data, offset);
  }

  /** 64 bits as they are, little endian. */
  public static long i64LE(byte[] data, int offset) {
    return (long) LONG_LE.get(data, offset);
  }
}
