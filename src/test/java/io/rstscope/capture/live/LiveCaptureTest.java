package io.rstscope.capture.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.testing.Needs;
import io.rstscope.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Capturing for real, from the loopback interface, and from one that goes away. */
@Timeout(60)
class LiveCaptureTest {
  private static final int SNAP_LENGTH = 512;
  private static final int RING = 1 << 26;
  private static final long LONG = 20_000;

  /** Bytes of a segment: less than what is captured of a packet. */
  private static final int MESSAGE = 400;

  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;

  private final CapturedPacket packet = new CapturedPacket();
  private ServerSocket server;
  private LiveCapture capture;

  @BeforeAll
  static void needsPrivilege() {
    try {
      Interfaces.probe("lo", 1 << 20);
    } catch (LiveException e) {
      Needs.LIVE.require(false, "no live capture here: " + e.getMessage());
    }
  }

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    capture = open("lo", SNAP_LENGTH);
  }

  private LiveCapture open(String name, int snapLength) throws LiveException {
    KernelFilter filter = new KernelFilter(Integer.toString(server.getLocalPort()), null);
    return LiveCapture.open(name, new LiveOptions(snapLength, RING, filter));
  }

  @AfterEach
  void close() throws IOException {
    capture.close();
    server.close();
  }

  /** Sends bytes to the server, each message in a packet. */
  private void send(byte[] bytes) throws IOException {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      client.setTcpNoDelay(true);
      for (int at = 0; at < bytes.length; at += MESSAGE) {
        int length = Math.min(MESSAGE, bytes.length - at);
        client.getOutputStream().write(bytes, at, length);
        assertEquals(length, accepted.getInputStream().readNBytes(length).length);
      }
    }
  }

  /** What the packets to the server carry, until there are so many bytes. */
  private byte[] receive(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < count) {
      assertTrue(capture.await(LONG), "only " + bytes.size() + " bytes");
      assertTrue(capture.next(packet));
      assertEquals(packet.originalLength, packet.capturedLength);
      int tcp = packet.offset + ETHERNET + IPV4;
      if (Bytes.u16(packet.data, tcp + 2) == server.getLocalPort()) {
        int payload = tcp + (packet.data[tcp + 12] >> 4 & 15) * Integer.BYTES;
        bytes.write(packet.data, payload, packet.offset + packet.capturedLength - payload);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @Test
  void shouldGiveWhatComesAgainAndAgain() throws IOException {
    for (int i = 1; i <= 20; i++) {
      byte[] sent = bytes(i * MESSAGE / 2);
      send(sent);
      assertArrayEquals(sent, receive(sent.length));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {SNAP_LENGTH, 262_144})
  void shouldLoseNothingOfWhatItsMemoryDoesNotHoldAtOnce(int snapLength) throws IOException {
    capture.close();
    capture = open("lo", snapLength);
    byte[] sent = bytes(8 * DispatchedStream.ENOUGH);
    send(sent);
    assertArrayEquals(sent, receive(sent.length));
    assertEquals(LiveStatistics.NONE, capture.statistics());
  }

  @Test
  void shouldSayThatNothingComesWhenNothingDoes() throws IOException {
    assertFalse(capture.await(0));
    assertFalse(capture.await(150));
    assertFalse(capture.nextIsAtHand());
    assertTrue(capture.mayWait());
  }

  /** A thread that waits for the next packet. */
  private Thread waiting(FutureTask<Boolean> next) throws InterruptedException {
    Thread thread = new Thread(next);
    thread.start();
    // no state tells that it is in the kernel
    Thread.sleep(50);
    return thread;
  }

  @Test
  void shouldReturnFromWaitingWhenAnotherThreadClosesIt() throws Exception {
    FutureTask<Boolean> next = new FutureTask<>(() -> capture.next(packet));
    waiting(next);
    capture.close();
    assertFalse(next.get());
  }

  @Test
  void shouldReturnFromWaitingWhenItsThreadIsInterrupted() throws Exception {
    FutureTask<Boolean> await = new FutureTask<>(() -> capture.await(LONG));
    waiting(await).interrupt();
    ExecutionException e = assertThrows(ExecutionException.class, await::get);
    assertEquals("interrupted", ((CaptureException) e.getCause()).reason());
  }

  @Test
  void shouldTellAnyThreadWhatWasCountedEvenWhenItIsClosed() throws Exception {
    Future<LiveStatistics> asked = CompletableFuture.supplyAsync(capture::statistics);
    assertEquals(LiveStatistics.NONE, asked.get());
    capture.close();
    capture.close();
    assertEquals(LiveStatistics.NONE, capture.statistics());
    assertFalse(capture.next(packet));
  }

  @Test
  void shouldSayThatTheInterfaceDisappeared() throws Exception {
    String name = "rst" + ProcessHandle.current().pid();
    Needs.LIVE.require(
        ip("link", "add", name, "type", "veth", "peer", "name", name + "p"), "no veth here");
    try (LiveCapture gone = opened(name)) {
      assertTrue(ip("link", "del", name));
      assertTrue(gone.await(LONG));
      CaptureException e = assertThrows(CaptureException.class, () -> gone.next(packet));
      assertEquals(name + ": Error occurred: The interface disappeared", e.getMessage());
    } finally {
      ip("link", "del", name);
    }
  }

  private LiveCapture opened(String name) throws Exception {
    assertTrue(ip("link", "set", name, "up"));
    assertTrue(ip("link", "set", name + "p", "up"));
    return open(name, SNAP_LENGTH);
  }

  private static boolean ip(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "ip";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder ip = new ProcessBuilder(command).redirectErrorStream(true);
    return ip.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
  }
}
