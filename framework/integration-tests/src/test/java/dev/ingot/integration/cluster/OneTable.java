package dev.ingot.integration.cluster;

import dev.ingot.testkit.TemporaryLake;
import java.nio.file.Path;

/** The smallest project: one table with one row, whose pipeline fails when the variable 'least' is above 1. */
final class OneTable {

    private OneTable() {}

    /** Writes the project, with one environment, {@code test}. */
    static Path in(TemporaryLake folder, String deploy) {
        folder.write(
                "one/conf/project.yml",
                "name: one",
                "variables: {least: {type: int, default: 1, description: Least id.}}");
        folder.write("one/conf/env/test.yml", "lake: " + folder.path("lakes/one"), "deploy: {local: " + deploy + "}");
        folder.write(
                "one/pipelines/orders.yml",
                "name: orders",
                "source: {rows: [{id: 1}]}",
                "quality: [{expression: 'id >= :var_least', name: at_least, on_violation: fail}]",
                "target: {layer: bronze, mode: append}");
        return folder.path("one");
    }
}
