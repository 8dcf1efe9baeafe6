package io.rstscope.cli;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.capture.live.Interfaces;
import io.rstscope.capture.live.LiveException;
import io.rstscope.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** What tests need to capture for real; where it is missing they are skipped, and say why. */
final class LiveHost {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private LiveHost() {}

  /** Goes on only if the loopback interface can be captured. */
  static void assumeCapture() {
    try {
      Interfaces.probe("lo", 1 << 20);
    } catch (LiveException e) {
      Needs.LIVE.require(false, "no live capture here: " + e.getMessage());
    }
  }

  /** Goes on only if network namespaces can be made. */
  static void assumeNamespaces() {
    assumeCapture();
    String name = "rstscope-probe-" + ProcessHandle.current().pid();
    Needs.LIVE.require(ip("netns", "add", name), "no network namespaces here");
    ip("netns", "del", name);
  }

  /** Runs {@code ip}; whether that went well. */
  static boolean ip(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "ip";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A server that accepts, over loopback. */
  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, LOOPBACK);
  }

  /**
   * A client opens a connection of AMQP and resets it. One that left before would be a health
   * check, which is no loss.
   */
  static void resetByClient(ServerSocket server) throws IOException {
    Socket client = new Socket(LOOPBACK, server.getLocalPort());
    try (Socket broker = server.accept()) {
      open(client, broker);
      client.setSoLinger(true, 0);
      client.close();
    }
  }

  /** A client opens a connection of AMQP, publishes, each message in a packet, and closes it. */
  static void publish(ServerSocket server, int messages, int bytes) throws IOException {
    try (Socket client = new Socket(LOOPBACK, server.getLocalPort());
        Socket broker = server.accept()) {
      open(client, broker);
      for (int i = 0; i < messages; i++) {
        send(client, broker, AmqpBytes.publish(bytes));
      }
      send(client, broker, AmqpBytes.close(200, "Goodbye", 0, 0));
      send(broker, client, AmqpBytes.closeOk());
    }
  }

  private static void open(Socket client, Socket broker) throws IOException {
    send(client, broker, AmqpBytes.header091());
    send(broker, client, AmqpBytes.start());
    send(client, broker, AmqpBytes.startOk(AmqpBytes.clientProperties()));
    send(broker, client, AmqpBytes.tune(60));
    send(client, broker, AmqpBytes.tuneOk(60));
    send(client, broker, AmqpBytes.open("/"));
    send(broker, client, AmqpBytes.openOk());
  }

  /** So that nothing is unread when it is over. */
  private static void send(Socket from, Socket to, byte[] bytes) throws IOException {
    from.getOutputStream().write(bytes);
    to.getInputStream().readNBytes(bytes.length);
  }
}
