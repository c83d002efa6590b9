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
 * Plans the statements that make a table match its definition. What another writer set is left alone.
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
     * Plans for one table.
     *
     * @param properties the current properties of the table
     * @param columns the current columns of the table
     */
    private AlterationPlanner(TableDefinition definition, Map<String, String> properties, StructType columns) {
        this.definition = Objects.requireNonNull(definition, "definition");
        this.properties = Map.copyOf(properties);
        this.columns = Objects.requireNonNull(columns, "columns");
    }

    /** Returns the alterations that a table needs, in order. */
    static List<Alteration> of(TableDefinition definition, Map<String, String> properties, StructType columns) {
        return new AlterationPlanner(definition, properties, columns).all();
    }

    private List<Alteration> all() {
        Map<String, String> wanted = definition.properties();
        Map<String, String> constraints = definition.constraints(columns);
        wanted.put(DECLARED, definition.declared(wanted, constraints));
        List<String> obsolete = Arrays.stream(
                        properties.getOrDefault(DECLARED, "").split(","))
                .filter(name -> properties.containsKey(name) && !contains(wanted.get(DECLARED), name))
                .toList();
        obsolete.stream().filter(AlterationPlanner::isConstraint).forEach(this::drop);
        List<String> unset =
                obsolete.stream().filter(name -> !isConstraint(name)).toList();
        if (!unset.isEmpty()) {
            alterations.add(Alteration.of(
                    "UNSET TBLPROPERTIES IF EXISTS "
                            + unset.stream().map(AlterationPlanner::quoted).collect(inBrackets()),
                    "unsets " + String.join(", ", unset)));
        }
        alterColumns(properties.getOrDefault(DECLARED, ""));
        cluster();
        constraints.forEach(this::addConstraint);
        comment();
        List<String> set = wanted.keySet().stream()
                .filter(name -> !wanted.get(name).equals(current(name)))
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

    /** Returns the current value of a property; Delta stores the names of its own properties in its own case. */
    private String current(String name) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().equals(name)
                        || (name.startsWith(DELTAS) && property.getKey().equalsIgnoreCase(name)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean contains(String declared, String name) {
        return Arrays.stream(declared.split(",")).anyMatch(name::equalsIgnoreCase);
    }

    /**
     * Alters the comments of columns, and whether they may be null.
     *
     * @param before what was declared when the table was last altered
     */
    private void alterColumns(String before) {
        for (StructField column : columns.fields()) {
            Optional<TargetSettings.ContractColumn> declared = definition.settings().columns().stream()
                    .filter(each -> each.name().name().equalsIgnoreCase(column.name()))
                    .findFirst();
            String name = Columns.quoted(column.name());
            String current = column.getComment().getOrElse(() -> "");
            String comment = declared.flatMap(TargetSettings.ContractColumn::description)
                    .orElse(contains(before, TableDefinition.COMMENT + column.name()) ? "" : current);
            if (!comment.equals(current)) {
                alterations.add(Alteration.of(
                        "ALTER COLUMN " + name + " COMMENT " + quoted(comment), "comments " + column.name()));
            }
            boolean required = declared.map(each -> !each.nullable()).orElse(false);
            if (!column.nullable() && !required && contains(before, TableDefinition.REQUIRED + column.name())) {
                alterations.add(Alteration.of(
                        "ALTER COLUMN " + name + " DROP NOT NULL", "makes " + column.name() + " nullable"));
            }
        }
    }

    private void cluster() {
        List<String> by = ColumnName.names(definition.settings().clusterBy()).stream()
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

    /** Adds a constraint, in place of one with the same name and another condition. */
    private void addConstraint(String name, String condition) {
        String current = properties.get(TableDefinition.property(name));
        if (condition.equals(current)) {
            return;
        }
        if (current != null) {
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

    private void comment() {
        String current = properties.getOrDefault(TableDefinition.DESCRIPTION, "");
        String text = definition.description().orElse("");
        if (!text.equals(current)) {
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
