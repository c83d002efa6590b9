package dev.ingot.run.schema;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.definition.TargetSettings;
import dev.ingot.options.ColumnName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How a table becomes what its definition says. What another hand gave the table is left alone.
 */
final class AlterationPlanner {

    private static final String DECLARED = TableDefinition.DECLARED;
    private static final String CLUSTERED = "clusteringColumns";
    private static final String DELTAS = "delta.";

    private final TableDefinition definition;
    private final Map<String, String> properties;
    private final StructType columns;
    private final List<Alteration> alterations = new ArrayList<>();

    /**
     * Of a table.
     *
     * @param properties those that the table has
     * @param columns those that the table has
     */
    private AlterationPlanner(TableDefinition definition, Map<String, String> properties, StructType columns) {
        this.definition = Objects.requireNonNull(definition, "definition");
        this.properties = Map.copyOf(properties);
        this.columns = Objects.requireNonNull(columns, "columns");
    }

    /** What has to be altered, in order. */
    static List<Alteration> of(TableDefinition definition, Map<String, String> properties, StructType columns) {
        return new AlterationPlanner(definition, properties, columns).all();
    }

    private List<Alteration> all() {
        Map<String, String> wanted = definition.properties();
        Map<String, String> constraints = definition.constraints(columns);
        wanted.put(DECLARED, definition.declared(wanted, constraints));
        List<String> gone = Arrays.stream(properties.getOrDefault(DECLARED, "").split(","))
                .filter(name -> properties.containsKey(name) && !named(wanted.get(DECLARED), name))
                .toList();
        gone.stream().filter(AlterationPlanner::isConstraint).forEach(this::drop);
        List<String> unset = gone.stream().filter(name -> !isConstraint(name)).toList();
        if (!unset.isEmpty()) {
            alterations.add(Alteration.of(
                    "UNSET TBLPROPERTIES IF EXISTS "
                            + unset.stream().map(AlterationPlanner::quoted).collect(inBrackets()),
                    "unsets " + String.join(", ", unset)));
        }
        alterColumns(properties.getOrDefault(DECLARED, ""));
        cluster();
        constraints.forEach(this::constrain);
        describe();
        List<String> set = wanted.keySet().stream()
                .filter(name -> !wanted.get(name).equals(there(name)))
                .toList();
        if (!set.isEmpty()) {
            alterations.add(Alteration.of(
                    "SET TBLPROPERTIES "
                            + set.stream()
                                    .map(name -> quoted(name) + " = " + quoted(wanted.get(name)))
                                    .collect(inBrackets()),
                    "sets " + String.join(", ", set)));
        }
        return alterations;
    }

    /** Delta keeps the names of its own properties in its own case. */
    private String there(String name) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().equals(name)
                        || (name.startsWith(DELTAS) && property.getKey().equalsIgnoreCase(name)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean named(String declared, String name) {
        return Arrays.stream(declared.split(",")).anyMatch(name::equalsIgnoreCase);
    }

    /**
     * Comments of columns, and whether they may be null.
     *
     * @param before what was said when the table was altered last
     */
    private void alterColumns(String before) {
        for (StructField has : columns.fields()) {
            Optional<TargetSettings.ContractColumn> declared = definition.words().columns().stream()
                    .filter(column -> column.name().name().equalsIgnoreCase(has.name()))
                    .findFirst();
            String name = Columns.quoted(has.name());
            String there = has.getComment().getOrElse(() -> "");
            String comment = declared.flatMap(TargetSettings.ContractColumn::description)
                    .orElse(named(before, TableDefinition.COMMENT + has.name()) ? "" : there);
            if (!comment.equals(there)) {
                alterations.add(Alteration.of(
                        "ALTER COLUMN " + name + " COMMENT " + quoted(comment), "comments " + has.name()));
            }
            boolean required = declared.map(column -> !column.nullable()).orElse(false);
            if (!has.nullable() && !required && named(before, TableDefinition.REQUIRED + has.name())) {
                alterations.add(
                        Alteration.of("ALTER COLUMN " + name + " DROP NOT NULL", "lets " + has.name() + " be null"));
            }
        }
    }

    private void cluster() {
        List<String> by = ColumnName.names(definition.words().clusterBy()).stream()
                .map(name -> SchemaProjection.find(columns, name)
                        .map(StructField::name)
                        .orElse(name))
                .toList();
        String wanted = by.stream().map(name -> "[\"" + name + "\"]").collect(Collectors.joining(",", "[", "]"));
        if (!wanted.equals(properties.getOrDefault(CLUSTERED, "[]"))) {
            alterations.add(Alteration.of(
                    "CLUSTER BY "
                            + (by.isEmpty()
                                    ? "NONE"
                                    : by.stream().map(Columns::quoted).collect(inBrackets())),
                    "clusters by " + (by.isEmpty() ? "nothing" : String.join(", ", by))));
        }
    }

    /** A constraint of the same name that says something else is replaced. */
    private void constrain(String name, String condition) {
        String there = properties.get(TableDefinition.property(name));
        if (condition.equals(there)) {
            return;
        }
        if (there != null) {
            drop(TableDefinition.property(name));
        }
        alterations.add(new Alteration(
                "ALTER TABLE",
                "ADD CONSTRAINT " + Columns.quoted(name) + " CHECK (" + condition + ")",
                "adds the constraint " + name,
                Optional.of(condition)));
    }

    private void drop(String property) {
        alterations.add(Alteration.dropping(property.substring(TableDefinition.CONSTRAINT.length())));
    }

    private void describe() {
        String there = properties.getOrDefault(TableDefinition.DESCRIPTION, "");
        String text = definition.description().orElse("");
        if (!text.equals(there)) {
            alterations.add(
                    new Alteration("COMMENT ON TABLE", "IS " + quoted(text), "comments the table", Optional.empty()));
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static Collector<CharSequence, ?, String> inBrackets() {
        return Collectors.joining(", ", "(", ")");
    }

    private static boolean isConstraint(String property) {
        return property.startsWith(TableDefinition.CONSTRAINT);
    }
}
