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
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.ingot.api.PublicApi;
import dev.ingot.component.ComponentCatalog;
import java.net.URL;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the module structure: which package may use which, and which APIs none may use. */
class ArchitectureTest {

    /**
     * The allowed dependencies: a line for each package, with the packages that it may use after the colon; lower
     * packages first. {@code x.*} means {@code x} and its sub-packages. A package without a line fails the test.
     */
    private static final Map<String, Set<String>> MAY_USE = parse("""
            api:
            names: api
            secrets:
            delta:
            diagnostics: secrets api
            release: diagnostics
            yaml: diagnostics api
            options: yaml diagnostics names secrets api
            config: options yaml diagnostics names release secrets
            secrets.provider: secrets
            secrets.hadoop: config diagnostics secrets secrets.provider
            component.input: options api
            component.rows: options diagnostics api
            component: component.input component.rows options api
            source: component.* options delta diagnostics names
            transform: component.* options diagnostics
            quality: component.* options
            mode: component.* options diagnostics
            definition: component.* options yaml diagnostics names
            model: definition component.* config options yaml diagnostics names
            plan: model definition component.* config options diagnostics names release
            compile: plan model definition component.* config options diagnostics names
            state: component.* config delta diagnostics names
            session: state config secrets.hadoop diagnostics secrets
            run.context: compile session state config delta names
            run.failure: diagnostics
            run.schema: run.context run.failure PLANNED
            run.batch: run.context run.schema PLANNED
            run.write: run.context run.schema run.failure PLANNED
            run.history: run.write state config delta diagnostics names
            run.recovery: run.context run.batch run.write PLANNED
            run.maintenance: run.context run.recovery run.batch run.write run.failure PLANNED
            run.inspect: run.context run.batch run.schema run.failure secrets.hadoop PLANNED
            run: run.* release PLANNED
            """.replace(
                    "PLANNED",
                    "compile plan model definition session state component.* config options delta diagnostics names"));

    private static final List<String> WITHOUT_SPARK = List.of(
            "names",
            "diagnostics",
            "yaml",
            "options",
            "secrets",
            "secrets.provider",
            "config",
            "release",
            "spec",
            "model",
            "plan");

    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAnyPackage(
                    "org.apache.spark",
                    "org.apache.spark.rdd..",
                    "org.apache.spark.api.java",
                    "org.apache.spark.sql.catalyst..",
                    "org.apache.spark.sql.execution..",
                    "org.apache.spark.sql.internal..",
                    "org.apache.spark.sql.connector..",
                    "org.apache.spark.sql.delta..")
            .or(describe("an RDD class", type -> type.getSimpleName().endsWith("RDD")));

    private static JavaClasses engine;

    private static Map<String, Set<String>> parse(String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        text.lines().forEach(line -> lines.put(line.replaceFirst(":.*", ""), line.replaceFirst("[^:]*:", "")));
        Map<String, Set<String>> dependencies = new TreeMap<>();
        lines.forEach((name, uses) -> {
            Set<String> allowed = new TreeSet<>();
            for (String use : uses.strip().split("\\s+", -1)) {
                lines.keySet().stream()
                        .filter(each -> each.equals(use) || (each + ".*").equals(use) || isBelow(each, use))
                        .forEach(allowed::add);
            }
            dependencies.put(name, allowed);
        });
        return dependencies;
    }

    private static boolean isBelow(String name, String pattern) {
        return pattern.endsWith(".*") && name.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    @BeforeAll
    static void importEngine() {
        URL classes =
                ComponentCatalog.class.getProtectionDomain().getCodeSource().getLocation();
        engine = new ClassFileImporter().importUrl(classes);
    }

    @Test
    void declaresEveryPackage() {
        TreeSet<String> packages = new TreeSet<>();
        engine.forEach(type -> packages.add(type.getPackageName().replaceFirst("^dev\\.ingot\\.?", "")));

        assertEquals(MAY_USE.keySet(), packages);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyAllowedPackages(String name) {
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
    void packagesHaveNoCycles() {
        slices().matching("dev.ingot.(**)").should().beFreeOfCycles().check(engine);
    }

    @Test
    void readingAndPlanningDoNotUseSpark() {
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
    void deltaUsesOnlyDeltaAndSpark() {
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
     * Spark Connect has no internal classes, and Databricks' own Delta has others. A call that returns one counts as a
     * use. The exceptions redact, and run only in an application that Ingot started itself.
     */
    @Test
    void usesOnlyPublicApisOfSparkAndDelta() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.session\\.Redacted.*")
                .should()
                .dependOnClassesThat(INTERNAL)
                .orShould()
                .accessTargetWhere(describe(
                        "takes or returns an internal class of Spark or Delta", ArchitectureTest::usesInternals))
                .check(engine);
    }

    private static boolean usesInternals(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget called
                && Stream.concat(Stream.of(called.getRawReturnType()), called.getRawParameterTypes().stream())
                        .anyMatch(INTERNAL);
    }

    /** People who write components may rely on these packages, so what they expose must be as stable. */
    @Test
    void publicApiExposesOnlyPublicApi() {
        codeUnits()
                .that(areVisible())
                .should(new ArchCondition<JavaCodeUnit>("expose public API only") {
                    @Override
                    public void check(JavaCodeUnit unit, ConditionEvents events) {
                        reportInternal(unit.getOwner(), unit.getFullName(), unit.getAllInvolvedRawTypes(), events);
                    }
                })
                .check(engine);
        classes()
                .that()
                .arePublic()
                .should(new ArchCondition<JavaClass>("extend public API and have fields of it only") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        Set<JavaClass> exposed = new HashSet<>(type.getRawInterfaces());
                        type.getRawSuperclass().ifPresent(exposed::add);
                        type.getFields().stream()
                                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                                .forEach(field -> exposed.add(field.getRawType()));
                        reportInternal(type, type.getFullName(), exposed, events);
                    }
                })
                .check(engine);
    }

    private static void reportInternal(JavaClass owner, String what, Set<JavaClass> exposed, ConditionEvents events) {
        if (isPublicApi(owner.getPackage())) {
            exposed.stream()
                    .map(JavaClass::getBaseComponentType)
                    .filter(type -> type.getPackageName().startsWith("dev.ingot") && !isPublicApi(type.getPackage()))
                    .forEach(type ->
                            events.add(SimpleConditionEvent.violated(owner, what + " exposes " + type.getName())));
        }
    }

    private static boolean isPublicApi(JavaPackage name) {
        return name.isAnnotatedWith(PublicApi.class);
    }

    @Test
    void noSignatureExposesScalaTypes() {
        codeUnits().that(areVisible()).should(exposeNoScala()).check(engine);
        fields().that()
                .arePublic()
                .should()
                .notHaveRawType(resideInAPackage("scala.."))
                .check(engine);
    }

    @Test
    void neverPrintsOrExits() {
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

    private static DescribedPredicate<JavaCodeUnit> areVisible() {
        return describe("are visible from outside", unit -> {
            boolean visible = unit.getModifiers().contains(JavaModifier.PUBLIC)
                    || unit.getModifiers().contains(JavaModifier.PROTECTED);
            return visible && unit.getOwner().getModifiers().contains(JavaModifier.PUBLIC);
        });
    }

    private static ArchCondition<JavaCodeUnit> exposeNoScala() {
        return new ArchCondition<>("expose no Scala type") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                unit.getAllInvolvedRawTypes().stream()
                        .filter(type -> type.getPackageName().startsWith("scala"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getDescription() + " exposes " + type.getName())));
            }
        };
    }

    private static String packageName(String name) {
        return "dev.ingot." + name;
    }
}
