package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The manifests of the distribution say what the program and the image are. */
class KubernetesTest {
  private static final Path FOLDER = Path.of("src/main/dist/etc/kubernetes");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount";

  /** One capability, and nothing else that a container may have or do. */
  private static final Map<String, Object> ONE_CAPABILITY =
      Map.of(
          "runAsUser",
          0,
          "runAsNonRoot",
          false,
          "privileged",
          false,
          "allowPrivilegeEscalation",
          false,
          "readOnlyRootFilesystem",
          true,
          "capabilities",
          Map.of("drop", List.of("ALL"), "add", List.of("NET_RAW")),
          "seccompProfile",
          Map.of("type", "RuntimeDefault"));

  private static JsonNode manifest(String name) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Object loaded =
        new Yaml(new SafeConstructor(strict)).load(Files.readString(FOLDER.resolve(name)));
    return JSON.valueToTree(loaded);
  }

  private static JsonNode pod(String name) throws IOException {
    return manifest(name).at("/spec/template");
  }

  private static JsonNode container(String name) throws IOException {
    JsonNode containers = pod(name).at("/spec/containers");
    assertEquals(1, containers.size());
    return containers.get(0);
  }

  private static String image() {
    return new CommandLineTool.Version().getVersion()[0].replace(' ', ':');
  }

  /** Throws what the program would say of the options. */
  private static CommandLine.ParseResult parse(List<String> arguments) {
    Console nobody = Console.of(OutputStream.nullOutputStream(), System.err, false, false);
    return CommandLineTool.commands(nobody)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new))
        .subcommand();
  }

  /** With an address in place of what Kubernetes puts in. */
  private static CommandLine.ParseResult watch(String name) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : container(name).get("args")) {
      String variable = argument.asText().replaceFirst("^\\$\\((\\w+)\\).*", "$1");
      if (!variable.equals(argument.asText())) {
        assertTrue(environment(name).containsKey(variable), variable);
      }
      arguments.add(argument.asText().replace("$(" + variable + ")", "10.42.0.7"));
    }
    return parse(arguments);
  }

  private static Map<String, JsonNode> environment(String name) throws IOException {
    return byName(container(name).get("env"));
  }

  private static Map<String, JsonNode> byName(JsonNode list) {
    return list.valueStream()
        .collect(Collectors.toMap(each -> each.get("name").asText(), each -> each));
  }

  @Test
  void shouldBeTheseFiles() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          Set.of("sidecar.yaml", "daemonset.yaml", "debug.yaml"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sidecar.yaml", "daemonset.yaml"})
  void shouldHaveOneCapabilityAndLimits(String name) throws IOException {
    JsonNode container = container(name);

    assertEquals(JSON.valueToTree(ONE_CAPABILITY), container.get("securityContext"));
    assertEquals("512Mi", container.at("/resources/limits/memory").asText());
    assertEquals("1", container.at("/resources/limits/cpu").asText());
    // as the service: half of it, for the JVM needs more than its heap
    assertEquals("-Xmx256m", environment(name).get("JDK_JAVA_OPTIONS").get("value").asText());
    JsonNode spec = pod(name).get("spec");
    for (String power : List.of("hostPID", "hostIPC", "serviceAccountName")) {
      assertFalse(spec.has(power), power);
    }
    for (JsonNode volume : spec.get("volumes")) {
      assertTrue(volume.has("configMap") || volume.has("emptyDir"), volume.toString());
    }
  }

  @Test
  void shouldHaveOneCapabilityInADebugContainer() throws IOException {
    assertEquals(
        JSON.valueToTree(Map.of("securityContext", ONE_CAPABILITY)), manifest("debug.yaml"));
  }

  @Test
  void shouldHaveNoCredentialsOfTheCluster() throws IOException {
    assertFalse(pod("daemonset.yaml").at("/spec/automountServiceAccountToken").asBoolean(true));
    JsonNode mounts = container("sidecar.yaml").get("volumeMounts");
    String instead =
        mounts
            .valueStream()
            .filter(each -> each.get("mountPath").asText().equals(TOKEN))
            .map(each -> each.get("name").asText())
            .findFirst()
            .orElseThrow();
    Map<String, JsonNode> volumes = byName(pod("sidecar.yaml").at("/spec/volumes"));
    assertTrue(volumes.get(instead).has("emptyDir"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sidecar.yaml", "daemonset.yaml"})
  void shouldRunTheImageWithOptionsThatThereAre(String name) throws IOException {
    assertEquals(image(), container(name).get("image").asText());

    CommandLine.ParseResult watch = watch(name);

    assertEquals("watch", watch.commandSpec().name());
    assertTrue(watch.hasMatchedOption("--interface"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sidecar.yaml", "daemonset.yaml"})
  void shouldAskForMetricsAndHealthWhereTheyAre(String name) throws IOException {
    JsonNode container = container(name);
    InetSocketAddress metrics = watch(name).matchedOptionValue("--metrics", null);

    assertEquals(metrics.getPort(), container.at("/livenessProbe/httpGet/port").asInt());
    assertEquals("/healthz", container.at("/livenessProbe/httpGet/path").asText());
    assertEquals(metrics.getPort(), container.at("/ports/0/containerPort").asInt());
    JsonNode annotations = pod(name).at("/metadata/annotations");
    assertEquals(metrics.getPort(), annotations.get("prometheus.io/port").asInt());
    assertEquals("/metrics", annotations.get("prometheus.io/path").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sidecar.yaml", "daemonset.yaml"})
  void shouldReadTheNamesOfPodsFromWhatIsMounted(String name) throws IOException {
    Path hosts = watch(name).matchedOptionValue("--hosts", null);
    JsonNode mount = container(name).get("volumeMounts").get(0);

    assertEquals(hosts.getParent().toString(), mount.get("mountPath").asText());
    JsonNode volume = byName(pod(name).at("/spec/volumes")).get(mount.get("name").asText());
    assertTrue(volume.at("/configMap/optional").asBoolean());
  }

  @Test
  void shouldBeSelectedByTheLabelsThatItHas() throws IOException {
    assertEquals(
        manifest("daemonset.yaml").at("/spec/selector/matchLabels"),
        pod("daemonset.yaml").at("/metadata/labels"));
  }

  @Test
  void shouldDebugWithOptionsThatThereAre() throws IOException {
    List<String> lines =
        Files.readAllLines(FOLDER.resolve("debug.yaml")).stream()
            .filter(line -> line.startsWith("#   kubectl debug "))
            .toList();

    assertEquals(2, lines.size());
    for (String line : lines) {
      assertTrue(line.contains(" --image=" + image() + " "), line);
      String arguments = line.substring(line.indexOf(" -- ") + " -- ".length());
      assertEquals("watch", parse(List.of(arguments.split(" "))).commandSpec().name());
    }
  }
}
