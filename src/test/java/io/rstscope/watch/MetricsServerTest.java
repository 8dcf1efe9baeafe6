package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the server of metrics answers, and by whom it is not held up. */
class MetricsServerTest {
  private static final int STALLED = 100;

  private final List<Socket> stalled = new ArrayList<>();
  private MetricsServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        new MetricsServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PrometheusRegistry(),
            () -> null);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : stalled) {
      socket.close();
    }
    server.close();
  }

  private int status(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(20))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void shouldAnswerWhileOthersHaveSentHalfARequest() throws Exception {
    for (int i = 0; i < STALLED; i++) {
      Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
      stalled.add(socket);
      socket.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
    }

    assertEquals(200, status("GET", "/metrics"));
    assertEquals(200, status("GET", "/healthz"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /metrics, 200",
    "HEAD, /healthz, 200",
    "GET, /metrics/x, 404",
    "GET, /metricsx, 404",
    "GET, /, 404",
    "POST, /metrics, 405",
    "DELETE, /healthz, 405"
  })
  void shouldServeTwoPathsToBeRead(String method, String path, int status) throws Exception {
    assertEquals(status, status(method, path));
  }
}
