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
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Data moves one way: capture, wire, flow and amqp, reset, judge, report. */
class ArchitectureTest {
  private static final String ROOT = "io.rstscope.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rstscope");

  /** Which of our packages each of them may name. */
  private static final Map<String, Set<String>> KNOWS =
      Map.ofEntries(
          entry("wire", Set.of()),
          entry("capture", Set.of("wire")),
          entry("flow", Set.of("wire", "capture")),
          entry("amqp", Set.of("wire")),
          entry("reset", Set.of("wire", "capture", "flow", "amqp")),
          entry("judge", Set.of("wire", "capture", "flow", "amqp", "reset")),
          entry("brokerlog", Set.of("capture", "flow", "amqp", "reset", "judge")),
          entry("report", Set.of("wire", "capture", "flow", "amqp", "reset", "judge", "brokerlog")),
          entry("excerpt", Set.of("wire", "capture", "flow", "amqp", "reset", "judge", "report")),
          entry(
              "watch",
              Set.of("wire", "capture", "flow", "amqp", "reset", "judge", "report", "cli")),
          entry(
              "cli",
              Set.of(
                  "wire",
                  "capture",
                  "flow",
                  "amqp",
                  "reset",
                  "judge",
                  "brokerlog",
                  "report",
                  "excerpt",
                  "watch")));

  static final Set<Map.Entry<String, Set<String>>> ARROWS = KNOWS.entrySet();

  /** The same within judgement: each step knows those before it. */
  private static final List<String> JUDGEMENT =
      List.of("context", "sender", "timer", "cause", "incident", "advice");

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

  @Test
  void shouldKeepThePackagesOfJudgementSmall() {
    Map<String, Long> files =
        CLASSES.stream()
            .filter(each -> each.isTopLevelClass())
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + "judge"))
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
