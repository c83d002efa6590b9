package dev.ingot.definition;

import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The words of a target that do not depend on its mode. */
public record TargetSettings(
        @Option(description = "The layer in which the table lies.", example = "silver")
        String layer,

        @Option(description = "How the table is written; the layer's defaults may say it instead.", example = "merge")
        String mode,

        @Option(
                description = "The table's columns, as a contract that is checked before anything is written; complete"
                        + " unless 'columns_open' is true.",
                example = "[{name: flight_id, type: bigint, nullable: false}]")
        List<ContractColumn> columns,

        @Option(description = "Whether the table may have more columns than 'columns' lists.", defaultValue = "false")
        boolean columnsOpen,

        @Option(
                description = "What happens when the pipeline makes other columns than the table has: 'fail' writes"
                        + " nothing, 'add' takes new columns and fields in, 'widen' also types that hold all old values."
                        + " A column that is missing, or whose values do not fit, always fails.",
                defaultValue = "fail")
        OnSchemaChange onSchemaChange,

        @Option(
                description = "Conditions that every row of the table meets, by name; Delta itself refuses a write that"
                        + " breaks one, whoever writes.",
                example = "{positive: amount > 0}")
        Map<String, Expression> constraints,

        @Option(description = "The columns by whose values the table's files are parted.", example = "[country]")
        List<ColumnName> partitionBy,

        @Option(
                description = "The columns by which 'ingot maintain' lays rows together (liquid clustering), so that"
                        + " readers who filter by them pass over most files.",
                example = "[flight_date]")
        List<ColumnName> clusterBy,

        @Option(
                description = "Properties of the Delta table, besides those that other words set.",
                example = "{delta.checkpointInterval: '20'}")
        Map<String, String> properties,

        @Option(
                description = "How long the table's earlier versions can be read and gone back to.",
                defaultValue = "30 days")
        Duration retention,

        @Option(
                description = "Whether changed rows are marked in small files beside the table's own instead of"
                        + " rewriting those. Left out: yes for merge and scd2 where the runtime can. Synapse's"
                        + " serverless SQL cannot read such tables.")
        Optional<Boolean> deletionVectors,

        @Option(
                description = "Whether the table keeps a change feed, which lets others read only its changes.",
                defaultValue = "true")
        boolean changeFeed) {

    /** Properties that mean something of their own here or to Delta, and what says it instead. */
    private static final Map<String, String> SAID_OTHERWISE = Map.of(
            "delta.enablechangedatafeed", "'change_feed'",
            "delta.logretentionduration", "'retention'",
            "delta.deletedfileretentionduration", "'retention'",
            "delta.enabledeletionvectors", "'deletion_vectors'",
            "comment", "'description' of the pipeline");

    public TargetSettings {
        properties.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).forEach(TargetSettings::check);
        if (!partitionBy.isEmpty() && !clusterBy.isEmpty()) {
            throw new IllegalArgumentException(
                    "'partition_by' and 'cluster_by' exclude each other; the one parts files, the other lays rows in them");
        }
        constraints.keySet().stream()
                .filter(name -> !name.matches("[A-Za-z_]\\w*"))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "a constraint's name is letters, digits and '_', not '" + name + "'");
                });
    }

    private static void check(String property) {
        if (SAID_OTHERWISE.containsKey(property)) {
            throw new IllegalArgumentException(
                    "'properties' cannot hold '" + property + "'; say " + SAID_OTHERWISE.get(property));
        }
        if (property.startsWith("delta.constraints.")) {
            throw new IllegalArgumentException("'properties' cannot hold '" + property + "'; say 'constraints'");
        }
        if (property.contains(",")
                || property.startsWith("ingot.")
                || property.matches("delta\\.(feature\\..*|min(reader|writer)version)")) {
            throw new IllegalArgumentException(
                    "'properties' cannot hold '" + property + "': it is not for users to set");
        }
    }

    /** The names of columns that speak of persons. */
    public Set<String> personal() {
        return columns.stream()
                .filter(ContractColumn::pii)
                .map(column -> column.name().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One column of the contract. */
    public record ContractColumn(
            @Option(description = "The column's name.", example = "flight_id")
            ColumnName name,

            @Option(description = "Its Spark SQL type.", example = "bigint")
            Expression type,

            @Option(description = "Whether it may be without a value.", defaultValue = "true")
            boolean nullable,

            @Option(
                    description =
                            "What it is where the rows do not have the column; with it the column may be missing.",
                    example = "'unknown'")
            Optional<Expression> default_,

            @Option(
                    description =
                            "The expression of other columns that the column always is; the rows do not have it, and"
                                    + " Delta refuses any other value.",
                    example = "CAST(at AS DATE)")
            Optional<Expression> generated,

            @Option(
                    description = "Whether Delta counts it: each new row gets a number that no other row has; the rows"
                            + " do not have the column, and a table that is built anew counts on.",
                    defaultValue = "false")
            boolean identity,

            @Option(
                    description = "Whether it speaks of a person; 'show' and 'diff' hide its values.",
                    defaultValue = "false")
            boolean pii,

            @Option(description = "What it means; becomes the column's comment.")
            Optional<String> description) {

        public ContractColumn {
            if ((default_.isPresent() ? 1 : 0) + (generated.isPresent() ? 1 : 0) + (identity ? 1 : 0) > 1) {
                throw new IllegalArgumentException("'default', 'generated' and 'identity' exclude each other");
            }
            if (identity && !type.text().strip().equalsIgnoreCase("bigint")) {
                throw new IllegalArgumentException("a column with 'identity' is of type bigint");
            }
        }
    }
}
