package dev.ingot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generates a project of many realistic pipelines: a fifth of them load files, the others read tables of these. */
final class GeneratedProject {

    private GeneratedProject() {}

    /**
     * Writes a project.
     *
     * @param pipelines the number of pipelines
     */
    static void write(Path folder, int pipelines) throws IOException {
        Files.createDirectories(folder.resolve("conf/env"));
        Files.writeString(
                folder.resolve("conf/project.yml"), "name: generated\nvariables:\n  least: {type: int, default: 1}\n");
        Files.writeString(folder.resolve("conf/env/local.yml"), "lake: lake\n");
        for (int i = 0; i < pipelines; i++) {
            Path file = folder.resolve("pipelines/area" + i / 100 + "/t" + i + ".yml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, i % 5 == 0 ? landing(i) : refined(i));
        }
    }

    private static String landing(int i) {
        return """
                name: t%d
                description: Orders of shop %d as delivered.
                owner: data@example.com
                tags: [orders, daily]
                source:
                  files: {path: landing/t%d, format: csv, schema: "id INT, customer STRING, amount STRING, at STRING"}
                quality:
                  - not_null: [id]
                target: {layer: bronze, mode: append}
                """.formatted(i, i, i);
    }

    private static String refined(int i) {
        int source = i - i % 5;
        return """
                name: t%d
                description: Orders of shop %d in their latest state.
                owner: data@example.com
                tags: [orders, daily]
                source:
                  table: bronze.t%d
                transformations:
                  - cast: {amount: double, at: timestamp}
                  - derive:
                      day: to_date(at)
                      large: amount > 100 AND customer IS NOT NULL
                  - filter: amount >= :var_least
                quality:
                  - not_null: [id, customer]
                  - range: {column: amount, min: 0, max: 100000}
                    on_violation: warn
                  - unique: [id]
                target:
                  layer: silver
                  mode: merge
                  keys: [id]
                  sequence_by: [at]
                """.formatted(i, i, source);
    }
}
