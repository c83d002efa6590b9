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

/** The settings that every target has, whatever its mode. */
public record TargetSettings(
        @Option(description = "The layer of the table.", example = "silver")
        String layer,

        @Option(
                description = "The write mode of the table; the layer's defaults may set it instead.",
                example = "merge")
        String mode,

        @Option(
                description = "The table's columns, as a contract that is checked before anything is written; complete"
                        + " unless 'columns_open' is true.",
                example = "[{name: flight_id, type: bigint, nullable: false}]")
        List<ContractColumn> columns,

        @Option(description = "Whether the table may have more columns than 'columns' lists.", defaultValue = "false")
        boolean columnsOpen,

        @Option(
                description = "What happens when the pipeline's columns differ from the table's: 'fail' writes nothing,"
                        + " 'add' adds new columns and fields, 'widen' also widens types where that keeps all old"
                        + " values. A column that is missing, or whose values do not fit, always fails.",
                defaultValue = "fail")
        OnSchemaChange onSchemaChange,

        @Option(
                description = "CHECK constraints: conditions that every row of the table meets, by name. Delta rejects"
                        + " any writer's commit that violates one.",
                example = "{positive: amount > 0}")
        Map<String, Expression> constraints,

        @Option(description = "The columns that partition the table's files.", example = "[country]")
        List<ColumnName> partitionBy,

        @Option(
                description = "The columns by which 'ingot maintain' clusters rows (liquid clustering), so that reads"
                        + " that filter by them skip most files.",
                example = "[flight_date]")
        List<ColumnName> clusterBy,

        @Option(
                description = "Properties of the Delta table, except those that other options set.",
                example = "{delta.checkpointInterval: '20'}")
        Map<String, String> properties,

        @Option(
                description = "How long earlier versions of the table can be read and restored.",
                defaultValue = "30 days")
        Duration retention,

        @Option(
                description = "Whether changed rows are marked in small files (deletion vectors) instead of rewriting"
                        + " the data files. Left out: yes for merge and scd2 where the runtime supports it. Synapse's"
                        + " serverless SQL cannot read such tables.")
        Optional<Boolean> deletionVectors,

        @Option(
                description = "Whether the table has a change feed (CDF), from which readers get only its changes.",
                defaultValue = "true")
        boolean changeFeed) {

    /** Properties that an option of Ingot sets, with that option. */
    private static final Map<String, String> SET_BY_OPTIONS = Map.of(
            "delta.enablechangedatafeed", "'change_feed'",
            "delta.logretentionduration", "'retention'",
            "delta.deletedfileretentionduration", "'retention'",
            "delta.enabledeletionvectors", "'deletion_vectors'",
            "comment", "'description' of the pipeline");

    public TargetSettings {
        properties.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).forEach(TargetSettings::check);
        if (!partitionBy.isEmpty() && !clusterBy.isEmpty()) {
            throw new IllegalArgumentException(
                    "'partition_by' and 'cluster_by' exclude each other: Delta does not cluster partitioned tables");
        }
        constraints.keySet().stream()
                .filter(name -> !name.matches("[A-Za-z_]\\w*"))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "a constraint's name consists of letters, digits and '_', not '" + name + "'");
                });
    }

    private static void check(String property) {
        if (SET_BY_OPTIONS.containsKey(property)) {
            throw new IllegalArgumentException(
                    "'properties' cannot set '" + property + "'; use " + SET_BY_OPTIONS.get(property));
        }
        if (property.startsWith("delta.constraints.")) {
            throw new IllegalArgumentException("'properties' cannot set '" + property + "'; use 'constraints'");
        }
        if (property.contains(",")
                || property.startsWith("ingot.")
                || property.matches("delta\\.(feature\\..*|min(reader|writer)version)")) {
            throw new IllegalArgumentException("'properties' cannot set '" + property + "': users may not set it");
        }
    }

    /** Returns the names of the columns with personal data. */
    public Set<String> piiColumns() {
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

            @Option(description = "Whether it may be null.", defaultValue = "true")
            boolean nullable,

            @Option(
                    description =
                            "The value where the rows do not have the column; with it, the column may be missing.",
                    example = "'unknown'")
            Optional<Expression> default_,

            @Option(
                    description =
                            "The expression over other columns that computes it; the rows do not have the column, and"
                                    + " Delta rejects any other value.",
                    example = "CAST(at AS DATE)")
            Optional<Expression> generated,

            @Option(
                    description =
                            "Whether Delta generates unique numbers for new rows; the rows do not have the column,"
                                    + " and a rebuilt table continues the numbers.",
                    defaultValue = "false")
            boolean identity,

            @Option(
                    description = "Whether it contains personal data; 'show' and 'diff' hide its values.",
                    defaultValue = "false")
            boolean pii,

            @Option(description = "What it means; becomes the column's comment.")
            Optional<String> description) {

        public ContractColumn {
            if ((default_.isPresent() ? 1 : 0) + (generated.isPresent() ? 1 : 0) + (identity ? 1 : 0) > 1) {
                throw new IllegalArgumentException("'default', 'generated' and 'identity' exclude each other");
            }
            if (identity && !type.text().strip().equalsIgnoreCase("bigint")) {
                throw new IllegalArgumentException("a column with 'identity' must be of type bigint");
            }
        }
    }
}
