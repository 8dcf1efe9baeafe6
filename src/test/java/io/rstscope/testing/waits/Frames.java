package io.rstscope.testing.waits;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The frames of AMQP 0-9-1 that begin in a segment which itself begins with a frame. */
final class Frames {
  static final int CONNECTION = 10;
  static final int TUNE_OK = 31;
  static final int OPEN_OK = 41;
  static final int CLOSE = 50;

  private static final int METHOD = 1;
  private static final int HEARTBEAT = 8;
  private static final int PROTOCOL_HEADER = 8;

  /** Type, channel, length. */
  private static final int HEAD = 7;

  private static final int FRAME_END = 1;

  /** In connection.tune-ok the heartbeat follows channel-max and frame-max. */
  private static final int HEARTBEAT_IN_TUNE_OK = 4 + 2 + 4;

  /**
   * One of them.
   *
   * @param at where it begins in the payload
   * @param classId 0 when it is not a method, or too little of it was captured
   */
  record Frame(int at, int type, int classId, int methodId) {
    boolean isHeartbeat() {
      return type == HEARTBEAT;
    }

    boolean is(int classId, int methodId) {
      return this.classId == classId && this.methodId == methodId;
    }

    /** Where connection.tune-ok says the heartbeat, in the payload. */
    int heartbeatAt() {
      return at + HEAD + HEARTBEAT_IN_TUNE_OK;
    }
  }

  private Frames() {}

  static List<Frame> of(ByteBuffer payload) {
    List<Frame> frames = new ArrayList<>();
    int at = payload.remaining() >= PROTOCOL_HEADER && payload.get(0) == 'A' ? PROTOCOL_HEADER : 0;
    while (at + HEAD < payload.remaining()) {
      int type = payload.get(at);
      long length = payload.getInt(at + 3) & 0xffff_ffffL;
      if (type < METHOD || type > HEARTBEAT || length > Short.MAX_VALUE) {
        break;
      }
      frames.add(frame(payload, at, type));
      at += HEAD + (int) length + FRAME_END;
    }
    return frames;
  }

  private static Frame frame(ByteBuffer payload, int at, int type) {
    if (type != METHOD || at + HEAD + 4 > payload.remaining()) {
      return new Frame(at, type, 0, 0);
    }
    return new Frame(at, type, payload.getShort(at + HEAD), payload.getShort(at + HEAD + 2));
  }
}
