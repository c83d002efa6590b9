package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ProjectPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that data which a contract marks as personal is masked in the table, its quarantine, and its downstream
 * tables.
 */
class PersonalDataTest {

    private LogicalPlan plan;

    @BeforeEach
    void project(@TempDir Path root) throws IOException {
        write(root, "conf/project.yml", "name: people\n");
        write(root, "conf/env/local.yml", "lake: lake\n");
        write(root, "pipelines/people.yml", """
                name: people
                source:
                  rows: [{id: 1, E_MAIL: b@x.org}]
                transformations:
                  - rename: {E_MAIL: email}
                target:
                  layer: bronze
                  mode: merge
                  keys: [id]
                  columns: [{name: id, type: string}, {name: email, type: string, pii: true}]
                """);
        write(root, "pipelines/known.yml", """
                name: known
                source: {table: bronze.people}
                target: {layer: silver, mode: view}
                """);
        Diagnostics diagnostics = new Diagnostics();
        RunValues run = new RunValues("seen", LocalDate.parse("2026-01-02"), Instant.EPOCH);
        plan = ProjectPlanner.of(
                new ProjectReader(root, Map.of(), diagnostics)
                        .read("local", Map.of(), run)
                        .orElseThrow(),
                ComponentCatalog.load(getClass().getClassLoader()),
                diagnostics);
        diagnostics.throwIfErrors();
    }

    private static void write(Path root, String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private Map<String, Object> shown(String table, boolean personal, Map<String, Object> cells) {
        Map<String, Object> masked = new LinkedHashMap<>(cells);
        new PersonalData(plan, TableId.parse(table).orElseThrow(), personal).mask(masked);
        return masked;
    }

    @Test
    void masksPersonalDataByDefault() {
        Map<String, Object> row = Map.of("id", "1", "Email", "b@x.org");

        assertEquals(Map.of("id", "1", "Email", "***"), shown("bronze.people", false, row));
        assertEquals(Map.of("id", "1", "Email", "***"), shown("silver.known", false, row));
        assertEquals(row, shown("bronze.people", true, row));
    }

    @Test
    void masksPersonalDataInQuarantinedRowsUnderAnyName() {
        Map<String, Object> quarantined = Map.of("row", "{\"id\":\"1\",\"E_MAIL\":\"b@x.org\",\"email\":\"b@x.org\"}");
        Map<String, Object> masked = shown("bronze.people_quarantine", false, quarantined);

        assertEquals("{\"id\":\"1\",\"E_MAIL\":\"***\",\"email\":\"***\"}", masked.get("row"));
        assertEquals(
                "***",
                shown("bronze.people_quarantine", false, Map.of("row", "1;b@x.org"))
                        .get("row"));
    }
}
