package dev.ingot.spec;

import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.List;
import java.util.Optional;

/** The words of a target that do not depend on its mode. */
public record TargetWords(
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

        @Option(description = "The columns by whose values the table's files are parted.", example = "[country]")
        List<ColumnName> partitionBy,

        @Option(
                description = "Whether the table keeps a change feed, which lets others read only its changes.",
                defaultValue = "true")
        boolean changeFeed) {

    /** One column of the contract. */
    public record ContractColumn(
            @Option(description = "The column's name.", example = "flight_id")
            ColumnName name,

            @Option(description = "Its Spark SQL type.", example = "bigint")
            dev.ingot.options.Expression type,

            @Option(description = "Whether it may be without a value.", defaultValue = "true")
            boolean nullable,

            @Option(description = "What it means; becomes the column's comment.")
            Optional<String> description) {}
}
