package io.rstscope.pairing.clock;

import io.rstscope.pairing.clock.ClockPiece.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Finds where one of the clocks was set: one line lies between the packets of both directions up to
 * there, and another one from there on. A packet alone that leaves no room for a line was put in
 * between, or is another than it seems, and is passed over.
 */
public final class ClockPieces {
  /** Of a clock that is set more often the rest is not told. */
  private static final int MOST_STEPS = 64;

  /** One packet in so many may be passed over. */
  private static final int PACKETS_PER_STRAY = 10;

  private static final int MOST_STRAYS = 16;

  private static final int FIRST_STRIDE = 64;

  private final List<SharedPacket> packets;
  private final boolean fromThereIsFromClient;
  private final BitSet strays = new BitSet();
  private int straysLeft;

  private ClockPieces(List<SharedPacket> packets, boolean fromThereIsFromClient) {
    this.packets = packets;
    this.fromThereIsFromClient = fromThereIsFromClient;
    straysLeft = Math.min(packets.size() / PACKETS_PER_STRAY, MOST_STRAYS);
  }

  /**
   * The parts in which the clocks could be compared.
   *
   * @param packets in the order of this capture
   * @param fromClientArrivesHere whether this capture is the one nearer to the broker
   */
  public static List<ClockPiece> of(List<SharedPacket> packets, boolean fromClientArrivesHere) {
    return new ClockPieces(packets, fromClientArrivesHere).find();
  }

  private List<ClockPiece> find() {
    List<ClockPiece> pieces = new ArrayList<>();
    int from = 0;
    for (int steps = 0; from < packets.size() && steps < MOST_STEPS; steps++) {
      int end = end(from);
      ClockLine line = fit(from, end).line();
      int last = lastSure(from, end);
      if (line != null && last > from) {
        pieces.add(new ClockPiece(line, end - from, here(from, last), there(from, last)));
      }
      from = end;
    }
    return pieces;
  }

  /** After the last packet that fits with all from there on. */
  private int end(int from) {
    int end = fitting(from);
    while (end < packets.size() && straysLeft > 0 && passOver(from, end)) {
      straysLeft--;
      end = fitting(from);
    }
    return end;
  }

  /** As far as one line goes; a line that is too long for all is too long for more. */
  private int fitting(int from) {
    if (fits(from, packets.size())) {
      return packets.size();
    }
    int good = from;
    int stride = FIRST_STRIDE;
    while (good + stride < packets.size() && fits(from, good + stride)) {
      good += stride;
      stride *= 2;
    }
    int bad = Math.min(good + stride, packets.size());
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (fits(from, middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good;
  }

  /** Whether the line goes on without one of the packets: else a clock was set. */
  private boolean passOver(int from, int end) {
    int stray = fit(from, end + 1).stray();
    if (stray < 0) {
      return false;
    }
    strays.set(stray);
    if (fits(from, afterOneOfEach(end + 1))) {
      return true;
    }
    strays.clear(stray);
    return false;
  }

  private int afterOneOfEach(int from) {
    boolean client = false;
    boolean broker = false;
    int i = from;
    while (i < packets.size() && !(client && broker)) {
      client |= packets.get(i).fromClient();
      broker |= !packets.get(i).fromClient();
      i++;
    }
    return i;
  }

  private boolean fits(int from, int end) {
    return fit(from, end).hasRoom();
  }

  private ClockFit fit(int from, int end) {
    List<Integer> part = new ArrayList<>(end - from);
    for (int i = from; i < end; i++) {
      if (!strays.get(i)) {
        part.add(i);
      }
    }
    part.sort(Comparator.comparingLong(i -> packets.get(i).nanosHere()));
    TransitCloud fromThere = new TransitCloud();
    TransitCloud toThere = new TransitCloud();
    for (int i : part) {
      SharedPacket packet = packets.get(i);
      TransitCloud cloud = packet.fromClient() == fromThereIsFromClient ? fromThere : toThere;
      cloud.add(packet.nanosHere(), packet.nanosThere(), i);
    }
    return new ClockFit(fromThere, toThere);
  }

  /**
   * The last packet that surely came before the clock was set: one of the direction in which that
   * shows, or, where the packets end, the last of the two directions to be heard of.
   */
  private int lastSure(int from, int end) {
    if (end < packets.size()) {
      return last(from, end, packets.get(end).fromClient());
    }
    int sure = Math.min(last(from, end, true), last(from, end, false));
    return strays.length() - 1 > sure ? sure : end;
  }

  private int last(int from, int end, boolean fromClient) {
    for (int i = end - 1; i >= from; i--) {
      if (packets.get(i).fromClient() == fromClient && !strays.get(i)) {
        return i;
      }
    }
    return -1;
  }

  private Part here(int first, int last) {
    return part(first, last, SharedPacket::frameHere, SharedPacket::nanosHere);
  }

  private Part there(int first, int last) {
    return part(first, last, SharedPacket::frameThere, SharedPacket::nanosThere);
  }

  /** The first one begins with the capture, the last one ends with it. */
  private Part part(
      int first, int last, ToLongFunction<SharedPacket> frame, ToLongFunction<SharedPacket> nanos) {
    SharedPacket begin = first == 0 ? null : packets.get(first);
    SharedPacket end = last == packets.size() ? null : packets.get(last);
    return new Part(
        begin == null ? Part.WHOLE.firstFrame() : frame.applyAsLong(begin),
        end == null ? Part.WHOLE.lastFrame() : frame.applyAsLong(end),
        begin == null ? Part.WHOLE.firstNanos() : nanos.applyAsLong(begin),
        end == null ? Part.WHOLE.lastNanos() : nanos.applyAsLong(end));
  }
}
