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
 * A Spark with Delta as a distribution would lie on a machine ({@code SPARK_HOME}), laid out from the jars that the build
 * resolved. The scripts of a distribution are in no jar; two short ones take their place.
 */
public record SparkHome(Path folder) {

    private static final Pattern SCALA = Pattern.compile("spark-core_([0-9.]+)-.*\\.jar");

    /** For every JVM: short lives on few cores. */
    private static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final List<String> FILES =
            List.of("bin/spark-class", "bin/spark-submit", "conf/spark-defaults.conf", "conf/log4j2.properties");

    public SparkHome {
        Objects.requireNonNull(folder, "folder");
    }

    /** Lays it out in an empty folder. */
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

    /** Puts a class of the tests where every JVM of this Spark finds it. */
    void add(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        Path there = folder.resolve("conf").resolve(file);
        Files.createDirectories(there.getParent());
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
            Files.write(there, bytes.readAllBytes());
        }
    }

    /** A command with this Spark in its environment, and nothing that listens or talks beyond this machine. */
    ProcessBuilder command(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words);
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

    /** Whether the classes under test come from jars, as a cluster needs them: "mvn verify" packs them, "mvn test" not. */
    public static boolean isPacked() {
        return testkit().toString().endsWith(".jar");
    }

    /** The classpath that the launcher uses too; it lies beside the testkit's jar. */
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
