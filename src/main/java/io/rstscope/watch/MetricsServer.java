package io.rstscope.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics} in the text format of Prometheus, and {@code /healthz}: 200 while all is
 * well, else 503 and what is not.
 */
final class MetricsServer implements AutoCloseable {
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** Clients at a time, who may all be stalled; a thread each. */
  private static final int MOST_CLIENTS = 200;

  private static final int IDLE_THREAD_SECONDS = 10;

  // Read once by the server of the JDK (module jdk.httpserver, its properties): who does not send a
  // whole request, or does not read the answer, is let go of.
  static {
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", String.valueOf(MOST_CLIENTS));
  }

  private final HttpServer server;
  private final ExecutorService clients =
      new ThreadPoolExecutor(
          0,
          MOST_CLIENTS,
          IDLE_THREAD_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          MetricsServer::thread,
          new ThreadPoolExecutor.DiscardPolicy());

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
    server.setExecutor(clients);
    serve("/metrics", exchange -> metrics(exchange, registry));
    serve("/healthz", exchange -> health(exchange, problem.get()));
    server.start();
  }

  private static Thread thread(Runnable client) {
    Thread thread = new Thread(client, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  /** That path alone, to read it alone. */
  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String method = exchange.getRequestMethod();
          if (!exchange.getRequestURI().getPath().equals(path)) {
            answer(exchange, 404, PLAIN, "not found\n".getBytes(StandardCharsets.UTF_8));
          } else if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answer(exchange, 405, PLAIN, "GET or HEAD\n".getBytes(StandardCharsets.UTF_8));
          } else {
            handler.handle(exchange);
          }
        });
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
    clients.shutdownNow();
  }
}
