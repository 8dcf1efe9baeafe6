package io.rstscope.amqp;

/**
 * What is known of a connection, and how each thing that is seen changes it. A base class, not a
 * part of {@link AmqpConnection}, to spare a million object headers.
 */
abstract class ConnectionFacts {
  /** What {@link #heartbeatSeconds} gives when no heartbeat was seen to be agreed. */
  public static final int UNKNOWN = -1;

  private static final char NOT_SEEN = Character.MAX_VALUE;
  private static final char MAX_HEARTBEAT = NOT_SEEN - 1;

  private static final int PAYLOAD_VISIBLE = 1;
  private static final int LOST_TO_GAPS = 1 << 1;
  private static final int LOST_TO_SNAP_LENGTH = 1 << 2;
  private static final int VERSION_REFUSED = 1 << 3;
  private static final int AUTHENTICATION_FAILED = 1 << 4;
  private static final int BLOCKED = 1 << 5;

  final AmqpContext context;

  private ClientIdentity client = ClientIdentity.UNKNOWN;
  private String vhost;
  private Details details = Details.NONE;
  private char heartbeat = NOT_SEEN;
  private char heartbeatProposed = NOT_SEEN;
  private char heartbeatsFromClient;
  private char heartbeatsFromBroker;

  // Ordinals of the enums, for their size.
  private byte protocol;
  private byte state;
  private byte step;
  private byte flags;

  ConnectionFacts(AmqpContext context) {
    this.context = context;
  }

  /** What the bytes are. */
  public AmqpProtocol protocol() {
    return AmqpProtocol.of(protocol);
  }

  /** How far the connection has come. */
  public AmqpState state() {
    AmqpState current = AmqpState.of(state);
    return current == AmqpState.OPEN && has(BLOCKED) ? AmqpState.BLOCKED : current;
  }

  /** The last step of the handshake that was seen. */
  public HandshakeStep handshakeStep() {
    return HandshakeStep.of(step);
  }

  /**
   * Heartbeat agreed in seconds, 0 for off, {@link #UNKNOWN} when not seen; as {@link
   * AmqpSnapshot#heartbeatSeconds}.
   */
  public int heartbeatSeconds() {
    return heartbeat == NOT_SEEN ? UNKNOWN : heartbeat;
  }

  /** Who closed in words, or null when nobody did. */
  public AmqpRole closeBy() {
    return details.close() == null ? null : details.close().by();
  }

  /** All that is known; a copy that later payloads do not change. */
  public AmqpSnapshot snapshot() {
    return new AmqpSnapshot(
        protocol(),
        state(),
        handshakeStep(),
        heartbeat == NOT_SEEN ? null : (int) heartbeat,
        heartbeatProposed == NOT_SEEN ? null : (int) heartbeatProposed,
        vhost,
        client,
        details.proxy(),
        details.close(),
        has(BLOCKED),
        details.blockedReason(),
        heartbeatsFromClient,
        heartbeatsFromBroker,
        has(LOST_TO_GAPS),
        has(LOST_TO_SNAP_LENGTH),
        has(PAYLOAD_VISIBLE),
        has(VERSION_REFUSED),
        has(AUTHENTICATION_FAILED));
  }

  void protocol(AmqpProtocol seen) {
    protocol = (byte) seen.ordinal();
  }

  /**
   * AMQP's protocol header. A broker sends that of 0-9-1 only to refuse another (section 4.2.2).
   */
  void protocolHeader(boolean fromClient, AmqpProtocol version) {
    boolean answered = !fromClient && protocol() != AmqpProtocol.NONE;
    if (!fromClient && (version == AmqpProtocol.AMQP_0_9_1 || answered && version != protocol())) {
      set(VERSION_REFUSED);
      state(AmqpState.CLOSED);
      return;
    }
    protocol(version);
    if (version.isReadable()) {
      reached(HandshakeStep.HEADER);
    }
  }

  /** Whether frames follow the protocol header. */
  boolean isFramed() {
    return protocol().isReadable() && !has(VERSION_REFUSED);
  }

  void proxied(ProxyHeader header) {
    details = details.with(header);
  }

  /** A step of the handshake; capture order of the two directions may differ from theirs. */
  void reached(HandshakeStep seen) {
    step = (byte) Math.max(step, seen.ordinal());
    AmqpState now = seen == HandshakeStep.OPEN_OK ? AmqpState.OPEN : AmqpState.HANDSHAKE;
    state = (byte) Math.max(state, now.ordinal());
  }

  /** Something that is sent only when the connection is open. */
  void inUse() {
    if (!isInUse()) {
      state(AmqpState.OPEN);
    }
  }

  /** Whether messages tell nothing new. */
  boolean isInUse() {
    return state >= AmqpState.OPEN.ordinal();
  }

  void client(ClientIdentity identity) {
    client = context.intern(identity);
  }

  void vhost(String name) {
    vhost = context.intern(name);
  }

  void proposeHeartbeat(int seconds) {
    heartbeatProposed = (char) Math.min(seconds, MAX_HEARTBEAT);
  }

  void agreeHeartbeat(int seconds) {
    heartbeat = (char) Math.min(seconds, MAX_HEARTBEAT);
  }

  /** In AMQP 1.0 each side says its own, where 0 is none; the shorter makes frames flow. */
  void agreeShorterHeartbeat(int seconds) {
    boolean none = heartbeat == NOT_SEEN || heartbeat == 0;
    if (none || seconds > 0 && seconds < heartbeat) {
      agreeHeartbeat(seconds);
    }
  }

  void heartbeat(boolean fromClient) {
    if (fromClient && heartbeatsFromClient < Character.MAX_VALUE) {
      heartbeatsFromClient++;
    } else if (!fromClient && heartbeatsFromBroker < Character.MAX_VALUE) {
      heartbeatsFromBroker++;
    }
    if (state == AmqpState.NONE.ordinal()) {
      state(AmqpState.OPEN);
    }
  }

  void blocked(String reason) {
    inUse();
    set(BLOCKED);
    details = details.withBlockedReason(reason);
  }

  void unblocked() {
    inUse();
    flags &= ~BLOCKED;
  }

  /** connection.close; only the first counts. */
  void close(ConnectionClose close) {
    if (details.close() != null) {
      return;
    }
    details = details.with(close);
    state(AmqpState.CLOSING);
    if (close.by() == AmqpRole.BROKER && close.code() == Amqp091.ACCESS_REFUSED) {
      authenticationFailed();
    }
  }

  void closeOk(boolean fromClient) {
    AmqpRole role = AmqpRole.of(fromClient);
    ConnectionClose close = details.close();
    ConnectionClose known = close == null ? ConnectionClose.unseen(role.peer()) : close;
    details = details.with(known.confirmedBy(role));
    state(AmqpState.CLOSED);
  }

  /** A close of AMQP 1.0, where the answer is the same performative. */
  void closeOfEither(ConnectionClose close) {
    if (details.close() == null || details.close().by() == close.by()) {
      close(close);
    } else {
      closeOk(close.by() == AmqpRole.CLIENT);
    }
  }

  void authenticationFailed() {
    set(AUTHENTICATION_FAILED);
  }

  void payloadVisible() {
    set(PAYLOAD_VISIBLE);
  }

  void lostToGap() {
    set(LOST_TO_GAPS);
  }

  void lostToSnapLength() {
    set(LOST_TO_SNAP_LENGTH);
  }

  private void state(AmqpState now) {
    state = (byte) now.ordinal();
  }

  private void set(int flag) {
    flags |= (byte) flag;
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
