package io.rstscope.connections;

import static io.rstscope.testing.ManagementServer.endless;
import static io.rstscope.testing.ManagementServer.silence;
import static io.rstscope.testing.ManagementServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import io.rstscope.testing.ManagementServer;
import io.rstscope.testing.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker's management API that answers, and all the ways in which it does not. */
@Timeout(60)
class ManagementApiTest {
  private static final String PASSWORD = "Tr0ub4dor";

  /** {@code shop:Tr0ub4dor}. */
  private static final String AUTHORIZATION = "Basic c2hvcDpUcjB1YjRkb3I=";

  private static final Duration PATIENT = Duration.ofSeconds(50);
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  @TempDir private Path folder;

  private final ConnectionList list = new ConnectionList(1_000);

  private static String page(int number, int of, int first, int rows) {
    return IntStream.range(first, first + rows)
        .mapToObj(
            i ->
                "{\"peer_host\":\"10.0.1.1\",\"peer_port\":%d,\"host\":\"10.0.0.2\",\"port\":5672}"
                    .formatted(i))
        .collect(
            Collectors.joining(
                ",",
                "{\"total_count\":9,\"page\":%d,\"page_size\":500,\"page_count\":%d,\"items\":["
                    .formatted(number, of),
                "]}"));
  }

  private ManagementApi api(String url, Duration patience) throws IOException {
    Path password = folder.resolve("password");
    if (!Files.exists(password)) {
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, PASSWORD + "\n");
    }
    return new ManagementApi(ManagementUrl.parse(url), "shop", password, null, patience);
  }

  private ManagementApi api(ManagementServer server, Duration patience) throws IOException {
    return api("http://127.0.0.1:" + server.port(), patience);
  }

  private String problem(ManagementApi api) {
    IOException failure = assertThrows(IOException.class, () -> api.ask(list));
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertFalse(all.toString().contains(PASSWORD), all.toString());
    assertFalse(all.toString().contains("c2hvcDpUcjB1YjRkb3I"), all.toString());
    assertFalse(api.toString().contains(PASSWORD), api.toString());
    return failure.getMessage();
  }

  private String problem(HttpHandler handler, Duration patience) throws IOException {
    try (ManagementServer server = new ManagementServer(handler)) {
      return problem(api(server, patience));
    }
  }

  @Test
  void shouldGiveAllPages() throws Exception {
    try (ManagementServer server =
        new ManagementServer(
            exchange -> {
              int page = pageOf(exchange.getRequestURI());
              text(200, page(page, 3, 100 * page, page == 3 ? 7 : 100)).handle(exchange);
            })) {
      api(server, PATIENT).ask(list);

      assertEquals(207, list.size());
      assertEquals(
          List.of(1, 2, 3), server.asked().stream().map(ManagementApiTest::pageOf).toList());
      assertEquals(Set.of(AUTHORIZATION), Set.copyOf(server.authorizations()));
      String query = server.asked().get(0).getRawQuery();
      assertTrue(query.contains("&page_size=500&columns=client_properties,connected_at,"), query);
    }
  }

  private static int pageOf(URI asked) {
    return Integer.parseInt(asked.getQuery().replaceAll(".*\\bpage=(\\d+).*", "$1"));
  }

  /** As 3.10 and 4.0 answer without connections. */
  @Test
  void shouldGiveNoneOfABrokerWithout() throws Exception {
    try (ManagementServer server = new ManagementServer(text(200, page(1, 0, 0, 0)))) {
      api(server, PATIENT).ask(list);

      assertEquals(0, list.size());
      assertEquals(1, server.asked().size());
    }
  }

  @Test
  void shouldEndWhereConnectionsWereClosedMeanwhile() throws Exception {
    try (ManagementServer server =
        new ManagementServer(
            exchange ->
                (pageOf(exchange.getRequestURI()) == 1
                        ? text(200, page(1, 2, 1, 500))
                        : text(400, "{\"error\":\"page_out_of_range\"}"))
                    .handle(exchange))) {
      api(server, PATIENT).ask(list);

      assertEquals(500, list.size());
    }
  }

  /** Of before paging, and of a server that pays no heed to it. */
  @Test
  void shouldTakeAListWithoutPages() throws Exception {
    try (ManagementServer server =
        new ManagementServer(text(200, "[{\"peer_host\":\"10.0.1.1\",\"peer_port\":1}]"))) {
      api(server, PATIENT).ask(list);

      assertEquals(1, list.size());
      assertEquals(1, server.asked().size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | status 400",
        "401 | status 401: wrong user or password, or a user without the tag monitoring",
        "403 | status 403: the user may not list connections: give it the tag monitoring",
        "500 | status 500",
        "503 | status 503",
        "204 | status 204",
      })
  void shouldSayWhatItAnswersInstead(int status, String words) throws IOException {
    assertEquals(words, problem(text(status, status == 204 ? "" : "{\"error\":\"x\"}"), PATIENT));
  }

  @Test
  void shouldSayThatThePluginMayBeMissing() throws IOException {
    String words = problem(text(404, "Not Found"), PATIENT);

    assertTrue(words.startsWith("status 404: no management API at this URL: is the plugin"), words);
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "307", "308"})
  void shouldTakeThePasswordNowhereElse(int status) throws IOException {
    try (ManagementServer other = new ManagementServer(text(200, "[]"))) {
      String words =
          problem(
              exchange -> {
                exchange
                    .getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + other.port() + "/");
                exchange.sendResponseHeaders(status, -1);
              },
              PATIENT);

      assertEquals(
          "status " + status + ": a redirect, which is not followed: give its target", words);
      assertEquals(List.of(), other.asked());
    }
  }

  @Test
  void shouldTakeThePasswordToNoProxy() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    try (ManagementServer proxy = new ManagementServer(text(200, "[]"));
        ManagementServer server = new ManagementServer(text(200, page(1, 1, 1, 1)))) {
      ProxySelector.setDefault(through(proxy));
      api(server, PATIENT).ask(list);

      assertEquals(1, server.asked().size());
      assertEquals(List.of(), proxy.asked());
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static ProxySelector through(ManagementServer proxy) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(
            new Proxy(
                Proxy.Type.HTTP,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        throw new AssertionError(failure);
      }
    };
  }

  @Test
  void shouldSayThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertEquals(
        "connection refused, or no route to it", problem(api("http://127.0.0.1:" + port, PATIENT)));
  }

  @Test
  void shouldSayThatItDoesNotAnswer() throws IOException {
    assertEquals("no answer", problem(silence(), IMPATIENT));
  }

  /** Its queue takes the connection, and nobody ever reads from it. */
  @Test
  void shouldSayThatNobodyAccepts() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(
          "no answer", problem(api("http://127.0.0.1:" + socket.getLocalPort(), IMPATIENT)));
    }
  }

  @Test
  void shouldSayThatItStopsAmidItsAnswer() throws IOException {
    HttpHandler handler = endless("{\"items\":[", "", Long.MAX_VALUE);

    assertEquals("its answer took too long", problem(handler, IMPATIENT));
  }

  @Test
  void shouldSayThatItDripsItsAnswer() throws IOException {
    assertEquals("its answer took too long", problem(endless("[", " ", 20), IMPATIENT));
  }

  @Test
  void shouldSayThatItsAnswerHasNoEnd() throws IOException {
    String skipped = "\"%s\",".formatted("x".repeat(10_000));

    assertEquals("its answer took too long", problem(endless("[", skipped, 0), IMPATIENT));
  }

  @Test
  void shouldHoldNoMoreConnectionsThanFit() throws Exception {
    StringBuilder rows = new StringBuilder(page(1, 1, 1, 999));
    String more = rows.substring(rows.indexOf("[") + 1, rows.length() - 2).replace("10.0.1", "%s");
    HttpHandler handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('[');
          for (int i = 0; i < 1_000; i++) {
            exchange
                .getResponseBody()
                .write((more.replace("%s", "10.9." + i % 200) + ",").getBytes());
          }
        };

    assertEquals(
        "its answer holds more connections than fit into memory; used of them: 1000",
        problem(handler, PATIENT));
    assertEquals(1_000, list.size());
  }

  /** What it had then makes room for what it has now. */
  @Test
  void shouldForgetWhatIsOldWhereNotAllFit() throws Exception {
    for (int answer = 1; answer <= 4; answer++) {
      String page = page(1, 1, answer * 10_000, 1_001);
      assertTrue(problem(text(200, page), PATIENT).startsWith("its answer holds more"));
      assertEquals(1_000, list.size());
    }
    try (ManagementServer server = new ManagementServer(text(200, page(1, 1, 60_000, 10)))) {
      ManagementApi api = api(server, PATIENT);
      api.ask(list);
      assertEquals(10, list.size());
    }
  }

  /** The same rows on each of a thousand million pages. */
  @Test
  void shouldNotBelieveHowManyPagesThereAre() throws IOException {
    String words = problem(text(200, page(1, 1_000_000_000, 1, 500)), PATIENT);

    assertEquals("its answer holds more rows than connections fit into memory", words);
    assertEquals(500, list.size());
  }

  @Test
  void shouldEndWithAPageOnWhichThereIsNothing() throws Exception {
    try (ManagementServer server = new ManagementServer(text(200, page(1, 1_000_000_000, 1, 0)))) {
      api(server, PATIENT).ask(list);

      assertEquals(1, server.asked().size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html></html>                | its answer is no list of connections in JSON",
        "{\"error\":\"x\"}            | its answer is no list of connections in JSON",
        "[{\"peer_host\":             | its answer breaks off at line 1, column 15",
        "{\"page_count\":99999999999999999999999,\"items\":[]} | its answer is no list of connections",
      })
  void shouldSayThatItLies(String answer, String words) throws IOException {
    String said = problem(text(200, answer), PATIENT);

    assertTrue(said.startsWith(words), said);
  }

  @Test
  void shouldSayThatItsAnswerBreaksOff() throws IOException {
    long deadline = System.nanoTime() + PATIENT.toNanos();
    String words =
        problem(
            exchange -> {
              exchange.sendResponseHeaders(200, 1_000);
              exchange.getResponseBody().write(page(1, 1, 1, 3).getBytes());
              exchange.getResponseBody().flush();
              // the end may come before what it ends was read, and then none of it counts
              while (list.size() < 3 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
              }
            },
            PATIENT);

    assertEquals("the connection was closed amid its answer", words);
    assertEquals(3, list.size());
  }

  @Test
  void shouldSayThatItSpeaksNoHttp() throws Exception {
    String words = problemAfter("AMQP\0\0\11\1", "http://127.0.0.1:");

    assertTrue(words.startsWith("no answer in HTTP: is this the port of the management"), words);
  }

  private String problemAfter(String answer, String url) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answer(socket, answer));
      server.start();
      String words = problem(api(url + socket.getLocalPort(), PATIENT));
      server.join();
      return words;
    }
  }

  private static void answer(ServerSocket socket, String text) {
    try (Socket client = socket.accept()) {
      // a socket closed with bytes unread resets the connection, and its answer may be lost by that
      client.getInputStream().read(new byte[1 << 16]);
      client.getOutputStream().write(text.getBytes());
      client.shutdownOutput();
      client.setSoTimeout((int) PATIENT.toMillis());
      client.getInputStream().read(new byte[1 << 16]);
    } catch (SocketException e) {
      // the client gave it up
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldReadThePasswordAnew() throws Exception {
    try (ManagementServer server = new ManagementServer(text(200, "[]"))) {
      ManagementApi api = api(server, PATIENT);
      api.ask(list);
      Files.writeString(folder.resolve("password"), "next");
      api.ask(list);
      Files.delete(folder.resolve("password"));

      assertEquals(folder.resolve("password") + ": no such file", problem(api));
      assertEquals(List.of(AUTHORIZATION, "Basic c2hvcDpuZXh0"), server.authorizations());
    }
  }

  @Test
  void shouldTrustTheAuthorityThatItIsGivenAndNoOther() throws Exception {
    SelfSigned broker = SelfSigned.make(folder.resolve("broker"), "dns:localhost");
    SelfSigned other = SelfSigned.make(folder.resolve("other"), "dns:localhost");
    try (ManagementServer server =
        ManagementServer.https(broker.tls(), text(200, page(1, 1, 1, 3)))) {
      String url = "https://localhost:" + server.port();
      String untrusted = "its certificate is not trusted: name its CA by --management-ca";

      assertEquals(untrusted, problem(api(url, PATIENT)));
      assertEquals(untrusted, problem(trusting(other, url)));
      assertEquals(List.of(), server.asked());
      trusting(broker, url).ask(list);
      assertEquals(3, list.size());
      assertEquals(List.of(AUTHORIZATION), server.authorizations());
    }
  }

  @Test
  void shouldNotTrustACertificateOfAnotherHost() throws Exception {
    SelfSigned broker = SelfSigned.make(folder.resolve("broker"), "dns:broker.example.com");
    try (ManagementServer server = ManagementServer.https(broker.tls(), text(200, "[]"))) {
      assertEquals(
          "its certificate is of another host than the URL",
          problem(trusting(broker, "https://localhost:" + server.port())));
      assertEquals(List.of(), server.asked());
    }
  }

  @Test
  void shouldSayThatThePortSpeaksNoTls() throws Exception {
    assertEquals(
        "no TLS with it: is this its https port?",
        problemAfter("HTTP/1.1 400 Bad Request\r\n\r\n", "https://localhost:"));
  }

  private ManagementApi trusting(SelfSigned authority, String url) throws IOException {
    api(url, PATIENT);
    try (InputStream pem = Files.newInputStream(authority.pem())) {
      return new ManagementApi(
          ManagementUrl.parse(url),
          "shop",
          folder.resolve("password"),
          TrustedCa.of(pem, "pem"),
          PATIENT);
    }
  }

  @Test
  void shouldSayThatAFileHoldsNoAuthority() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path text = Files.writeString(folder.resolve("text"), "-----BEGIN CERTIFICATE-----\nx\n");
    for (Path file : List.of(empty, text)) {
      try (InputStream pem = Files.newInputStream(file)) {
        IOException failure = assertThrows(IOException.class, () -> TrustedCa.of(pem, "ca.pem"));
        assertEquals("ca.pem: holds no certificates in PEM", failure.getMessage());
      }
    }
  }
}
