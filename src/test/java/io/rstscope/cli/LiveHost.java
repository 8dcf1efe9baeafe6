package io.rstscope.cli;

import io.rstscope.capture.live.Interfaces;
import io.rstscope.capture.live.LiveException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** What tests need to capture for real; where it is missing they are skipped, and say why. */
final class LiveHost {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final byte[] PROTOCOL_HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

  private LiveHost() {}

  /** Goes on only if the loopback interface can be captured. */
  static void assumeCapture() {
    try {
      Interfaces.probe("lo", 1 << 20);
    } catch (LiveException e) {
      Assumptions.abort("no live capture here: " + e.getMessage());
    }
  }

  /** Goes on only if network namespaces can be made. */
  static void assumeNamespaces() {
    assumeCapture();
    String name = "rstscope-probe-" + ProcessHandle.current().pid();
    Assumptions.assumeTrue(ip("netns", "add", name), "no network namespaces here");
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

  /** A client says the first words of AMQP and resets its connection. */
  static void resetByClient(ServerSocket server) throws IOException {
    Socket client = new Socket(LOOPBACK, server.getLocalPort());
    try (Socket accepted = server.accept()) {
      client.getOutputStream().write(PROTOCOL_HEADER);
      accepted.getInputStream().readNBytes(PROTOCOL_HEADER.length);
      accepted.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().readNBytes(5);
      client.setSoLinger(true, 0);
      client.close();
    }
  }
}
