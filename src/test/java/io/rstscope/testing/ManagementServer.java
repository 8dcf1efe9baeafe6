package io.rstscope.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A management API on loopback that answers as a test wants it to. */
public final class ManagementServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<URI> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile HttpHandler handler;

  public ManagementServer(HttpHandler handler) throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), handler);
  }

  private ManagementServer(HttpServer server, HttpHandler handler) {
    this.server = server;
    this.handler = handler;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** With TLS. */
  public static ManagementServer https(SSLContext tls, HttpHandler handler) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new ManagementServer(server, handler);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI());
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      handler.handle(exchange);
    } catch (IOException e) {
      // who asked has gone away
    }
  }

  /** Answers otherwise from now on. */
  public void answer(HttpHandler next) {
    handler = next;
  }

  /** Answers with a text of known length. */
  public static HttpHandler text(int status, String text) {
    return exchange -> {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /** Answers with a text, and then with another again and again. */
  public static HttpHandler endless(String begin, String again, long pauseMillis) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write(begin.getBytes(StandardCharsets.UTF_8));
      while (true) {
        body.write(again.getBytes(StandardCharsets.UTF_8));
        if (pauseMillis > 0) {
          body.flush();
          sleep(pauseMillis);
        }
      }
    };
  }

  /** Answers nothing while the test runs. */
  public static HttpHandler silence() {
    return exchange -> sleep(Long.MAX_VALUE);
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** What was asked for. */
  public List<URI> asked() {
    return asked;
  }

  /** The headers of those requests. */
  public List<String> authorizations() {
    return authorizations;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
