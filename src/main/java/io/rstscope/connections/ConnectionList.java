package io.rstscope.connections;

import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.net.HostPort;
import io.rstscope.net.NumericAddress;
import io.rstscope.reset.FlowObservation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections that a broker has, and which of the flows of a capture they are: those between
 * the same two ends, unless the list's was opened later, as ports are used again.
 *
 * <p>The broker may be asked again and again, by one thread while another joins flows: an answer of
 * one or more pages is taken in page by page. What was closed meanwhile stays until two answers are
 * without it, as its end is told of a moment later.
 */
public final class ConnectionList {
  /** By so much the two clocks may differ, and TLS delays the broker's. */
  private static final long SLACK_NANOS = 10_000_000_000L;

  /** A connection takes about that much, and all of them no more than a quarter of the memory. */
  private static final int BYTES_EACH = 1_200;

  /** A connection, and the last of the answers that it was in. */
  private record Entry(ListedConnection connection, int answer) {}

  private final Map<InetSocketAddress, List<Entry>> byClient = new HashMap<>();
  private final long most;
  private int answer;
  private int size;
  private boolean full;

  /** Whether what earlier answers had has made room for this one. */
  private boolean crowded;

  private int joined;
  private String problem;

  /** An empty one, in which as many fit as a quarter of the memory holds. */
  public ConnectionList() {
    this(Runtime.getRuntime().maxMemory() / 4 / BYTES_EACH);
  }

  /**
   * An empty one.
   *
   * @param most connections that it takes
   */
  ConnectionList(long most) {
    this.most = most;
  }

  /**
   * Reads the JSON of {@code rabbitmqctl list_connections --formatter json} or of the management
   * API's {@code /api/connections}, paged or not; what is complete before it breaks off is kept.
   *
   * @param in is not closed
   * @throws IOException when the bytes cannot be read
   */
  public static ConnectionList read(InputStream in) throws IOException {
    ConnectionList list = new ConnectionList();
    list.take(in);
    return list;
  }

  /**
   * Takes in a page of an answer, likewise. Where there is no room for all, that answer ends.
   *
   * @param in is not closed
   * @throws IOException when the bytes cannot be read; what was read before is kept
   */
  ListReader.Page take(InputStream in) throws IOException {
    ListReader.Page page = ListReader.read(in, this::add);
    problem = page.problem();
    if (full) {
      problem += "; used of them: " + size;
      endAnswer();
    }
    return new ListReader.Page(page.rows(), page.pages(), problem);
  }

  /** All pages of an answer were taken in: what neither it nor the one before had is forgotten. */
  synchronized void endAnswer() {
    forget(answer - 1);
    answer++;
    full = false;
    crowded = false;
  }

  /** Pages that were asked for one after the other overlap, and answers do; the latest is right. */
  private synchronized boolean add(ListedConnection connection) {
    List<Entry> same = byClient.getOrDefault(connection.client(), List.of());
    boolean known = !same.isEmpty() && same.removeIf(each -> each.connection.isSame(connection));
    size -= known ? 1 : 0;
    if (size >= most && !crowded) {
      crowded = true;
      forget(answer);
    }
    full = size >= most;
    if (!full) {
      byClient
          .computeIfAbsent(connection.client(), any -> new ArrayList<>(1))
          .add(new Entry(connection, answer));
      size++;
    }
    return !full;
  }

  /** What was only in answers before that one. */
  private void forget(int before) {
    byClient.values().forEach(same -> same.removeIf(each -> each.answer < before));
    byClient.values().removeIf(List::isEmpty);
    size = byClient.values().stream().mapToInt(List::size).sum();
  }

  /** Why it was not read to its end, or null. */
  public String problem() {
    return problem;
  }

  /** Connections that fit into it. */
  long most() {
    return most;
  }

  /** Connections in it. */
  public synchronized int size() {
    return size;
  }

  /** Flows so far that are in it. */
  public synchronized int joined() {
    return joined;
  }

  /** The flows with what the list adds to each. */
  public synchronized List<FlowObservation> addTo(List<FlowObservation> flows) {
    Map<ListedConnection, Integer> claims = new IdentityHashMap<>();
    for (FlowObservation flow : flows) {
      claims.merge(connectionOf(flow), 1, Integer::sum);
    }
    List<FlowObservation> completed = new ArrayList<>(flows.size());
    for (FlowObservation flow : flows) {
      ListedConnection connection = connectionOf(flow);
      boolean sure = connection != null && claims.get(connection) == 1;
      completed.add(sure ? completed(flow, connection) : flow);
      joined += sure ? 1 : 0;
    }
    return completed;
  }

  private static FlowObservation completed(FlowObservation flow, ListedConnection connection) {
    List<String> listed = Gains.of(flow.amqp(), connection.known());
    if (connection.user() != null) {
      listed.add("user");
    }
    return flow.listed(connection.known(), connection.user(), listed);
  }

  private ListedConnection connectionOf(FlowObservation flow) {
    ListedConnection direct = between(flow.client(), flow.broker(), flow);
    HostPort proxied = ProxiedClient.of(flow.amqp());
    return direct == null && proxied != null ? between(proxied, null, flow) : direct;
  }

  /** Behind PROXY protocol the broker's end is what the header says, too. */
  private ListedConnection between(HostPort client, HostPort broker, FlowObservation flow) {
    List<ListedConnection> found = new ArrayList<>(1);
    for (Entry entry : byClient.getOrDefault(NumericAddress.key(client), List.of())) {
      ListedConnection each = entry.connection;
      boolean sameBroker =
          broker == null
              || each.broker() == null
              || each.broker().equals(NumericAddress.key(broker));
      if (sameBroker && isOfItsTime(each, flow)) {
        found.add(each);
      }
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  private static boolean isOfItsTime(ListedConnection listed, FlowObservation flow) {
    long connected = listed.connectedNanos();
    boolean older = flow.handshakeSeen() && connected < flow.startedNanos() - SLACK_NANOS;
    return connected < 0 || connected <= flow.lastNanos() && !older;
  }
}
