package io.rstscope;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rstscope.testing.Pages;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Data moves one way: capture, wire, decode, flow and amqp, reset, judge, report. */
class ArchitectureTest {
  private static final String ROOT = "io.rstscope.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rstscope");

  /** Which of our packages each of them may name. */
  private static final Map<String, Set<String>> KNOWS =
      Map.ofEntries(
          entry("net", Set.of()),
          entry("wire", Set.of("net")),
          entry("capture", Set.of("net", "wire")),
          entry("decode", Set.of("net", "wire", "capture")),
          entry("flow", Set.of("net", "wire", "capture", "decode")),
          entry("amqp", Set.of("net", "wire")),
          entry("reset", Set.of("net", "wire", "capture", "decode", "flow", "amqp")),
          entry("pairing", Set.of("net", "wire", "capture", "decode", "flow", "amqp", "reset")),
          entry("judge", Set.of("net", "wire", "capture", "decode", "flow", "amqp", "reset")),
          entry("brokerlog", Set.of("net", "capture", "decode", "flow", "amqp", "reset", "judge")),
          entry("connections", Set.of("net", "decode", "flow", "amqp", "reset", "judge")),
          entry(
              "report",
              Set.of(
                  "net",
                  "wire",
                  "capture",
                  "decode",
                  "flow",
                  "amqp",
                  "reset",
                  "judge",
                  "brokerlog",
                  "pairing")),
          entry(
              "excerpt",
              Set.of(
                  "net", "wire", "capture", "decode", "flow", "amqp", "reset", "judge", "report")),
          entry(
              "engine",
              Set.of(
                  "net", "wire", "capture", "decode", "flow", "amqp", "reset", "pairing", "judge",
                  "report")),
          entry(
              "watch",
              Set.of(
                  "net", "wire", "capture", "decode", "flow", "amqp", "reset", "judge", "report",
                  "engine")),
          entry(
              "archive",
              Set.of(
                  "net", "capture", "decode", "flow", "amqp", "reset", "pairing", "judge", "report",
                  "engine")),
          entry("fleet", Set.of("net", "reset", "judge", "report", "archive")),
          entry(
              "cli",
              Set.of(
                  "archive",
                  "fleet",
                  "net",
                  "wire",
                  "capture",
                  "decode",
                  "flow",
                  "amqp",
                  "reset",
                  "pairing",
                  "judge",
                  "brokerlog",
                  "connections",
                  "engine",
                  "report",
                  "excerpt",
                  "watch")));

  static final Set<Map.Entry<String, Set<String>>> ARROWS = KNOWS.entrySet();

  /** The same within judgement: each step knows those before it. */
  private static final List<String> JUDGEMENT =
      List.of("context", "sender", "timer", "cause", "incident", "advice");

  /** The same within reports: formats do not know each other. */
  private static final Map<String, Set<String>> REPORTS =
      Map.of(
          "model", Set.of(),
          "words", Set.of("model"),
          "text", Set.of("model", "words"),
          "json", Set.of("model", "words"),
          "csv", Set.of("model", "words"),
          "html", Set.of("model", "words", "json"));

  static final Set<Map.Entry<String, Set<String>>> REPORT_ARROWS = REPORTS.entrySet();

  private static final int MOST_FILES = 32;

  @ParameterizedTest
  @FieldSource("ARROWS")
  void shouldKnowOnlyThePackagesBelow(Map.Entry<String, Set<String>> arrows) {
    String[] known =
        arrows.getValue().stream().map(ArchitectureTest::packages).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(packages(arrows.getKey()))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackages("io.rstscope..")
                .or(resideInAnyPackage(packages(arrows.getKey())))
                .or(resideInAnyPackage(known)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** Those that know least stand first. */
  @Test
  void shouldBeTheTowerThatThePageShows() throws IOException {
    StringBuilder table = new StringBuilder("| package | knows, of ours |\n|---|---|\n");
    ARROWS.stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Set<String>> each) -> each.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .forEach(each -> table.append(Pages.row("`" + each.getKey() + "`", known(each))));

    Pages.assertHolds(Pages.SITE.resolve("architecture.md"), "packages", table.toString());
  }

  private static String known(Map.Entry<String, Set<String>> arrows) {
    return arrows.getValue().isEmpty()
        ? "nothing"
        : arrows.getValue().stream().sorted().collect(joining(", "));
  }

  @ParameterizedTest
  @FieldSource("JUDGEMENT")
  void shouldKnowOnlyTheStepsOfJudgementBefore(String step) {
    String[] later =
        JUDGEMENT.stream()
            .skip(JUDGEMENT.indexOf(step) + 1L)
            .map(each -> packages("judge." + each))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packages("judge." + step))
        .should()
        .dependOnClassesThat(resideInAnyPackage(later).or(resideInAPackage("io.rstscope.judge")))
        .orShould()
        .dependOnClassesThat(resideInAPackage(packages("capture.live")))
        .check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("REPORT_ARROWS")
  void shouldKnowOnlyThePartsOfReportsBelow(Map.Entry<String, Set<String>> arrows) {
    String[] others =
        REPORTS.keySet().stream()
            .filter(each -> !each.equals(arrows.getKey()) && !arrows.getValue().contains(each))
            .map(each -> packages("report." + each))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packages("report." + arrows.getKey()))
        .should()
        .dependOnClassesThat(resideInAnyPackage(others).or(resideInAPackage("io.rstscope.report")))
        .check(CLASSES);
  }

  /** What options hold is read by commands, which open files and speak. */
  @Test
  void shouldHoldOptionsThatKnowNoCommand() {
    noClasses()
        .that()
        .resideInAPackage(packages("cli.options"))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "cli"))
        .check(CLASSES);
  }

  @Test
  void shouldKeepThePackagesSmall() {
    Map<String, Long> files =
        CLASSES.stream()
            .filter(each -> each.isTopLevelClass())
            .map(JavaClass::getPackageName)
            .collect(groupingBy(name -> name, counting()));
    files.values().removeIf(count -> count <= MOST_FILES);
    assertEquals(Map.of(), files);
  }

  @Test
  void shouldHoldEveryClassInAKnownPackage() {
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(ROOT.length()).split("\\.")[0])
            .collect(toSet());
    packages.removeAll(KNOWS.keySet());
    assertEquals(Set.of(), packages);
  }

  @Test
  void shouldHaveNoCycleBetweenPackages() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldNamePcap4jAndJnaOnlyInCapture() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages("capture"))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.pcap4j..", "com.sun.jna.."))
        .check(CLASSES);
  }

  @Test
  void shouldUseTheStandardStreamsOnlyInCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages("cli"))
        .should()
        .accessTargetWhere(memberOf(System.class, "out", "err", "in"))
        .check(CLASSES);
  }

  /** Below them time is the packet's: a capture gives the same report at any time of day. */
  @Test
  void shouldReadAClockOnlyInWatchAndCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("cli"), packages("watch"))
        .should()
        .accessTargetWhere(memberOf(System.class, "nanoTime", "currentTimeMillis"))
        .orShould()
        .accessTargetWhere(memberOf(Instant.class, "now"))
        .orShould()
        .dependOnClassesThat(type(Clock.class))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaAccess<?>> memberOf(Class<?> owner, String... names) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + " " + Arrays.toString(names),
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && Arrays.asList(names).contains(access.getTarget().getName()));
  }

  private static String packages(String name) {
    return ROOT + name + "..";
  }
}
