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

/** Gives rows the shape of the table: the declared columns in their order and types, and the technical columns. */
public final class Contract {

    /** What Delta's log calls the expression by which a column is generated (Delta protocol, "Generated Columns"). */
    public static final String GENERATION = "delta.generationExpression";

    private final PipelinePlan plan;
    private final Diagnostics diagnostics;

    Contract(PipelinePlan plan, Diagnostics diagnostics) {
        this.plan = plan;
        this.diagnostics = diagnostics;
    }

    /**
     * The rows in the table's shape; what does not fit is reported. The file that a row came from stays beside the
     * table's own columns, for the quarantine.
     */
    Dataset<Row> shape(Dataset<Row> rows, RunValues run) {
        TargetSettings target = plan.target().settings();
        List<Column> shaped = new ArrayList<>();
        Map<String, StructField> present = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Arrays.stream(rows.schema().fields()).forEach(field -> present.put(field.name(), field));
        for (TargetSettings.ContractColumn column : target.columns()) {
            declared(column, present.remove(column.name().name()), rows).ifPresent(shaped::add);
        }
        boolean complete = !target.columns().isEmpty() && !target.columnsOpen();
        List<String> rest = Arrays.stream(rows.columns())
                .filter(present::containsKey)
                .filter(name -> !TechnicalColumns.contains(name) && !RowMarkers.is(name))
                .filter(name -> !complete || !deciding().contains(name))
                .toList();
        if (complete && !rest.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    plan.target().span(),
                    "Cannot write " + plan.id() + ": the rows have columns that the contract does not list: "
                            + String.join(", ", rest),
                    "List them under 'columns', leave them out with 'select' or 'drop', or say 'columns_open: true'."));
        }
        rest.stream().map(Columns::named).forEach(shaped::add);
        if (plan.landing() == PipelinePlan.Landing.FROM_OUTSIDE) {
            boolean placed = present.containsKey(TechnicalColumns.SOURCE_FILE);
            shaped.add((placed ? Columns.named(TechnicalColumns.SOURCE_FILE) : functions.lit(null))
                    .cast("string")
                    .as(TechnicalColumns.SOURCE_FILE));
            shaped.add(functions.lit(Timestamp.from(run.startedAt())).as(TechnicalColumns.INGESTED_AT));
            shaped.add(functions.lit(run.id()).as(TechnicalColumns.RUN_ID));
        } else if (present.containsKey(TechnicalColumns.SOURCE_FILE)) {
            shaped.add(Columns.named(TechnicalColumns.SOURCE_FILE));
        }
        if (present.containsKey(RowMarkers.ACTION)) {
            shaped.add(Columns.named(RowMarkers.ACTION));
        }
        Dataset<Row> whole = withGenerated(rows.select(shaped.toArray(Column[]::new)));
        target.constraints().forEach((name, condition) -> check(name, condition, whole));
        return whole;
    }

    /** Delta computes from the types that the table has, so the columns are generated from rows that have these. */
    private Dataset<Row> withGenerated(Dataset<Row> rows) {
        List<TargetSettings.ContractColumn> contract = plan.target().settings().columns();
        if (contract.stream().noneMatch(column -> column.generated().isPresent())) {
            return rows;
        }
        List<Column> all = new ArrayList<>();
        for (TargetSettings.ContractColumn column : contract) {
            if (column.generated().isPresent()) {
                type(column)
                        .flatMap(wanted -> planned(
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

    private void check(String name, Expression condition, Dataset<Row> rows) {
        Optional<DataType> type = planned(condition, rows, "constraint '" + name + "'", value -> value)
                .map(value -> rows.select(value).schema().apply(0).dataType());
        if (type.filter(DataTypes.BooleanType::equals).isEmpty() && type.isPresent()) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    condition.span(),
                    "Cannot plan constraint '" + name + "': it is a "
                            + type.get().catalogString() + ", and must be true or false",
                    "Compare with something, as in 'amount > 0'."));
        }
    }

    private Optional<Column> planned(Expression expression, Dataset<Row> rows, String what, UnaryOperator<Column> use) {
        try {
            Column value = use.apply(functions.expr(parameters().bound(expression)));
            Analysis.at(expression.span(), () -> rows.select(value));
            return Optional.of(value);
        } catch (Analysis.Failure refused) {
            diagnostics.add(AnalysisErrorText.of(refused.getCause(), what, refused.span(), names(rows)));
            return Optional.empty();
        }
    }

    /** The columns that a user knows of. */
    private static List<String> names(Dataset<Row> rows) {
        return Arrays.stream(rows.columns())
                .filter(name -> !RowMarkers.is(name))
                .toList();
    }

    /** The columns that decide whether a row is gone; a complete contract may leave them out. */
    private Set<String> deciding() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        plan.definition()
                .deleteWhen()
                .ifPresent(condition -> SqlText.tokens(condition.text())
                        .forEach(token -> names.add(token.text().replace("`", ""))));
        return names;
    }

    /** The table's columns of shaped rows. */
    StructType schema(Dataset<Row> shaped) {
        boolean declared = plan.target().settings().columns().stream()
                .anyMatch(column -> column.name().name().equalsIgnoreCase(TechnicalColumns.SOURCE_FILE));
        boolean own = plan.landing() == PipelinePlan.Landing.FROM_OUTSIDE || declared;
        return TableSchema.of(
                (own ? shaped : shaped.drop(TechnicalColumns.SOURCE_FILE)).drop(RowMarkers.ACTION),
                plan.target().settings().columns());
    }

    /**
     * The table's columns with those that Delta counts, each in its place.
     *
     * @param columns the others
     */
    StructType withCounted(StructType columns) {
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

    private Optional<Column> declared(TargetSettings.ContractColumn column, StructField found, Dataset<Row> rows) {
        String name = column.name().name();
        Optional<DataType> wanted = type(column);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (column.generated().isPresent() || column.identity()) {
            refuseMade(column, found);
            return Optional.empty();
        }
        if (found == null && column.default_().isPresent()) {
            return planned(
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
                            "Derive it, or take it out of 'columns'.")
                    .accepting(names(rows), name));
            return Optional.empty();
        }
        String is = found.dataType().catalogString();
        String should = wanted.get().catalogString();
        if (!is.equals(should) && !TypeWidening.is(found.dataType(), wanted.get()) && !is.equals("void")) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    column.type().span(),
                    "Cannot write " + plan.id() + ": the rows have '" + name + "' as " + is + ", the contract says "
                            + should,
                    "Add a step '- cast: {" + name + ": " + should + "}', or correct the contract."));
            return Optional.empty();
        }
        Column value = Columns.named(found.name());
        Column typed = is.equals(should) ? value : value.cast(wanted.get());
        return Optional.of(typed.as(name, metadata(column)));
    }

    /** A column that Delta makes cannot come with the rows too. */
    private void refuseMade(TargetSettings.ContractColumn column, StructField found) {
        if (found != null) {
            String word = column.identity() ? "identity" : "generated";
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_CONTRACT,
                    column.name().span(),
                    "Cannot write " + plan.id() + ": by the contract Delta makes '" + column.name()
                            + "', which the rows have already",
                    "Leave it out with 'drop', or take '" + word + "' out of the contract."));
        }
    }

    private Parameters parameters() {
        return new Parameters(plan.definition().parameters());
    }

    /** What Delta's log says of a column beside its type (Delta protocol, "Generated Columns", "Identity Columns"). */
    private Metadata metadata(TargetSettings.ContractColumn column) {
        MetadataBuilder metadata = new MetadataBuilder();
        column.description().ifPresent(text -> metadata.putString("comment", text));
        column.generated()
                .ifPresent(made -> metadata.putString(
                        GENERATION, SqlText.plain(parameters().bound(made))));
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
        } catch (Exception refused) {
            diagnostics.add(Diagnostic.error(
                            Code.PLAN_CONTRACT,
                            column.type().span(),
                            "Cannot read the type '" + column.type().text() + "' of '" + column.name() + "'",
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
