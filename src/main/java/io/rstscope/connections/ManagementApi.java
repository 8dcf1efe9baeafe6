package io.rstscope.connections;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;

/**
 * RabbitMQ's management API ({@code rabbitmq_management}, {@code GET /api/connections}), asked for
 * all connections a page at a time. It follows no redirect and uses no proxy, as both would be
 * given the password. What it answers is bounded in time and number, whatever it claims. Used by
 * one thread.
 */
public final class ManagementApi {
  /** The most that it gives (rabbit_mgmt_util.erl). */
  private static final int PAGE_SIZE = 500;

  private static final int OK = 200;

  /** Of a page that there is no more since connections were closed. */
  private static final int BAD_REQUEST = 400;

  private final ManagementUrl url;
  private final String user;
  private final PasswordFile password;
  private final Duration patience;
  private final HttpClient client;

  /**
   * Sends nothing yet.
   *
   * @param user who has the tag {@code monitoring}
   * @param password file that holds the password, read at each request, as it may be changed
   * @param tls whom to trust, or null for whom the JVM trusts
   * @param patience within which each page has to be there
   * @throws IOException when that file cannot be used; the message names it
   */
  public ManagementApi(
      ManagementUrl url, String user, Path password, SSLContext tls, Duration patience)
      throws IOException {
    this.url = url;
    this.user = user;
    this.password = new PasswordFile(password);
    this.patience = patience;
    this.password.authorization(user);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    client = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  /**
   * Asks for all connections, which the list takes in.
   *
   * @throws IOException when it does not give them all; the message says why, as what follows its
   *     URL and a colon
   * @throws InterruptedException when this thread is interrupted
   */
  public void ask(ConnectionList list) throws IOException, InterruptedException {
    String authorization = password.authorization(user);
    long pages = 1;
    long rows = 0;
    for (int page = 1; page <= pages; page++) {
      ListReader.Page taken = ask(list, page, authorization);
      rows += taken.rows();
      if (taken.problem() != null) {
        throw new IOException("its answer " + taken.problem());
      }
      if (rows > list.most()) {
        throw new IOException("its answer holds more rows than connections fit into memory");
      }
      pages = taken.rows() == 0 ? 0 : taken.pages();
    }
    list.endAnswer();
  }

  private ListReader.Page ask(ConnectionList list, int page, String authorization)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.connections(page, PAGE_SIZE))
            .header("Authorization", authorization)
            .timeout(patience)
            .build();
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException(ApiProblem.of(e), e);
    }
    try (InputStream body = response.body()) {
      if (page > 1 && response.statusCode() == BAD_REQUEST) {
        return new ListReader.Page(0, 0, null);
      }
      if (response.statusCode() != OK) {
        throw new IOException(ApiProblem.of(response.statusCode()));
      }
      return take(list, body);
    }
  }

  /** The client minds the time up to the body only. */
  private ListReader.Page take(ConnectionList list, InputStream body) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    CompletableFuture<Void> deadline =
        CompletableFuture.runAsync(
            () -> {
              late.set(true);
              close(body);
            },
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    ListReader.Page page = null;
    try {
      page = list.take(body);
    } catch (IOException e) {
      // whether it was closed here is looked at below
    }
    deadline.cancel(false);
    if (late.get()) {
      throw new IOException(ApiProblem.TOO_SLOW);
    }
    if (page == null) {
      throw new IOException(ApiProblem.BROKE_OFF);
    }
    return page;
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // whoever reads it notices
    }
  }

  /** Its URL. */
  @Override
  public String toString() {
    return url.toString();
  }
}
