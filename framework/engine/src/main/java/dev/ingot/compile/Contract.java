package dev.ingot.compile;

import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.component.rows.TypeWidening;
import dev.ingot.config.RunValues;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.Expression;
import dev.ingot.options.SqlText;
import dev.ingot.plan.PipelinePlan;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Conforms rows to the table's contract: the declared columns in their order and types, and the technical columns. */
public final class Contract {

    /** The key of a generated column's expression in Delta's log (Delta protocol, "Generated Columns"). */
    public static final String GENERATION = "delta.generationExpression";

    private final PipelinePlan plan;
    private final Diagnostics diagnostics;

    Contract(PipelinePlan plan, Diagnostics diagnostics) {
        this.plan = plan;
        this.diagnostics = diagnostics;
    }

    /**
     * Returns the rows with the table's columns, and reports columns that do not fit. Keeps the source file of a row in
     * addition to the table's columns, for the quarantine.
     */
    Dataset<Row> conform(Dataset<Row> rows, RunValues run) {
        TargetSettings target = plan.target().settings();
        List<Column> conformed = new ArrayList<>();
        Map<String, StructField> present = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Arrays.stream(rows.schema().fields()).forEach(field -> present.put(field.name(), field));
        for (TargetSettings.ContractColumn column : target.columns()) {
            conformColumn(column, present.remove(column.name().name()), rows).ifPresent(conformed::add);
        }
        boolean complete = !target.columns().isEmpty() && !target.columnsOpen();
        List<String> undeclared = Arrays.stream(rows.columns())
                .filter(present::containsKey)
                .filter(name -> !TechnicalColumns.contains(name) && !RowMarkers.isMarker(name))
                .filter(name -> !complete || !deleteConditionColumns().contains(name))
                .toList();
        if (complete && !undeclared.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    plan.target().span(),
                    "Cannot write " + plan.id() + ": the rows have columns that the contract does not list: "
                            + String.join(", ", undeclared),
                    "List them under 'columns', remove them with 'select' or 'drop', or set 'columns_open: true'."));
        }
        undeclared.stream().map(Columns::named).forEach(conformed::add);
        if (plan.landing() == PipelinePlan.Landing.FROM_OUTSIDE) {
            boolean hasSourceFile = present.containsKey(TechnicalColumns.SOURCE_FILE);
            conformed.add((hasSourceFile ? Columns.named(TechnicalColumns.SOURCE_FILE) : functions.lit(null))
                    .cast("string")
                    .as(TechnicalColumns.SOURCE_FILE));
            conformed.add(functions.lit(Timestamp.from(run.startedAt())).as(TechnicalColumns.INGESTED_AT));
            conformed.add(functions.lit(run.id()).as(TechnicalColumns.RUN_ID));
        } else if (present.containsKey(TechnicalColumns.SOURCE_FILE)) {
            conformed.add(Columns.named(TechnicalColumns.SOURCE_FILE));
        }
        if (present.containsKey(RowMarkers.ACTION)) {
            conformed.add(Columns.named(RowMarkers.ACTION));
        }
        Dataset<Row> result = withGeneratedColumns(rows.select(conformed.toArray(Column[]::new)));
        target.constraints().forEach((name, condition) -> checkConstraint(name, condition, result));
        return result;
    }

    /** Adds the generated columns. Delta computes them from the table's types, so they need rows of these types. */
    private Dataset<Row> withGeneratedColumns(Dataset<Row> rows) {
        List<TargetSettings.ContractColumn> contract = plan.target().settings().columns();
        if (contract.stream().noneMatch(column -> column.generated().isPresent())) {
            return rows;
        }
        List<Column> all = new ArrayList<>();
        for (TargetSettings.ContractColumn column : contract) {
            if (column.generated().isPresent()) {
                type(column)
                        .flatMap(wanted -> resolve(
                                column.generated().get(),
                                rows,
                                "column '" + column.name() + "'",
                                value -> value.cast(wanted)))
                        .ifPresent(value -> all.add(value.as(column.name().name(), metadata(column))));
            } else if (Columns.has(rows, column.name().name())) {
                all.add(Columns.named(column.name().name()));
            }
        }
        Arrays.stream(rows.columns())
                .filter(name -> contract.stream()
                        .noneMatch(column -> column.name().name().equalsIgnoreCase(name)))
                .map(Columns::named)
                .forEach(all::add);
        return rows.select(all.toArray(Column[]::new));
    }

    private void checkConstraint(String name, Expression condition, Dataset<Row> rows) {
        Optional<DataType> type = resolve(condition, rows, "constraint '" + name + "'", value -> value)
                .map(value -> rows.select(value).schema().apply(0).dataType());
        if (type.filter(DataTypes.BooleanType::equals).isEmpty() && type.isPresent()) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    condition.span(),
                    "Cannot plan constraint '" + name + "': its type is "
                            + type.get().catalogString() + ", but must be boolean",
                    "Write a comparison, such as 'amount > 0'."));
        }
    }

    private Optional<Column> resolve(Expression expression, Dataset<Row> rows, String what, UnaryOperator<Column> use) {
        try {
            Column value = use.apply(functions.expr(parameters().bind(expression)));
            Analysis.at(expression.span(), () -> rows.select(value));
            return Optional.of(value);
        } catch (Analysis.Failure failure) {
            diagnostics.add(AnalysisErrorText.of(failure.getCause(), what, failure.span(), visibleColumns(rows)));
            return Optional.empty();
        }
    }

    /** Returns the columns that are visible to users. */
    private static List<String> visibleColumns(Dataset<Row> rows) {
        return Arrays.stream(rows.columns())
                .filter(name -> !RowMarkers.isMarker(name))
                .toList();
    }

    /** Returns the columns of the delete condition; a complete contract may omit them. */
    private Set<String> deleteConditionColumns() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        plan.definition()
                .deleteWhen()
                .ifPresent(condition -> SqlText.tokens(condition.text())
                        .forEach(token -> names.add(token.text().replace("`", ""))));
        return names;
    }

    /** Returns the table's columns of conformed rows. */
    StructType schema(Dataset<Row> conformed) {
        boolean declared = plan.target().settings().columns().stream()
                .anyMatch(column -> column.name().name().equalsIgnoreCase(TechnicalColumns.SOURCE_FILE));
        boolean keepsSourceFile = plan.landing() == PipelinePlan.Landing.FROM_OUTSIDE || declared;
        return TableSchema.of(
                (keepsSourceFile ? conformed : conformed.drop(TechnicalColumns.SOURCE_FILE)).drop(RowMarkers.ACTION),
                plan.target().settings().columns());
    }

    /**
     * Adds the identity columns to the other columns of the table, each in its position.
     *
     * @param columns the other columns
     */
    StructType withIdentityColumns(StructType columns) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(columns.fields()));
        List<TargetSettings.ContractColumn> contract = plan.target().settings().columns();
        for (int i = 0; i < contract.size(); i++) {
            TargetSettings.ContractColumn column = contract.get(i);
            if (column.identity()) {
                fields.add(
                        Math.min(i, fields.size()),
                        new StructField(column.name().name(), DataTypes.LongType, true, metadata(column)));
            }
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private Optional<Column> conformColumn(TargetSettings.ContractColumn column, StructField found, Dataset<Row> rows) {
        String name = column.name().name();
        Optional<DataType> wanted = type(column);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (column.generated().isPresent() || column.identity()) {
            rejectProvidedColumn(column, found);
            return Optional.empty();
        }
        if (found == null && column.default_().isPresent()) {
            return resolve(
                            column.default_().get(),
                            rows,
                            "column '" + column.name() + "'",
                            value -> value.cast(wanted.get()))
                    .map(value -> value.as(name, metadata(column)));
        }
        if (found == null) {
            diagnostics.add(Diagnostic.error(
                            Code.PLAN_CONTRACT,
                            column.name().span(),
                            "Cannot write " + plan.id() + ": the contract lists '" + name
                                    + "', which the rows do not have",
                            "Derive it, or remove it from 'columns'.")
                    .accepting(visibleColumns(rows), name));
            return Optional.empty();
        }
        String actualType = found.dataType().catalogString();
        String wantedType = wanted.get().catalogString();
        if (!actualType.equals(wantedType)
                && !TypeWidening.isWidening(found.dataType(), wanted.get())
                && !actualType.equals("void")) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    column.type().span(),
                    "Cannot write " + plan.id() + ": the rows have '" + name + "' as " + actualType
                            + ", but the contract declares " + wantedType,
                    "Add a step '- cast: {" + name + ": " + wantedType + "}', or correct the contract."));
            return Optional.empty();
        }
        Column value = Columns.named(found.name());
        Column typed = actualType.equals(wantedType) ? value : value.cast(wanted.get());
        return Optional.of(typed.as(name, metadata(column)));
    }

    /** The rows must not provide a column that Delta generates. */
    private void rejectProvidedColumn(TargetSettings.ContractColumn column, StructField found) {
        if (found != null) {
            String key = column.identity() ? "identity" : "generated";
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    column.name().span(),
                    "Cannot write " + plan.id() + ": by the contract Delta generates '" + column.name()
                            + "', but the rows already have it",
                    "Remove it with 'drop', or remove '" + key + "' from the contract."));
        }
    }

    private Parameters parameters() {
        return new Parameters(plan.definition().parameters());
    }

    /** Returns a column's metadata for Delta's log (Delta protocol, "Generated Columns", "Identity Columns"). */
    private Metadata metadata(TargetSettings.ContractColumn column) {
        MetadataBuilder metadata = new MetadataBuilder();
        column.description().ifPresent(text -> metadata.putString("comment", text));
        column.generated()
                .ifPresent(expression -> metadata.putString(
                        GENERATION, SqlText.plain(parameters().bind(expression))));
        if (column.identity()) {
            metadata.putLong("delta.identity.start", 1);
            metadata.putLong("delta.identity.step", 1);
            metadata.putBoolean("delta.identity.allowExplicitInsert", false);
        }
        return metadata.build();
    }

    private Optional<DataType> type(TargetSettings.ContractColumn column) {
        try {
            return Optional.of(DataType.fromDDL(column.type().text()));
        } catch (Exception failure) {
            diagnostics.add(Diagnostic.error(
                            Code.PLAN_CONTRACT,
                            column.type().span(),
                            "Cannot parse the type '" + column.type().text() + "' of '" + column.name()
                                    + "': it is not a valid Spark SQL type",
                            "Write a Spark SQL type, such as 'decimal(10,2)' or 'array<string>' in quotes.")
                    .accepting(
                            List.of(
                                    "string",
                                    "int",
                                    "bigint",
                                    "double",
                                    "decimal(p,s)",
                                    "boolean",
                                    "date",
                                    "timestamp"),
                            column.type().text()));
            return Optional.empty();
        }
    }
}
