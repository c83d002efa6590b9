package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.ProjectPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedTableTest {

    private LogicalPlan plan;

    @BeforeEach
    void project(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("conf/env"));
        Files.createDirectories(root.resolve("pipelines"));
        Files.writeString(root.resolve("conf/project.yml"), "name: shop\n");
        Files.writeString(root.resolve("conf/env/local.yml"), "lake: lake\n");
        Files.writeString(root.resolve("pipelines/orders.yml"), """
                name: orders
                source: {rows: [{id: 1}]}
                target: {layer: bronze, mode: append}
                ---
                name: current
                source: {table: bronze.orders}
                target: {layer: silver, mode: view}
                """);
        Diagnostics diagnostics = new Diagnostics();
        RunValues run = new RunValues("seen", LocalDate.parse("2026-01-02"), Instant.EPOCH);
        plan = ProjectPlanner.of(
                new ProjectReader(root, Map.of(), diagnostics)
                        .read("local", Map.of(), run)
                        .orElseThrow(),
                ComponentCatalog.load(),
                diagnostics);
        diagnostics.throwIfErrors();
    }

    @Test
    void findsTablesQuarantinesAndViews() {
        assertEquals("bronze.orders", NamedTable.of("bronze.orders", plan).id().toString());
        assertEquals(
                "bronze.orders_quarantine",
                NamedTable.of("bronze.orders_quarantine", plan).id().toString());
        assertEquals(
                "silver.current", NamedTable.of("silver.current", plan).id().toString());
    }

    @Test
    void aViewHasNoQuarantine() {
        assertEquals("""
                TABLE  error CONF-008  Cannot find the table 'silver.current_quarantine': silver.current is a view, and a\
                 view has no quarantine
                    The quarantines of the tables that it reads hold the rejected rows.""", message("silver.current_quarantine"));
    }

    @Test
    void suggestsAKnownTable() {
        assertEquals("""
                TABLE  error CONF-008  Cannot find the table 'bronze.order': no pipeline writes it
                    accepted: bronze.orders, silver.current       did you mean 'bronze.orders'?""", message("bronze.order"));
    }

    private String message(String written) {
        return assertThrows(IngotException.class, () -> NamedTable.of(written, plan))
                .getMessage();
    }
}
