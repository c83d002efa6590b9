package dev.ingot;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.ingot.component.ComponentCatalog;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan of the house: which package may use which, and what none may use. */
class ArchitectureTest {

    /** What each package may use; a package that is not here must be given its place first. */
    private static final Map<String, List<String>> MAY_USE = mayUse();

    private static final List<String> WITHOUT_SPARK =
            List.of("names", "diagnostics", "yaml", "options", "secrets", "config", "release", "spec", "model", "plan");

    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAnyPackage(
                    "org.apache.spark",
                    "org.apache.spark.rdd..",
                    "org.apache.spark.api.java",
                    "org.apache.spark.sql.catalyst..",
                    "org.apache.spark.sql.execution..",
                    "org.apache.spark.sql.internal..",
                    "org.apache.spark.sql.connector..",
                    "org.apache.spark.sql.delta..")
            .or(describe("a class of RDDs", type -> type.getSimpleName().endsWith("RDD")));

    private static JavaClasses engine;

    private static Map<String, List<String>> mayUse() {
        Map<String, List<String>> uses = new TreeMap<>();
        uses.put("names", List.of());
        uses.put("secrets", List.of());
        uses.put("diagnostics", List.of("secrets"));
        uses.put("delta", List.of());
        uses.put("release", List.of("diagnostics"));
        uses.put("yaml", List.of("diagnostics"));
        uses.put("options", List.of("yaml", "diagnostics", "names", "secrets"));
        uses.put("config", List.of("options", "yaml", "diagnostics", "names", "release", "secrets"));
        uses.put("credentials", List.of("config", "diagnostics", "secrets"));
        uses.put("component", List.of("options", "diagnostics", "names"));
        uses.put("spec", List.of("component", "options", "yaml", "diagnostics", "names"));
        uses.put("model", List.of("spec", "component", "config", "options", "yaml", "diagnostics", "names"));
        uses.put("plan", List.of("model", "spec", "component", "config", "options", "diagnostics", "names"));
        uses.put("compile", List.of("plan", "model", "spec", "component", "config", "options", "diagnostics", "names"));
        uses.put("state", List.of("component", "config", "delta", "diagnostics", "names"));
        uses.put("session", List.of("state", "config", "credentials", "diagnostics", "secrets"));
        uses.put(
                "run",
                List.of(
                        "compile",
                        "session",
                        "state",
                        "plan",
                        "model",
                        "spec",
                        "component",
                        "config",
                        "credentials",
                        "options",
                        "delta",
                        "diagnostics",
                        "names",
                        "release",
                        "secrets"));
        for (String components : List.of("source", "transform", "quality", "target")) {
            uses.put(components, List.of("component", "options", "delta", "diagnostics", "names", "secrets"));
        }
        return uses;
    }

    @BeforeAll
    static void readTheEngine() {
        URL classes =
                ComponentCatalog.class.getProtectionDomain().getCodeSource().getLocation();
        engine = new ClassFileImporter().importUrl(classes);
    }

    @Test
    void everyPackageHasItsPlace() {
        TreeSet<String> packages = new TreeSet<>();
        engine.forEach(type -> packages.add(type.getPackageName().replaceFirst("^dev\\.ingot\\.?", "")));

        assertEquals(MAY_USE.keySet(), packages);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void theArrowNeverTurnsBack(String name) {
        String[] allowed = Stream.concat(Stream.of(name), MAY_USE.get(name).stream())
                .map(ArchitectureTest::packageName)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(packageName(name))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.ingot..")).or(resideInAnyPackage(allowed)))
                .check(engine);
    }

    static Stream<String> packages() {
        return MAY_USE.keySet().stream();
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.ingot.(*)..").should().beFreeOfCycles().check(engine);
    }

    @Test
    void readingAndPlanningKnowNothingOfSpark() {
        noClasses()
                .that()
                .resideInAnyPackage(WITHOUT_SPARK.stream()
                        .map(ArchitectureTest::packageName)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..")
                .check(engine);
    }

    @Test
    void deltaIsOnlyAboutDelta() {
        classes()
                .that()
                .resideInAPackage("dev.ingot.delta..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.ingot.delta..",
                        "java..",
                        "org.apache.spark.sql..",
                        "io.delta..",
                        "org.apache.hadoop..",
                        "com.fasterxml.jackson..",
                        "scala..")
                .check(engine);
    }

    /**
     * Spark Connect has none of these, and Databricks' own Delta has others. A call that gives one is enough. Those that
     * redact sit within an application that Ingot started itself.
     */
    @Test
    void onlyThePublicInterfacesOfSparkAndDeltaAreUsed() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.session\\.Redacted.*")
                .should()
                .dependOnClassesThat(INTERNAL)
                .orShould()
                .accessTargetWhere(
                        describe("takes or gives a class within Spark or Delta", ArchitectureTest::reachesIn))
                .check(engine);
    }

    private static boolean reachesIn(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget called
                && Stream.concat(Stream.of(called.getRawReturnType()), called.getRawParameterTypes().stream())
                        .anyMatch(INTERNAL);
    }

    @Test
    void noSignatureShowsAScalaType() {
        codeUnits().that(areSeen()).should(showNoScala()).check(engine);
        fields().that()
                .arePublic()
                .should()
                .notHaveRawType(resideInAPackage("scala.."))
                .check(engine);
    }

    @Test
    void nothingPrintsAndNothingExits() {
        noClasses()
                .that()
                .doNotHaveSimpleName("StandardStreams")
                .should()
                .accessTargetWhere(describe("prints", ArchitectureTest::prints))
                .orShould()
                .accessTargetWhere(describe("exits", ArchitectureTest::exits))
                .check(engine);
    }

    private static boolean prints(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        JavaClass owner = access.getTargetOwner();
        boolean stream =
                owner.isEquivalentTo(System.class) && List.of("out", "err").contains(name);
        return stream || (owner.isAssignableTo(Throwable.class) && name.equals("printStackTrace"));
    }

    private static boolean exits(JavaAccess<?> access) {
        boolean process = access.getTargetOwner().isEquivalentTo(System.class)
                || access.getTargetOwner().isEquivalentTo(Runtime.class);
        return process && List.of("exit", "halt").contains(access.getTarget().getName());
    }

    private static DescribedPredicate<JavaCodeUnit> areSeen() {
        return describe("can be seen from outside", unit -> {
            boolean open = unit.getModifiers().contains(JavaModifier.PUBLIC)
                    || unit.getModifiers().contains(JavaModifier.PROTECTED);
            return open && unit.getOwner().getModifiers().contains(JavaModifier.PUBLIC);
        });
    }

    private static ArchCondition<JavaCodeUnit> showNoScala() {
        return new ArchCondition<>("show no Scala type") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                unit.getAllInvolvedRawTypes().stream()
                        .filter(type -> type.getPackageName().startsWith("scala"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getDescription() + " shows " + type.getName())));
            }
        };
    }

    private static String packageName(String name) {
        return "dev.ingot." + name + "..";
    }
}
