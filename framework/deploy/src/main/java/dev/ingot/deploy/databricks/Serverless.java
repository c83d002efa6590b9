package dev.ingot.deploy.databricks;

import dev.ingot.options.Option;
import java.util.Objects;

/** Compute that Databricks keeps; it takes jars of Scala 2.13 and few settings of Spark. */
public record Serverless(
        @Option(description = "Databricks' environment version; JAR tasks need 4 or later.", defaultValue = "4")
        String environmentVersion) {

    public Serverless {
        Objects.requireNonNull(environmentVersion, "environmentVersion");
    }
}
