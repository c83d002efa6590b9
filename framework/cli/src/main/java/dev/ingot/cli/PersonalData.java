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

/** Masks the values of columns that a contract marks as personal data, in the rows of a table and its quarantine. */
final class PersonalData {

    private static final String MASK = "***";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> contractColumns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean quarantine;

    /**
     * Collects the columns to mask in a table: those that its contract marks, and columns of the same names as marked
     * ones of its upstream tables. None when personal data is to be shown.
     */
    PersonalData(LogicalPlan plan, TableId table, boolean shown) {
        quarantine = table.isQuarantine();
        if (!shown) {
            Optional.ofNullable(plan.byTable().get(table.maker()))
                    .ifPresent(pipeline -> pipeline.target()
                            .settings()
                            .columns()
                            .forEach(column -> contractColumns.add(column.name().name())));
            add(plan.byTable(), table.maker(), new TreeSet<>());
        }
    }

    private void add(Map<TableId, PipelinePlan> pipelines, TableId table, Set<TableId> seen) {
        PipelinePlan pipeline = pipelines.get(table);
        if (pipeline != null && seen.add(table)) {
            columns.addAll(pipeline.target().settings().piiColumns());
            pipeline.dependsOn().forEach(upstream -> add(pipelines, upstream, seen));
        }
    }

    /** Masks the marked cells of a row. */
    void mask(Map<String, Object> cells) {
        cells.replaceAll((name, value) -> columns.contains(name) && value != null ? MASK : value);
        if (quarantine && !columns.isEmpty()) {
            cells.computeIfPresent("row", (name, row) -> maskJson(row.toString()));
        }
    }

    /**
     * Masks a quarantined row, given as JSON. It may have been quarantined before its columns got the names of the
     * contract, so only unmarked columns of the contract are shown.
     */
    private String maskJson(String row) {
        try {
            if (JSON.readTree(row) instanceof ObjectNode object) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                names.stream()
                        .filter(name -> columns.contains(name) || !contractColumns.contains(name))
                        .forEach(name -> object.put(name, MASK));
                return object.toString();
            }
        } catch (JsonProcessingException notJson) {
            return MASK;
        }
        return MASK;
    }
}
