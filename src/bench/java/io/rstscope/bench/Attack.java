package io.rstscope.bench;

import static io.rstscope.bench.Line.Sender.BROKER;
import static io.rstscope.bench.Line.Sender.CLIENT;

import io.rstscope.bench.AttackGenerator.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done to a broker, and so to who watches it, in large numbers. */
enum Attack {
  /** SYNs with forged sources. */
  SYN_FLOOD {
    @Override
    Traffic on(Scene scene) {
      return new SynFlood(
          scene.capture(),
          scene.random(),
          scene.startNanos(),
          scene.durationNanos(),
          scene.count(),
          scene.answers());
    }
  },

  /** Connections from ever other hosts that are aborted once the broker has greeted them. */
  RESETS {
    @Override
    Traffic on(Scene scene) {
      return strangers(scene, ABORTED);
    }
  },

  /** Resets of one connection, which goes on all the while. */
  BLIND_RESETS {
    @Override
    Traffic on(Scene scene) {
      return new BlindResets(
          scene.capture(),
          scene.random(),
          scene.startNanos(),
          scene.durationNanos(),
          scene.count());
    }
  },

  /** Connections that open, each with long names that no other one has, and stay. */
  HANDSHAKES {
    @Override
    Traffic on(Scene scene) {
      return new Strangers(
          scene.capture(),
          scene.random(),
          scene.startNanos(),
          scene.durationNanos(),
          scene.count(),
          Attack::namedOpening);
    }
  },

  /** Connections that begin to say who they are, at great length, and never end. */
  UNFINISHED_HANDSHAKES {
    @Override
    Traffic on(Scene scene) {
      List<Line> opening = namedOpening(0);
      return strangers(scene, opening.subList(0, FIRST_PART_OF_START_OK));
    }
  };

  private static final int NAME_LENGTH = 250;
  private static final int PADDING = 2_500;
  private static final int SEGMENT = 1_400;

  // in an opening: TCP handshake, header and its ACK, start, and the first segment of start-ok
  private static final int UP_TO_START = 6;
  private static final int FIRST_PART_OF_START_OK = 7;

  private static final List<Line> ABORTED =
      Script.join(
          Script.OPENINGS.get(0).subList(0, UP_TO_START),
          List.of(Line.control(CLIENT, TcpWriter.RST | TcpWriter.ACK)));

  abstract Traffic on(Scene scene);

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Traffic strangers(Scene scene, List<Line> script) {
    return new Strangers(
        scene.capture(),
        scene.random(),
        scene.startNanos(),
        scene.durationNanos(),
        scene.count(),
        number -> script);
  }

  private static List<Line> namedOpening(long number) {
    List<Line> opening = new ArrayList<>(Script.OPENINGS.get(0).subList(0, UP_TO_START));
    byte[] startOk =
        AmqpFrames.startOk(
            name("user", number),
            "product",
            name("product", number),
            "version",
            name("version", number),
            "platform",
            name("platform", number),
            "connection_name",
            name("connection", number),
            "padding",
            "x".repeat(PADDING));
    for (int from = 0; from < startOk.length; from += SEGMENT) {
      int to = Math.min(from + SEGMENT, startOk.length);
      opening.add(Line.data(CLIENT, Arrays.copyOfRange(startOk, from, to)));
    }
    opening.add(Line.data(BROKER, AmqpFrames.tune(Script.HEARTBEAT_SECONDS)));
    opening.add(Line.data(CLIENT, AmqpFrames.tuneOk(Script.HEARTBEAT_SECONDS)));
    opening.add(Line.data(CLIENT, AmqpFrames.open(name("vhost", number))));
    opening.add(Line.data(BROKER, AmqpFrames.openOk()));
    return opening;
  }

  private static String name(String what, long number) {
    String unique = what + "-" + number + "-";
    return unique + "n".repeat(NAME_LENGTH - unique.length());
  }
}
