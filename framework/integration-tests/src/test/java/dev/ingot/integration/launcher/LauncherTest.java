package dev.ingot.integration.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.integration.cluster.SparkHome;
import dev.ingot.integration.launcher.BuiltClone.Ended;
import dev.ingot.release.IngotVersion;
import dev.ingot.release.Release;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(
        value = "dev.ingot.integration.cluster.SparkHome#isPacked",
        disabledReason = "only 'mvn verify' packs the jars")
class LauncherTest {

    private static TemporaryLake folder;
    private static BuiltClone clone;

    /** A new folder for each test, which every user can write to. */
    @TempDir
    private Path project;

    @BeforeAll
    static void copyTheClone() throws IOException {
        folder = TemporaryLake.create();
        Files.setPosixFilePermissions(folder.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        clone = BuiltClone.in(folder.root());
    }

    @AfterAll
    static void deleteTheClone() {
        folder.close();
    }

    @BeforeEach
    void writeTheProject() throws IOException {
        Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxrwxrwx"));
        write("conf/project.yml", "name: one");
        write("conf/env/local.yml", "lake: lake");
        write(
                "pipelines/orders.yml",
                "name: orders",
                "source: {rows: [{id: 1}]}",
                "target: {layer: bronze, mode: append}");
    }

    @LongTest
    @Test
    void runsAProjectFromAReadOnlyClone() throws IOException {
        clearArchives();

        Ended ended = clone.ingotWhereTargetIsReadOnly(project, Map.of(), "run");

        assertEquals(0, ended.code(), ended::printed);
        assertTrue(Files.exists(project.resolve("lake/bronze/orders/_delta_log")), ended::printed);
        assertEquals(List.of(), archives());
        assertEquals(0, clone.home().toFile().list().length);
    }

    @LongTest
    @Test
    void runsAProjectWithSparkHome() throws IOException {
        clearArchives();
        Path spark = SparkHome.in(folder.path("a spark")).folder();

        Ended ended = clone.ingot(project, Map.of("SPARK_HOME", spark.toString()), "run");

        assertEquals(0, ended.code(), ended::printed);
        assertTrue(Files.exists(project.resolve("lake/bronze/orders/_delta_log")), ended::printed);
        assertEquals(List.of(), archives());
    }

    @Test
    void firstStartWritesAClassDataArchive() throws IOException {
        clearArchives();

        assertEquals(
                new Ended(0, "ingot " + IngotVersion.current() + "\n"), clone.ingot(project, Map.of(), "--version"));
        assertEquals(List.of("small.jsa"), archives());

        String archive = "-XX:SharedArchiveFile=" + clone.target().resolve("small.jsa");
        assertTrue(javaArguments(Map.of(), "--version").contains(archive));
    }

    @Test
    void findsTheJobJar() {
        Ended ended = clone.ingot(project, Map.of(), "package", "--to", "artifacts");

        assertEquals(0, ended.code(), ended::printed);
        assertTrue(ended.printed().contains("job jar"), ended::printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "deploy"})
    void appendsIngotClasspathAndUsesNoArchive(String command) throws IOException {
        List<String> javaArguments = javaArguments(Map.of("INGOT_CLASSPATH", "/srv/drivers:/srv/components"), command);

        assertTrue(classPath(javaArguments).endsWith(":/srv/drivers:/srv/components"), javaArguments::toString);
        assertFalse(javaArguments.toString().contains(".jsa"), javaArguments::toString);
    }

    @Test
    void appendsJavaOptionsAfterTheLaunchersOptions() throws IOException {
        List<String> javaArguments =
                javaArguments(Map.of("INGOT_JAVA_OPTS", "-Xmx8g --add-modules java.sql"), "run", "--date", "a b");

        int launcherOption = javaArguments.indexOf("-Xmx2g");
        int userOption = javaArguments.indexOf("-Xmx8g");
        assertTrue(launcherOption >= 0 && launcherOption < userOption, javaArguments::toString);
        assertEquals(
                List.of("-Xmx8g", "--add-modules", "java.sql", "-cp"),
                javaArguments.subList(userOption, userOption + 4));
        assertEquals(
                List.of("dev.ingot.cli.Main", "run", "--date", "a b"),
                javaArguments.subList(userOption + 5, javaArguments.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--project=shop.zip", "--project shop.zip", "--project ."})
    void addsTheDriversOfAProject(String option) throws IOException {
        write("conf/env/prod.yml", "# s3a://elsewhere", "lake: abfss://lake@account.dfs.core.windows.net/shop");
        Files.write(project.resolve("shop.zip"), Release.of("shop", project).zip());
        clone.addDriver("hadoop-aws");
        clone.addDriver("hadoop-azure");

        List<String> javaArguments = javaArguments(Map.of(), ("run --env prod " + option).split(" ", -1));

        String drivers = clone.folder() + "/framework/drivers/target/lib/";
        assertTrue(classPath(javaArguments).endsWith(":" + drivers + "hadoop-azure.jar"), javaArguments::toString);
        assertFalse(classPath(javaArguments).contains("hadoop-aws.jar"), javaArguments::toString);
    }

    @Test
    void addsNoDriversOfANestedProject() throws IOException {
        write("pipelines/other/conf/project.yml", "name: other");
        write("pipelines/other/pipelines/landed.yml", "source: {files: {path: 's3a://landing/orders', format: csv}}");
        clone.addDriver("hadoop-aws");

        assertFalse(classPath(javaArguments(Map.of(), "run")).contains("hadoop-aws.jar"));
        List<String> javaArguments = javaArguments(Map.of(), "run", "--project", "pipelines/other");
        assertTrue(classPath(javaArguments).endsWith("/lib/hadoop-aws.jar"), javaArguments::toString);
    }

    @Test
    void addsTheDriversOfTheReleasesPipelines() throws IOException {
        write("pipelines/deep/landed.yml", "source: {files: {path: 's3a://landing/orders', format: csv}}");
        Files.write(project.resolve("shop.zip"), Release.of("shop", project).zip());
        clone.addDriver("hadoop-aws");

        List<String> javaArguments = javaArguments(Map.of(), "plan", "--project", "shop.zip");

        assertTrue(classPath(javaArguments).endsWith("/lib/hadoop-aws.jar"), javaArguments::toString);
    }

    @Test
    void reportsADriverThatCannotBeFetched() throws IOException {
        Path drivers = clone.folder().resolve("framework/drivers/target");
        Files.createDirectories(drivers);
        Files.setPosixFilePermissions(drivers, PosixFilePermissions.fromString("r-xr-xr-x"));

        Ended ended = clone.ingotWhereTargetIsReadOnly(project, Map.of("INGOT_DRIVERS", "hadoop-other"), "run");
        Files.setPosixFilePermissions(drivers, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertEquals(
                new Ended(
                        3,
                        "ingot: cannot fetch the storage driver hadoop-other: '" + drivers + "' is not writable; run"
                                + " 'INGOT_DRIVERS=hadoop-other " + clone.folder()
                                + "/ingot run --help' once as a user with write access\n"),
                ended);
    }

    @Test
    void reportsABuildWithoutWriteAccess() throws IOException {
        Path source = clone.folder().resolve("pom.xml");
        FileTime before = Files.getLastModifiedTime(source);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        Ended ended = clone.ingotWhereTargetIsReadOnly(project, Map.of(), "validate");
        Files.setLastModifiedTime(source, before);

        assertEquals(
                new Ended(
                        3,
                        "ingot: cannot build: '" + clone.target() + "' is not writable; run '" + clone.folder()
                                + "/ingot --help' once as a user with write access\n"),
                ended);
    }

    @Test
    void buildsAnotherSparkLineSeparatelyAndReportsAnUnknownOne() throws IOException {
        Map<String, String> line = Map.of("INGOT_LINE", "spark-4.0");
        Ended ended = clone.ingotWhereTargetIsReadOnly(project, line, "validate");

        assertTrue(
                ended.printed().startsWith("ingot: cannot build: '" + clone.target() + "/spark-4.0' is not writable"),
                ended::printed);
        assertEquals(
                new Ended(3, "ingot: cannot start: INGOT_LINE is '3.4', accepted are spark-3.4 and spark-4.0\n"),
                clone.ingot(project, Map.of("INGOT_LINE", "3.4"), "validate"));
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402, false", "16.0.2, false", "17, true", "17.0.15, true", "21.0.4, true", "22, false"})
    void startsOnlySupportedJavaVersions(String version, boolean accepted) throws IOException {
        Path java = java(version).resolve("bin/java").toRealPath();
        Ended ended = clone.ingot(project, Map.of("JAVA_HOME", java(version).toString()), "validate");

        if (accepted) {
            assertEquals(0, ended.code(), ended::printed);
        } else {
            assertEquals(
                    new Ended(
                            3,
                            "ingot: cannot start: '" + java + "' is Java " + version
                                    + ", accepted are 17 to 21; set JAVA_HOME to a JDK 17\n"),
                    ended);
        }
    }

    @Test
    void reportsAMissingJava() {
        assertEquals(
                new Ended(3, "ingot: cannot start: Java is not installed (no '/nowhere/bin/java'); install JDK 17\n"),
                clone.ingot(project, Map.of("JAVA_HOME", "/nowhere"), "validate"));
    }

    /** Returns the arguments that the launcher passes to Java. */
    private List<String> javaArguments(Map<String, String> variables, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(variables);
        all.put("JAVA_HOME", java("17.0.1").toString());
        return clone.ingot(project, all, arguments).printed().lines().toList();
    }

    /** Creates a JDK whose java command prints its arguments instead of running. */
    private static Path java(String version) throws IOException {
        Path java = folder.path("a java " + version);
        if (Files.notExists(java)) {
            Files.createDirectories(java.resolve("bin"));
            Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
            Files.writeString(java.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
            Files.setPosixFilePermissions(java.resolve("bin/java"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createSymbolicLink(java.resolve("bin/jar"), Path.of(System.getProperty("java.home"), "bin", "jar"));
        }
        return java;
    }

    private static String classPath(List<String> javaArguments) {
        return javaArguments.get(javaArguments.indexOf("-cp") + 1);
    }

    private static List<String> archives() throws IOException {
        try (Stream<Path> files = Files.list(clone.target())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsa"))
                    .toList();
        }
    }

    private static void clearArchives() throws IOException {
        for (String archive : archives()) {
            Files.delete(clone.target().resolve(archive));
        }
    }

    private void write(String name, String... lines) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }
}
