package io.rstscope.judge.sender;

/**
 * How strongly each clue speaks, in natural log-odds between "the claimed sender sent it" and
 * "something else did": 0.7 doubles the odds, 2.3 makes them tenfold, 4.6 a hundredfold. All of
 * them are here and nowhere else.
 *
 * <p>The order follows from how hard each thing is to imitate. A clue that only the real socket can
 * produce outweighs any single one that a forger can set; the forger's usual tools set TTL, MAC,
 * flags and window at will.
 */
public final class Weights {
  private Weights() {}

  /**
   * Before any clue: most resets are their sender's own. In public captures 708 of 717 kept the
   * sender's TTL; among resets that somebody brings to us to ask about, far fewer.
   */
  public static final double PRIOR_CLAIMED_SENDER = 0.8;

  /**
   * It went on with the next identification or timestamp: impossible for a socket that has just
   * reset.
   */
  public static final double LIFE_WITH_CONTINUITY = 12.0;

  /**
   * It went on, but an answer in its host's own TTL may be that of a rule on the host, which does
   * not end the socket.
   */
  public static final double LIFE_BESIDE_A_RULE = 1.9;

  /** It went on, but nothing shows that the same socket did. */
  public static final double LIFE = 3.0;

  /**
   * The timestamp clock went on by as much as the time that passed: a forger would have to know its
   * rate.
   */
  public static final double CLOCK_GOES_ON = 3.0;

  /**
   * The timestamp is about the last one, and so little time has passed that a copy would look the
   * same.
   */
  public static final double CLOCK_AT_ONCE = 1.5;

  /**
   * The timestamp stood still, or leapt, while time passed: a copy. A kernel reads its clock for
   * each packet.
   */
  public static final double CLOCK_WRONG = 3.0;

  /**
   * The timestamp stood still for so long that the clock which the flow has shown would have ticked
   * often: 28 of 28 were forged.
   */
  public static final double CLOCK_STOPPED = 4.5;

  /**
   * The timestamp went on, but by less than time has passed: or the capture's clock was set ahead.
   */
  public static final double CLOCK_BEHIND = 1.5;

  /** The identification is the next one; whoever sees the packets can copy that. */
  public static final double IP_ID_GOES_ON = 1.8;

  /** The identification is far from the counter that all earlier packets followed. */
  public static final double IP_ID_BROKEN = 1.8;

  /** Another TTL than always before. */
  public static final double TTL_DIFFERS = 4.0;

  /** A TTL some hops lower than always before: something between the two is nearer, not farther. */
  public static final double TTL_DIFFERS_FARTHER = 2.4;

  /** Another TTL, but this direction had shown several already. */
  public static final double TTL_DIFFERS_UNSTEADY = 1.2;

  /**
   * The same TTL, some hops away: a device elsewhere in the path would have to set it on purpose.
   */
  public static final double TTL_SAME_REMOTE = 1.6;

  /** A TTL that the sender's packets had before, though not most of them: its route changed. */
  public static final double TTL_SEEN_BEFORE = 1.0;

  /** A TTL by which connections to that port are accepted: the address is that host's, too. */
  public static final double TTL_OF_ANOTHER_SERVER = 1.2;

  /** A neighbour's MAC address that accepts connections to that port: the same. */
  public static final double MAC_OF_ANOTHER_SERVER = 1.2;

  /** The TTL that all other flows of that address have, where this flow shows none. */
  public static final double TTL_SAME_ELSEWHERE = 0.6;

  /** Another TTL than all other flows of that address have. */
  public static final double TTL_DIFFERS_ELSEWHERE = 2.0;

  /** As above, but a route that has grown would look so, too. */
  public static final double TTL_FARTHER_ELSEWHERE = 1.0;

  /** Another source MAC address than always before on this segment. */
  public static final double MAC_DIFFERS = 3.0;

  /** The same MAC address: behind a router, and through a bridge, that says little. */
  public static final double MAC_SAME = 0.3;

  /** The capturing host received a packet in its own name, or sent one in another's. */
  public static final double WRONG_SIDE = 6.0;

  /** The capturing host sent it, as it sent all of this side's. */
  public static final double SENT_HERE = 3.0;

  /** Faster than half of the shortest round trip. */
  public static final double FASTER_THAN_ROUND_TRIP = 4.0;

  /** In time with the shortest round trip. */
  public static final double IN_TIME_WITH_ROUND_TRIP = 1.5;

  /** Written in no form that kernels use. */
  public static final double CRAFTED = 2.5;

  /** As above, but nothing shows how the claimed sender's kernel writes its packets. */
  public static final double CRAFTED_WITHOUT_BASELINE = 1.0;

  /** Written as some kernels do, but not the usual ones of brokers and their clients. */
  public static final double OF_BSD = 1.2;

  /** A bare reset that answers nothing: kernels send those only as answers. */
  public static final double STATELESS_UNPROMPTED = 2.0;

  /** A bare reset that answers, but in a form that few kernels give it and many devices. */
  public static final double STATELESS_FRAGMENTABLE = 1.9;

  /** The form of a live socket, with all its options. */
  public static final double SOCKET = 0.8;

  /** Not the sequence number that the claimed sender would use. */
  public static final double SEQUENCE_OFF = 1.5;

  /** An earlier reset explains why the claimed sender had to answer with this one. */
  public static final double EXPLAINED_BY_EARLIER_RESET = 2.0;

  /** Taken at the claimed sender's own host, or next to it. */
  public static final double CAPTURED_AT_THE_SENDER = 1.8;

  /**
   * The same of a form that only BSD and macOS send: weighs as much as what speaks against them
   * where the sender's earlier packets look like another system's.
   */
  public static final double CAPTURED_AT_A_BSD_SENDER = 5.0;

  /** It follows what makes its sender reset, at the time when it would. */
  public static final double REASON_TO_RESET = 2.0;

  /**
   * The sender would have gone on with its heartbeats, had it not sent the reset: that confirms
   * what else speaks for it, by itself it may be a path that broke.
   */
  public static final double SILENCE_AFTERWARDS = 0.1;

  /** No flow label where the sender's host sets one. */
  public static final double NO_FLOW_LABEL = 2.0;

  /** A flow label of a host that sets them, though not of this socket. */
  public static final double SOME_FLOW_LABEL = 0.7;

  /** The socket's own flow label; whoever sees the packets can copy that. */
  public static final double FLOW_LABEL_GOES_ON = 0.7;

  /** Another flow label than the socket's. */
  public static final double FLOW_LABEL_DIFFERS = 1.0;

  /** The other side's IP identification: by chance one in 65,536. */
  public static final double REFLECTED_ID = 3.0;

  /** The other side's window. */
  public static final double REFLECTED_WINDOW = 1.0;

  /** Several sequence numbers at once. */
  public static final double LADDER = 3.0;

  /** A reason as only certain devices write it, and not of the sender's own TTL. */
  public static final double DEVICE_CODE = 2.5;

  /** An option as only MPTCP writes it: devices that forge resets do not, but could. */
  public static final double MPTCP_REASON = 1.0;

  /** An acknowledgement number that the claimed sender would not use. */
  public static final double ACKNOWLEDGEMENT_OFF = 1.5;

  /**
   * A capture at its own end does not have it, though the same side's packets around it: 16 of 16
   * were a middlebox's. What weighs less follows from how many packets that capture lacks.
   */
  public static final double NEVER_AT_ITS_END = 12.0;

  /**
   * By chance once in 1000: of fewer packets to compare, or of a capture that lacks more of them,
   * an absence says nothing.
   */
  public static final double LEAST_ABSENCE = Math.log(1000);

  /**
   * It went from one capture to the other in less than the shortest time of its direction, or
   * overtook a packet of its own flow.
   */
  public static final double FASTER_THAN_ANY = 4.0;

  /** Both sides were reset at once. */
  public static final double PAIR = 2.0;

  /**
   * The kernel of the host itself recorded that it sent the reset, or that it did not: no packet
   * tells as much (tracepoint tcp:tcp_send_reset, of every reset since Linux 6.10).
   */
  public static final double KERNEL = 12.0;

  /**
   * The verdict is left open when neither side reaches this probability. Below it the clues
   * contradict each other.
   */
  public static final double DECIDED = 0.7;

  /** Highest confidence when every clue for the verdict can be imitated. */
  public static final double MAX_WHEN_IMITABLE = 0.88;

  /** Highest confidence when packets are missing: the capture lost some, or lacks a direction. */
  public static final double MAX_WHEN_INCOMPLETE = 0.85;

  /** Highest confidence in client or broker when which is which is guessed from the ports. */
  public static final double MAX_WHEN_ROLES_GUESSED = 0.7;

  /** Highest confidence at all. */
  public static final double MAX = 0.99;
}
