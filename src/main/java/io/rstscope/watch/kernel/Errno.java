package io.rstscope.watch.kernel;

import static io.rstscope.reset.witness.SocketError.Meaning.DESTROYED;
import static io.rstscope.reset.witness.SocketError.Meaning.GAVE_UP;
import static io.rstscope.reset.witness.SocketError.Meaning.RESET;
import static io.rstscope.reset.witness.SocketError.Meaning.UNREACHABLE;

import io.rstscope.reset.witness.SocketError.Meaning;

/**
 * Errors of established TCP sockets, by the numbers of include/uapi/asm-generic/errno.h: all
 * architectures that Java runs on have these but MIPS and SPARC, of which no error is known here.
 * What ICMP says becomes an error by icmp_err_convert and icmpv6_err_convert.
 */
enum Errno {
  ETIMEDOUT(110, GAVE_UP),
  EHOSTUNREACH(113, UNREACHABLE),
  ENETUNREACH(101, UNREACHABLE),
  EHOSTDOWN(112, UNREACHABLE),
  ECONNREFUSED(111, UNREACHABLE),
  EACCES(13, UNREACHABLE),
  ECONNRESET(104, RESET),
  EPIPE(32, RESET),
  ECONNABORTED(103, DESTROYED);

  private final int number;
  private final Meaning meaning;

  Errno(int number, Meaning meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  Meaning meaning() {
    return meaning;
  }

  /** The one with that number, or null when it is none of these. */
  static Errno of(int number) {
    for (Errno each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    return null;
  }
}
