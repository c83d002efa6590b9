package dev.ingot.integration.cluster;

import dev.ingot.testkit.TemporaryLake;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates a Spark distribution with Delta ({@code SPARK_HOME}) from the jars that the build resolved. The scripts of a
 * distribution are in no jar; two short ones replace them.
 */
public record SparkHome(Path folder) {

    private static final Pattern SCALA = Pattern.compile("spark-core_([0-9.]+)-.*\\.jar");

    /** JVM options for short-lived processes on few cores. */
    private static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final List<String> FILES =
            List.of("bin/spark-class", "bin/spark-submit", "conf/spark-defaults.conf", "conf/log4j2.properties");

    public SparkHome {
        Objects.requireNonNull(folder, "folder");
    }

    /** Creates the distribution in an empty folder. */
    public static SparkHome in(Path folder) throws IOException {
        for (String part : List.of("jars", "bin", "conf")) {
            Files.createDirectories(folder.resolve(part));
        }
        String scala = "";
        for (String jar : jars()) {
            Path name = Path.of(jar).getFileName();
            Files.createSymbolicLink(folder.resolve("jars").resolve(name), Path.of(jar));
            Matcher core = SCALA.matcher(name.toString());
            scala = core.matches() ? core.group(1) : scala;
        }
        for (String name : FILES) {
            try (InputStream text = SparkHome.class.getResourceAsStream("/spark-home/" + name)) {
                Path file = Files.writeString(
                        folder.resolve(name),
                        new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("@scala@", scala));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return new SparkHome(folder);
    }

    /** Adds a test class to the class path of every JVM of this Spark. */
    void add(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        Path target = folder.resolve("conf").resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
            Files.write(target, bytes.readAllBytes());
        }
    }

    /** Builds a command with this Spark in its environment; it listens and connects only on this machine. */
    ProcessBuilder command(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SPARK_HOME", folder.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_LOCAL_HOSTNAME", "127.0.0.1");
        builder.environment().put("SPARK_DAEMON_MEMORY", "256m");
        builder.environment().put("JAVA_TOOL_OPTIONS", JAVA_OPTIONS);
        return builder;
    }

    String sparkClass() {
        return folder.resolve("bin/spark-class").toString();
    }

    /**
     * Returns whether the classes under test are in jars, which a cluster needs: "mvn verify" packages them, "mvn test"
     * does not.
     */
    public static boolean isPacked() {
        return testkit().toString().endsWith(".jar");
    }

    /** Returns the classpath that the launcher uses too; its file is beside the testkit's jar. */
    private static List<String> jars() throws IOException {
        return List.of(Files.readString(testkit().resolveSibling("classpath/spark"))
                .strip()
                .split(Pattern.quote(File.pathSeparator)));
    }

    private static Path testkit() {
        try {
            return Path.of(TemporaryLake.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
