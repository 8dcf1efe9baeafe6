package io.rstscope.amqp;

import io.rstscope.net.Side;
import java.util.Objects;

/**
 * What is known of a connection while a segment of it is read, and how each thing that is seen
 * changes it. One instance is loaded with connection after connection.
 */
final class ConnectionFacts {
  private final Interner interner;

  private AmqpSnapshot loaded;
  private AmqpProtocol protocol;
  private AmqpState state;
  private HandshakeStep step;
  private Integer heartbeat;
  private Integer heartbeatProposed;
  private Integer clientIdleTimeOut;
  private String vhost;
  private ClientIdentity client;
  private ProxyHeader proxy;
  private ConnectionClose close;
  private ConnectionClose channelError;
  private boolean blocked;
  private String blockedReason;
  private boolean lostToGaps;
  private boolean lostToSnapLength;
  private boolean payloadVisible;
  private boolean versionRefused;
  private boolean authenticationFailed;

  /** Counted apart: it would make equal connections differ. */
  private int heartbeats;

  ConnectionFacts(Interner interner) {
    this.interner = interner;
  }

  void load(AmqpSnapshot known) {
    loaded = known;
    protocol = known.protocol();
    state = known.state() == AmqpState.BLOCKED ? AmqpState.OPEN : known.state();
    step = known.handshakeStep();
    heartbeat = known.heartbeatSeconds();
    heartbeatProposed = known.heartbeatProposedSeconds();
    clientIdleTimeOut = known.clientIdleTimeOutSeconds();
    vhost = known.vhost();
    client = known.client();
    proxy = known.proxy();
    close = known.close();
    channelError = known.channelError();
    blocked = known.blocked();
    blockedReason = known.blockedReason();
    lostToGaps = known.lostToGaps();
    lostToSnapLength = known.lostToSnapLength();
    payloadVisible = known.payloadVisible();
    versionRefused = known.versionRefused();
    authenticationFailed = known.authenticationFailed();
    heartbeats = 0;
  }

  /** Whether anything but heartbeats was seen that was not loaded. */
  boolean isChanged() {
    return protocol != loaded.protocol()
        || state() != loaded.state()
        || step != loaded.handshakeStep()
        || !Objects.equals(heartbeat, loaded.heartbeatSeconds())
        || !Objects.equals(heartbeatProposed, loaded.heartbeatProposedSeconds())
        || !Objects.equals(clientIdleTimeOut, loaded.clientIdleTimeOutSeconds())
        || vhost != loaded.vhost()
        || client != loaded.client()
        || proxy != loaded.proxy()
        || close != loaded.close()
        || channelError != loaded.channelError()
        || blocked != loaded.blocked()
        || blockedReason != loaded.blockedReason()
        || lostToGaps != loaded.lostToGaps()
        || lostToSnapLength != loaded.lostToSnapLength()
        || payloadVisible != loaded.payloadVisible()
        || versionRefused != loaded.versionRefused()
        || authenticationFailed != loaded.authenticationFailed();
  }

  AmqpSnapshot snapshot() {
    return new AmqpSnapshot(
        protocol,
        state(),
        step,
        heartbeat,
        heartbeatProposed,
        clientIdleTimeOut,
        vhost,
        client,
        proxy,
        close,
        channelError,
        blocked,
        blockedReason,
        0,
        0,
        lostToGaps,
        lostToSnapLength,
        payloadVisible,
        versionRefused,
        authenticationFailed);
  }

  AmqpProtocol protocol() {
    return protocol;
  }

  AmqpState state() {
    return state == AmqpState.OPEN && blocked ? AmqpState.BLOCKED : state;
  }

  int heartbeats() {
    return heartbeats;
  }

  void protocol(AmqpProtocol seen) {
    protocol = seen;
  }

  /**
   * AMQP's protocol header. A broker sends that of 0-9-1 only to refuse another (section 4.2.2).
   */
  void protocolHeader(Side from, AmqpProtocol version) {
    boolean another = protocol != AmqpProtocol.NONE && version != protocol;
    if (from == Side.BROKER && (version == AmqpProtocol.AMQP_0_9_1 || another)) {
      versionRefused = true;
      state = AmqpState.CLOSED;
      return;
    }
    protocol(version);
    if (version.isReadable()) {
      reached(HandshakeStep.HEADER);
    }
  }

  /** Whether frames follow the protocol header. */
  boolean isFramed() {
    return protocol.isReadable() && !versionRefused;
  }

  void proxied(ProxyHeader header) {
    proxy = header;
  }

  /** A step of the handshake; capture order of the two directions may differ from theirs. */
  void reached(HandshakeStep seen) {
    step = seen.compareTo(step) > 0 ? seen : step;
    AmqpState now = seen == HandshakeStep.OPEN_OK ? AmqpState.OPEN : AmqpState.HANDSHAKE;
    state = now.compareTo(state) > 0 ? now : state;
  }

  /** Something that is sent only when the connection is open. */
  void inUse() {
    if (!isInUse()) {
      state = AmqpState.OPEN;
    }
  }

  /** Whether messages tell nothing new. */
  boolean isInUse() {
    return state.compareTo(AmqpState.OPEN) >= 0;
  }

  void client(ClientIdentity identity) {
    client = interner.admit(identity, ClientIdentity::shortened);
  }

  void vhost(String name) {
    vhost = admit(name);
  }

  private String admit(String text) {
    return interner.admit(text, Text::shortened);
  }

  void proposeHeartbeat(int seconds) {
    heartbeatProposed = seconds;
  }

  void agreeHeartbeat(int seconds) {
    heartbeat = seconds;
  }

  /**
   * In AMQP 1.0 each side says how long it waits, where 0 is for ever; the shorter makes frames
   * flow.
   */
  void idleTimeOut(Side side, int seconds) {
    if (side == Side.CLIENT) {
      clientIdleTimeOut = seconds;
    } else {
      proposeHeartbeat(seconds);
    }
    boolean none = heartbeat == null || heartbeat == 0;
    if (none || seconds > 0 && seconds < heartbeat) {
      agreeHeartbeat(seconds);
    }
  }

  void heartbeat() {
    heartbeats++;
    if (state == AmqpState.NONE) {
      state = AmqpState.OPEN;
    }
  }

  void blocked(String reason) {
    inUse();
    blocked = true;
    blockedReason = admit(reason);
  }

  void unblocked() {
    inUse();
    blocked = false;
  }

  /** connection.close; only the first counts. */
  void close(ConnectionClose seen) {
    if (close != null) {
      return;
    }
    close = interner.admit(seen, ConnectionClose::shortened);
    state = AmqpState.CLOSING;
    if (seen.by() == Side.BROKER && seen.code() == Amqp091.ACCESS_REFUSED) {
      authenticationFailed();
    }
  }

  /** channel.close with an error, or basic.cancel of the broker; the last one counts. */
  void channelError(ConnectionClose seen) {
    inUse();
    channelError = interner.admit(seen, ConnectionClose::shortened);
  }

  void closeOk(Side from) {
    ConnectionClose known = close == null ? ConnectionClose.unseen(from.other()) : close;
    close = known.confirmedBy(from);
    state = AmqpState.CLOSED;
  }

  /** A close of AMQP 1.0, where the answer is the same performative. */
  void closeOfEither(ConnectionClose seen) {
    if (close == null || close.by() == seen.by()) {
      close(seen);
    } else {
      closeOk(seen.by());
    }
  }

  void authenticationFailed() {
    authenticationFailed = true;
  }

  void payloadVisible() {
    payloadVisible = true;
  }

  void lostToGap() {
    lostToGaps = true;
  }

  void lostToSnapLength() {
    lostToSnapLength = true;
  }
}
