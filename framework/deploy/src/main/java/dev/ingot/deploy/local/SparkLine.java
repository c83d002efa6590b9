package dev.ingot.deploy.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.Connectors;
import dev.ingot.deploy.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The external dependencies of the Spark version that Ingot is built for.
 *
 * @param delta the Maven coordinates of Delta
 * @param hadoop the version of Hadoop, which its connectors must have as well
 * @param jvm the options that Spark needs on Java 17
 */
record SparkLine(String delta, String hadoop, String jvm) {

    SparkLine {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(hadoop, "hadoop");
        Objects.requireNonNull(jvm, "jvm");
    }

    /** Reads the dependencies of this build. */
    static SparkLine ofThisBuild() {
        try (InputStream file = SparkLine.class.getResourceAsStream("spark-line.yml")) {
            JsonNode line = TextFiles.readYaml(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return new SparkLine(
                    line.get("delta").asText(),
                    line.get("hadoop").asText(),
                    line.get("jvm").asText().strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the coordinates of Delta and of the connectors for the storages of some addresses, Delta first. */
    List<String> packages(List<String> addresses) {
        TreeSet<String> connectors = new TreeSet<>();
        addresses.forEach(address -> Connectors.of(address)
                .ifPresent(connector -> connectors.add("org.apache.hadoop:" + connector + ":" + hadoop)));
        List<String> packages = new ArrayList<>(List.of(delta));
        packages.addAll(connectors);
        return List.copyOf(packages);
    }
}
