package dev.ingot.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.input.ReadMode;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    private static final String PROJECT = """
            -- pipelines/z.yml --
            name: z
            source: {rows: [{x: 1}]}
            target: {layer: bronze, mode: append}
            -- pipelines/a.yml --
            name: a
            sources:
              z: {table: bronze.z}
              y: {table: silver.y_quarantine}
            input: z
            quality:
              - references: {columns: x, table: silver.x}
            target: {layer: silver, mode: merge, keys: x}
            -- pipelines/x.yml --
            name: x
            source: {table: silver.y, read: all}
            target: {layer: silver, mode: append}
            ---
            name: y
            source: {table: bronze.z}
            target: {layer: silver, mode: overwrite}
            """;

    @TempDir
    private Path folder;

    @Test
    void ordersPipelinesAfterWhatTheyRead() {
        LogicalPlan plan = new WrittenProject(folder, PROJECT).plan();

        assertEquals(List.of("bronze.z", "silver.y", "silver.x", "silver.a"), order(plan));
        assertEquals(
                "[bronze.z, silver.x, silver.y]",
                plan.byTable().get(new TableId("silver", "a")).dependsOn().toString());
    }

    @Test
    void doesNotReadANestedProject() {
        String other = """
                -- pipelines/deep/other/conf/project.yml --
                name: other
                -- pipelines/deep/other/pipelines/z.yml --
                name: z
                source: {rows: [{x: 1}]}
                target: {layer: bronze, mode: append}
                -- pipelines/deep/other/pipelines/mistaken.yml --
                name: [
                -- pipelines/deep/near.yml --
                name: near
                source: {table: bronze.z}
                target: {layer: silver, mode: append}
                """;
        LogicalPlan plan = new WrittenProject(folder, PROJECT + other).plan();

        assertEquals(
                List.of("bronze.z", "silver.a", "silver.near", "silver.x", "silver.y"),
                order(plan).stream().sorted().toList());
    }

    @Test
    void plansIndependentlyOfTheOrderOfFiles() {
        WrittenProject written = new WrittenProject(folder, PROJECT);
        LogicalPlan plan = written.plan();
        List<Pipeline> pipelines = new ArrayList<>(
                plan.pipelines().stream().map(PipelinePlan::definition).toList());
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(pipelines, random);
            assertEquals(order(plan), order(new Planner(plan.project(), new Diagnostics()).plan(pipelines, Set.of())));
        }
    }

    @Test
    void readsOnlyTheInputOfAnIncrementalTargetIncrementally() {
        LogicalPlan plan = new WrittenProject(folder, PROJECT).plan();

        assertEquals("{z=NEW, y=ALL}", reads(plan, "a"));
        assertEquals("{input=ALL}", reads(plan, "x"));
        assertEquals("{input=ALL}", reads(plan, "y"));
        assertEquals(
                ReadMode.NEW, plan.byTable().get(new TableId("silver", "a")).inputMode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: append | | DIRECT",
                "mode: append | not_null: x, on_violation: warn | DIRECT",
                "mode: append | not_null: x, on_violation: drop | DIRECT",
                "mode: append | not_null: x, on_violation: fail | GUARDED",
                "mode: append | not_null: x | STAGED",
                "mode: append | not_null: x, on_violation: warn, max_violations: 1% | STAGED",
                "mode: append | unique: x, on_violation: warn | STAGED",
                "mode: overwrite | row_count: {min: 1} | STAGED",
                "mode: merge, keys: x | | STAGED",
                "'mode: append, columns: [{name: x, type: int, nullable: false}]' | | STAGED",
                "'mode: append, columns: [{name: x, type: int}]' | | DIRECT"
            })
    void choosesTheRouteByChecks(String target, String check, Route route) {
        String quality = check == null ? "" : "quality: [{" + check + "}]\n";
        LogicalPlan plan = new WrittenProject(
                        folder,
                        "-- pipelines/t.yml --\nname: t\nsource: {rows: [{x: 1}]}\n" + quality
                                + "target: {layer: bronze, " + target + "}\n")
                .plan();

        assertEquals(route, plan.pipelines().get(0).route());
    }

    private static String reads(LogicalPlan plan, String table) {
        return plan.byTable().get(new TableId("silver", table)).reads().toString();
    }

    private static List<String> order(LogicalPlan plan) {
        return plan.pipelines().stream()
                .map(pipeline -> pipeline.id().toString())
                .toList();
    }
}
