package dev.ingot.integration.cluster;

import dev.ingot.testkit.RefusingFileSystem;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A project of one table, whose files are in a file system that rejects every read and quotes its key. */
final class RefusedTable {

    static final String SECRET = "n0b0dy-sh0uld-read-this";

    private RefusedTable() {}

    /** Writes the project, with one environment, {@code test}. */
    static Path in(TemporaryLake folder, String deploy) throws IOException {
        Path secret = folder.write("refused-secrets/key", SECRET);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        folder.write("refused/conf/project.yml", "name: refused");
        folder.write(
                "refused/conf/env/test.yml",
                "lake: " + folder.path("lakes/refused"),
                "deploy: {local: " + deploy + "}",
                "secrets: {files: {provider: file, path: " + secret.getParent() + "}}",
                "spark:",
                "  spark.hadoop.fs.refusing.impl: " + RefusingFileSystem.class.getName(),
                "  spark.hadoop." + RefusingFileSystem.PASSWORD + ": ${secret:files/key}");
        folder.write("refused/landing/orders.csv", "id", "1");
        folder.write(
                "refused/pipelines/orders.yml",
                "name: orders",
                "source: {files: {path: 'refusing://" + folder.path("refused/landing")
                        + "', format: csv, schema: id INT}}",
                "target: {layer: bronze, mode: append}");
        return folder.path("refused");
    }
}
