package dev.ingot.deploy.databricks;

import dev.ingot.options.Option;
import java.util.Objects;

/** Options of serverless compute; it supports jars for Scala 2.13 and few Spark settings. */
public record Serverless(
        @Option(description = "Databricks' environment version; JAR tasks need 4 or later.", defaultValue = "4")
        String environmentVersion) {

    public Serverless {
        Objects.requireNonNull(environmentVersion, "environmentVersion");
    }
}
