package io.rstscope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the build hands over: its bill of materials, and its launcher. */
class DistributionIT {
  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("rstscope.distribution", "target/rstscope"));

  private static final Path LIB = DISTRIBUTION.resolve("lib");
  private static final Path OURS = LIB.resolve("rstscope.jar");

  /** The group of what is unpacked into our jar. */
  private static final String EMBEDDED = "org.webjars.npm";

  /** Of picocli, whose sources the build compiles into our jar. */
  private static final String COMPILED_IN = "info.picocli";

  private JsonNode bill;

  @BeforeEach
  void readBill() throws IOException {
    bill = new ObjectMapper().readTree(DISTRIBUTION.resolve("sbom.json").toFile());
  }

  @Test
  void shouldListEachJarWithItsHashAndNoMore() throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (JsonNode component : bill.get("components")) {
      String group = component.get("group").asText();
      if (!group.equals(EMBEDDED) && !group.equals(COMPILED_IN)) {
        String jar = component.get("name").asText() + "-" + component.get("version").asText();
        listed.put(jar + ".jar", sha256(component));
      }
    }
    Map<String, String> there = new TreeMap<>();
    try (Stream<Path> files = Files.list(LIB)) {
      for (Path jar : (Iterable<Path>) files.filter(DistributionIT::isOfOthers)::iterator) {
        there.put(jar.getFileName().toString(), sha256(jar));
      }
    }
    assertEquals(there, listed);
    assertFalse(there.isEmpty());
  }

  /** Those under Apache-2.0 without a NOTICE have it in our own file. */
  @Test
  void shouldCarryTheLicenceOfEverythingInIt() throws IOException {
    List<String> without = new ArrayList<>();
    for (JsonNode component : bill.get("components")) {
      String name = component.get("name").asText();
      Path jar = LIB.resolve(name + "-" + component.get("version").asText() + ".jar");
      boolean beside = Files.exists(DISTRIBUTION.resolve("licences/" + name + "/LICENSE.md"));
      boolean carried = beside || Files.exists(jar) && holdsLicence(jar);
      if (!carried && !isUnderOurs(component)) {
        without.add(name);
      }
    }
    assertEquals(List.of(), without);
  }

  private static boolean holdsLicence(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().anyMatch(entry -> entry.getName().matches("META-INF/LICENSE.*"));
    }
  }

  private static boolean isUnderOurs(JsonNode component) {
    JsonNode licences = component.path("licenses");
    return licences.size() == 1 && licences.get(0).at("/license/id").asText().equals("Apache-2.0");
  }

  /** Maven 3.9 and later build with nothing else; this is for who builds with an older one. */
  @Test
  void shouldHoldTheFilesWhoseChecksumsAreTrusted() throws Exception {
    Map<String, String> trusted = new HashMap<>();
    for (String line : Files.readAllLines(Path.of(".mvn/checksums/checksums.sha256"))) {
      String[] fields = line.split("\\s+");
      trusted.put(Path.of(fields[1]).getFileName().toString(), fields[0]);
    }
    try (Stream<Path> files = Files.list(LIB)) {
      for (Path jar : (Iterable<Path>) files.filter(DistributionIT::isOfOthers)::iterator) {
        String name = jar.getFileName().toString();
        assertEquals(trusted.get(name), sha256(jar), name);
      }
    }
  }

  @Test
  void shouldListTheScriptsThatReportsCarryInTheVersionsThatTheyAre() throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (JsonNode component : bill.get("components")) {
      if (component.get("group").asText().equals(EMBEDDED)) {
        listed.put(component.get("name").asText(), component.get("version").asText());
      }
    }
    assertEquals(3, listed.size(), listed.toString());
    String chart = ofOurs("chart.js/chart.umd.min.js");
    assertTrue(chart.contains("Chart.js v" + listed.get("chart.js")));
    assertTrue(chart.contains("@kurkle/color v" + listed.get("kurkle__color")));
    String zoom = ofOurs("chartjs-plugin-zoom/chartjs-plugin-zoom.min.js");
    assertTrue(zoom.contains("chartjs-plugin-zoom v" + listed.get("chartjs-plugin-zoom")));
  }

  @Test
  void shouldBeTheSameBillWheneverItIsMade() {
    assertFalse(bill.get("metadata").has("timestamp"));
    assertTrue(bill.get("serialNumber").asText().matches("urn:uuid:.{14}3.*"), "not from a name");
  }

  @Test
  void shouldStartAndBeTheVersionThatTheBillNames() throws Exception {
    Path launcher = DISTRIBUTION.resolve("bin/rstscope");
    Process process =
        new ProcessBuilder(launcher.toString(), "--version").redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, process.waitFor(), out);
    String version = bill.get("metadata").get("component").get("version").asText();
    assertEquals("rstscope " + version + "\n", out);
  }

  private static boolean isOfOthers(Path file) {
    return file.toString().endsWith(".jar") && !file.equals(OURS);
  }

  private static String ofOurs(String script) throws IOException {
    try (JarFile jar = new JarFile(OURS.toFile())) {
      return new String(
          jar.getInputStream(jar.getEntry("io/rstscope/report/html/" + script)).readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.get("hashes")) {
      if (hash.get("alg").asText().equals("SHA-256")) {
        return hash.get("content").asText();
      }
    }
    throw new AssertionError("no hash of " + component.get("name"));
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
