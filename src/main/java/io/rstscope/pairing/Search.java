package io.rstscope.pairing;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketCounts;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.decode.Tuple;
import io.rstscope.net.PortSet;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * The first reading of the other capture: where the packets of here are.
 *
 * <p>Used by one thread.
 */
final class Search {
  private final PacketTable table;
  private final SegmentDecoder decoder;
  private final ToLongFunction<Segment> identities;
  private final Hosts hosts;
  private final PacketCounts counts = new PacketCounts();
  private final Drops drops = new Drops();
  private final IdentitySample sample = new IdentitySample();
  private final PortSet ports;
  private long found;
  private long resets;
  private boolean optionsCut;
  private boolean hostsSeen;
  private long firstNanos;
  private long lastNanos;

  Search(PacketTable table, Here here) {
    this.table = table;
    ports = here.ports();
    decoder = new SegmentDecoder(ports);
    identities = here.numbering().identities();
    hosts = Hosts.of(table.sample());
  }

  /**
   * Reads it to its end.
   *
   * @throws CaptureException when it cannot be read further; what was read before is kept
   */
  void read(PacketSource source, BooleanSupplier stop) throws CaptureException {
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    while (!stop.getAsBoolean() && source.next(packet)) {
      firstNanos = counts.packets() == 0 ? packet.timeNanos : firstNanos;
      lastNanos = packet.timeNanos;
      counts.add(packet);
      drops.take(packet);
      if (decoder.decode(packet, segment)) {
        find(segment);
      }
    }
  }

  private void find(Segment segment) {
    optionsCut |= segment.optionsCut;
    resets += (segment.flags & Segment.RST) == 0 ? 0 : 1;
    hostsSeen = hostsSeen || hosts.hasOneOf(segment);
    long identity = identities.applyAsLong(segment);
    sample.add(segment, Here.isFromClient(segment, ports), identity);
    int slot = table.slot(identity);
    if (slot < 0) {
      return;
    }
    found++;
    table.found(slot, segment.timeNanos, segment.frame);
    FlowWindow window = table.window(slot);
    if (window != null) {
      Tuple tuple = new Tuple().refill(segment);
      window.foundThere(table.fromClient(slot) ? tuple : tuple.reversed());
    }
  }

  PacketCounts counts() {
    return counts;
  }

  /** Packets of which the loss is counted. */
  IdentitySample sample() {
    return sample;
  }

  Drops drops() {
    return drops;
  }

  /** RSTs in it. */
  long resets() {
    return resets;
  }

  /** Packets that are here, too. */
  long found() {
    return found;
  }

  /** Whether headers are missing that packets are known by. */
  boolean headersCut() {
    return optionsCut || decoder.cutHeaders() > 0;
  }

  /** Whether a host of here is there, too. */
  boolean hostsSeen() {
    return hostsSeen;
  }

  /** From its first packet to its last, which may not be the latest. */
  Span span() {
    return new Span(firstNanos, lastNanos, !headersCut());
  }
}
