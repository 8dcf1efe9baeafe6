package io.rstscope.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics} in the text format of Prometheus, and {@code /healthz}: 200 while all is
 * well, else 503 and what is not.
 */
final class MetricsServer implements AutoCloseable {
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final HttpServer server;

  /**
   * Begins to serve.
   *
   * @param address port 0 takes any that is free
   * @param problem what is not well, or null; asked from other threads
   * @throws IOException when the address cannot be had
   */
  MetricsServer(InetSocketAddress address, PrometheusRegistry registry, Supplier<String> problem)
      throws IOException {
    server = HttpServer.create(address, 0);
    server.createContext("/metrics", exchange -> metrics(exchange, registry));
    server.createContext("/healthz", exchange -> health(exchange, problem.get()));
    server.start();
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  private static void metrics(HttpExchange exchange, PrometheusRegistry registry)
      throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    answer(exchange, 200, PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray());
  }

  private static void health(HttpExchange exchange, String problem) throws IOException {
    String text = (problem == null ? "ok" : problem) + "\n";
    answer(exchange, problem == null ? 200 : 503, PLAIN, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
