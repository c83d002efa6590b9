package dev.ingot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Hides the values of columns that a contract marks as speaking of persons, in the rows of a table and its quarantine. */
final class PersonalData {

    private static final String HIDDEN = "***";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean quarantine;

    /**
     * What is to be hidden in a table: what its contract marks, and columns of the same names in what it is made of.
     * Nothing where all is to be shown.
     */
    PersonalData(LogicalPlan plan, TableId table, boolean shown) {
        quarantine = table.isQuarantine();
        if (!shown) {
            Optional.ofNullable(plan.byTable().get(table.maker()))
                    .ifPresent(pipeline -> pipeline.target()
                            .settings()
                            .columns()
                            .forEach(column -> known.add(column.name().name())));
            add(plan.byTable(), table.maker(), new TreeSet<>());
        }
    }

    private void add(Map<TableId, PipelinePlan> pipelines, TableId table, Set<TableId> seen) {
        PipelinePlan pipeline = pipelines.get(table);
        if (pipeline != null && seen.add(table)) {
            columns.addAll(pipeline.target().settings().personal());
            pipeline.dependsOn().forEach(upstream -> add(pipelines, upstream, seen));
        }
    }

    /** Replaces what is to be hidden in the cells of a row. */
    void hide(Map<String, Object> cells) {
        cells.replaceAll((name, value) -> columns.contains(name) && value != null ? HIDDEN : value);
        if (quarantine && !columns.isEmpty()) {
            cells.computeIfPresent("row", (name, row) -> hideIn(row.toString()));
        }
    }

    /** A row may have been held back before its columns had the names of the contract: only what that names is shown. */
    private String hideIn(String row) {
        try {
            if (JSON.readTree(row) instanceof ObjectNode object) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                names.stream()
                        .filter(name -> columns.contains(name) || !known.contains(name))
                        .forEach(name -> object.put(name, HIDDEN));
                return object.toString();
            }
        } catch (JsonProcessingException notJson) {
            return HIDDEN;
        }
        return HIDDEN;
    }
}
