package io.rstscope.cli;

import static io.rstscope.cli.LiveHost.ip;

import io.rstscope.testing.Needs;
import io.rstscope.testing.SelfSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real RabbitMQ with its management plugin, in a network namespace of its own: AMQP at 5672, the
 * API at 15672 and, with TLS, at 15671. Debian's packages, as for the lab.
 */
final class LiveBroker implements AutoCloseable {
  /** Behind Debian's wrapper, which would switch to the packaged user. */
  private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private static final long LOOK_AGAIN_MILLIS = 200;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final String namespace = "rstscope-mgmt-" + ProcessHandle.current().pid();
  private final List<Process> processes = new ArrayList<>();
  private final Path folder;

  private LiveBroker(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts it and waits until it listens; skips the test where it cannot be had.
   *
   * @param folder takes all that it writes, and {@code broker.pem}, which it shows for localhost
   * @param password of its users: {@code shop}, who may connect, and {@code monitor}, who may not
   */
  static LiveBroker start(Path folder, String password) throws Exception {
    LiveHost.assumeNamespaces();
    Needs.LAB.require(Files.isExecutable(SERVER), "no RabbitMQ here: " + SERVER);
    Needs.LAB.require(python("import pika") == 0, "no python3-pika here");
    LiveBroker broker = new LiveBroker(folder);
    try {
      broker.configure(password);
      broker.run();
      return broker;
    } catch (Exception | AssertionError e) {
      broker.close();
      throw e;
    }
  }

  private static int python(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("/usr/bin/python3", "-c", program).start().waitFor();
  }

  private void configure(String password) throws Exception {
    SelfSigned.make(folder.resolve("broker"), "dns:localhost");
    run(
        "openssl",
        "pkcs12",
        "-in",
        "broker.p12",
        "-passin",
        "pass:changeit",
        "-nodes",
        "-out",
        "key.pem");
    Files.writeString(folder.resolve("plugins"), "[rabbitmq_management].");
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
        """
        load_definitions = %1$s/users.json
        listeners.tcp.default = 5672
        management.tcp.port = 15672
        management.ssl.port = 15671
        management.ssl.certfile = %1$s/key.pem
        management.ssl.keyfile = %1$s/key.pem
        log.console = false
        """
            .formatted(folder));
    Files.writeString(
        folder.resolve("users.json"),
        """
        {"vhosts": [{"name": "/"}],
         "users": [{"name": "shop", "password": "%1$s", "tags": ""},
                   {"name": "monitor", "password": "%1$s", "tags": "monitoring"}],
         "permissions": [{"user": "shop", "vhost": "/", "configure": "", "write": "", "read": ""}]}
        """
            .formatted(password));
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process = spawn(command, List.of());
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + output());
    }
  }

  private void run() throws Exception {
    if (!ip("netns", "add", namespace) || !ip("-n", namespace, "link", "set", "lo", "up")) {
      throw new AssertionError("no namespace " + namespace);
    }
    // else the broker would leave one running
    start("epmd", "-address", "127.0.0.1");
    Process server = start(SERVER.toString());
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!listens()) {
      if (!server.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("the broker did not start: " + output());
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private boolean listens() throws IOException, InterruptedException {
    for (String port : List.of("5672", "15672", "15671")) {
      String script = "ss -Hltn 'sport = :" + port + "' | grep -q .";
      if (spawn(List.of("sh", "-c", script).toArray(String[]::new), prefix()).waitFor() != 0) {
        return false;
      }
    }
    return true;
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
  }

  /** What a program is started by to run beside it. */
  List<String> prefix() {
    return List.of("ip", "netns", "exec", namespace);
  }

  /** Starts a program beside it, which ends with it. */
  Process start(String... command) throws IOException {
    Process process = spawn(command, prefix());
    processes.add(process);
    return process;
  }

  private Process spawn(String[] command, List<String> prefix) throws IOException {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", folder.toString(),
                "RABBITMQ_NODENAME", "test@localhost",
                "RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString(),
                "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString(),
                "RABBITMQ_PID_FILE", folder.resolve("pid").toString(),
                "RABBITMQ_CONF_ENV_FILE", "/dev/null",
                "ERL_EPMD_ADDRESS", "127.0.0.1",
                // makes the script become the broker: one process
                "RUNNING_UNDER_SYSTEMD", "true"));
    return builder.start();
  }

  /**
   * A client that connects as shop, with a heartbeat of 41 s, and then waits to be killed.
   *
   * @param name of its connection, which is the only one that the management API lists then
   */
  Process connect(String name, String password) throws Exception {
    Path ready = folder.resolve(name + ".ready");
    Path program = folder.resolve(name + ".py");
    Files.writeString(
        program,
        """
        import base64, json, pika, time, urllib.request
        connection = pika.BlockingConnection(pika.ConnectionParameters(
            '127.0.0.1', heartbeat=41, client_properties={'connection_name': '%1$s'},
            credentials=pika.PlainCredentials('shop', '%2$s')))
        connection.channel()
        request = urllib.request.Request('http://127.0.0.1:15672/api/connections', headers={
            'Authorization': 'Basic ' + base64.b64encode(b'monitor:%2$s').decode()})
        names = None
        while names != ['%1$s']:
            time.sleep(0.2)
            rows = json.load(urllib.request.urlopen(request))
            names = [row.get('user_provided_name') for row in rows]
        open('%3$s', 'w').close()
        time.sleep(300)
        """
            .formatted(name, password, ready));
    Process client = start("/usr/bin/python3", program.toString());
    while (!Files.exists(ready)) {
      if (!client.isAlive()) {
        throw new AssertionError("no client: " + output());
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return client;
  }

  /** Kills what it started, each by its process, and removes the namespace. */
  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
    ip("netns", "del", namespace);
  }
}
