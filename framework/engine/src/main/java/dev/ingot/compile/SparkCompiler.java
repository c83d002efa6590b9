package dev.ingot.compile;

import dev.ingot.component.RowCheck;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.Trait;
import dev.ingot.component.Transformation;
import dev.ingot.component.WriteMode;
import dev.ingot.component.input.SourceRows;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.config.Project;
import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.OnViolation;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.model.Pipeline;
import dev.ingot.model.RuleName;
import dev.ingot.options.ColumnName;
import dev.ingot.options.OptionValues;
import dev.ingot.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Compiles a pipeline's plan to Spark datasets: source, steps, contract, rules. Over {@link EmptyInputs} this is the
 * check by Spark's analyzer; over the inputs of a batch it is what runs. Both take the same path.
 */
public final class SparkCompiler {

    /** The reserved prefix of verdict columns. */
    static final String VERDICT = "__verdict_";

    private final SparkSession spark;
    private final Configuration hadoop;
    private final Project project;
    private final PlannedTables tables;
    private final Consumer<String> warnings;

    /** Creates a compiler for one session; it relies on the session's settings. */
    public SparkCompiler(
            SparkSession spark,
            Configuration hadoop,
            Project project,
            PlannedTables tables,
            Consumer<String> warnings) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.hadoop = Objects.requireNonNull(hadoop, "hadoop");
        this.project = Objects.requireNonNull(project, "project");
        this.tables = Objects.requireNonNull(tables, "tables");
        this.warnings = Objects.requireNonNull(warnings, "warnings");
    }

    /** Returns the context in which the sources of a pipeline look for new input. */
    public SourceContext context(PipelinePlan plan, Inputs inputs) {
        return new CompileContext(spark, hadoop, project, plan, tables, inputs, warnings);
    }

    /**
     * Compiles a pipeline over the given inputs.
     *
     * @throws IngotException with all errors found, each at its line
     */
    public CompiledPlan compile(PipelinePlan plan, Inputs inputs) {
        Diagnostics diagnostics = new Diagnostics();
        Pipeline pipeline = plan.definition();
        CompileContext context = new CompileContext(spark, hadoop, project, plan, tables, inputs, warnings);
        SourceRows input = sourceRows(pipeline.input(), pipeline.sources().get(pipeline.input()), inputs, context);
        Contract contract = new Contract(plan, diagnostics);

        Dataset<Row> transformed = transform(pipeline, input.rows(), context);
        Dataset<Row> conformed = contract.conform(
                markDeletions(pipeline, transformed, context), project.values().run());
        checkKeys(pipeline, conformed);
        diagnostics.throwIfErrors();
        List<RowRule> rules = new ArrayList<>();
        Dataset<Row> judged = addVerdicts(pipeline, conformed, context, rules, diagnostics);
        List<TableRule> tableRules = tableRules(pipeline, conformed, context, diagnostics);
        List<Diversion> diversions = context.diversions();
        diagnostics.throwIfErrors();
        StructType rows = contract.schema(conformed);
        StructType schema = contract.withIdentityColumns(schema(pipeline, rows));
        checkLayout(pipeline, schema);
        return new CompiledPlan(plan, judged, rows, schema, rules, tableRules, diversions, input.deletedKeys());
    }

    private static void checkLayout(Pipeline pipeline, StructType schema) {
        TargetSettings target = pipeline.target().settings();
        Diagnostics diagnostics = new Diagnostics();
        Stream.concat(target.partitionBy().stream(), target.clusterBy().stream())
                .filter(column -> SchemaProjection.find(schema, column.name()).isEmpty())
                .forEach(column -> diagnostics.add(Diagnostic.error(
                                Code.PLAN_COLUMN,
                                column.span(),
                                "Cannot partition or cluster " + pipeline.id() + " by '" + column
                                        + "': the table has no such column",
                                "")
                        .accepting(Arrays.asList(schema.fieldNames()), column.name())));
        diagnostics.throwIfErrors();
    }

    /** Marks each row as a write or, if it meets the delete condition, as a deletion. */
    private static Dataset<Row> markDeletions(Pipeline pipeline, Dataset<Row> rows, CompileContext context) {
        return pipeline.deleteWhen()
                .map(condition -> withDiagnostics(
                        pipeline.target().component().title(),
                        condition.span(),
                        Arrays.asList(rows.columns()),
                        () -> rows.withColumn(
                                RowMarkers.ACTION,
                                functions
                                        .when(context.column(condition), RowMarkers.Action.DELETE.literal())
                                        .otherwise(RowMarkers.Action.WRITE.literal()))))
                .orElse(rows);
    }

    @SuppressWarnings("unchecked")
    private static StructType schema(Pipeline pipeline, StructType rows) {
        WriteMode<Record> target = pipeline.target().component().instantiate(WriteMode.class);
        return withDiagnostics(
                pipeline.target().component().title(),
                pipeline.target().span(),
                Arrays.asList(rows.fieldNames()),
                () -> target.columns(rows, pipeline.target().options()));
    }

    @SuppressWarnings("unchecked")
    static SourceRows sourceRows(String alias, Bound<SourceSettings> source, Inputs inputs, SourceContext context) {
        String what = source.component().title();
        return withDiagnostics(
                what,
                source.span(),
                List.of(),
                () -> inputs.rows(alias, source, source.component().instantiate(Source.class), context));
    }

    @SuppressWarnings("unchecked")
    private static Dataset<Row> transform(Pipeline pipeline, Dataset<Row> input, CompileContext context) {
        context.addSource(pipeline.input(), input);
        Dataset<Row> rows = input;
        for (Bound<StepSettings> step : pipeline.steps()) {
            Dataset<Row> before = rows;
            Transformation<Record> transformation = step.component().instantiate(Transformation.class);
            context.enterStep(step);
            rows = withDiagnostics(
                    step.component().title(),
                    step.span(),
                    Arrays.asList(before.columns()),
                    () -> transformation.apply(before, step.options(), context));
        }
        return rows;
    }

    @SuppressWarnings("unchecked")
    private Dataset<Row> addVerdicts(
            Pipeline pipeline,
            Dataset<Row> conformed,
            CompileContext context,
            List<RowRule> rules,
            Diagnostics diagnostics) {
        Dataset<Row> judged = conformed;
        boolean marksDeletions = pipeline.deleteWhen().isPresent();
        Column deleted = marksDeletions ? RowMarkers.hasAction(RowMarkers.Action.DELETE) : functions.lit(false);
        List<ColumnName> identifying = identifyingColumns(pipeline);
        for (ColumnName required : requiredColumns(pipeline, identifying)) {
            String verdict = VERDICT + rules.size();
            Column missing = Columns.named(required.name()).isNull();
            judged = judged.withColumn(
                    verdict, identifying.contains(required) ? missing : missing.and(functions.not(deleted)));
            rules.add(new RowRule("not_null(" + required + ")", pipeline.defaultAction(), Optional.empty(), verdict));
        }
        for (Bound<CheckSettings> check : pipeline.checks()) {
            if (check.component().has(Trait.ROW_RULE)) {
                Dataset<Row> before = judged;
                String verdict = VERDICT + rules.size();
                RowCheck<Record> rule = check.component().instantiate(RowCheck.class);
                try {
                    Dataset<Row> completed = withDiagnostics(
                            check.component().title(),
                            check.span(),
                            Arrays.asList(conformed.columns()),
                            () -> applyCondition(
                                    rule.evaluate(before, check.options(), verdict, context), check, verdict, context));
                    judged = marksDeletions
                            ? completed.withColumn(
                                    verdict, Columns.named(verdict).and(functions.not(deleted)))
                            : completed;
                } catch (IngotException failure) {
                    failure.diagnostics().forEach(diagnostics::add);
                }
                rules.add(new RowRule(
                        RuleName.of(check),
                        check.settings().onViolation().orElse(pipeline.defaultAction()),
                        check.settings().maxViolations(),
                        verdict));
            }
        }
        return judged;
    }

    /** Returns the columns that identify a row: the keys, and in a history also the sequence. */
    private static List<ColumnName> identifyingColumns(Pipeline pipeline) {
        List<ColumnName> identifying = new ArrayList<>(pipeline.keys());
        pipeline.keyed()
                .filter(keyed -> keyed.identity().size() > keyed.keys().size())
                .ifPresent(keyed -> identifying.addAll(keyed.sequenceBy()));
        return identifying;
    }

    /**
     * Returns the columns that must not be null: the identifying ones, and those the contract declares not nullable.
     */
    private static List<ColumnName> requiredColumns(Pipeline pipeline, List<ColumnName> identifying) {
        List<ColumnName> required = new ArrayList<>(identifying);
        Set<String> alreadyChecked = pipeline.checks().stream()
                .filter(check -> check.component().name().equals("not_null"))
                .flatMap(check -> OptionValues.of(check.options(), ColumnName.class).stream())
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        pipeline.target().settings().columns().stream()
                .filter(column -> !column.nullable())
                .map(TargetSettings.ContractColumn::name)
                .forEach(required::add);
        required.removeIf(column -> !alreadyChecked.add(column.name().toLowerCase(Locale.ROOT)));
        return required;
    }

    private static Dataset<Row> applyCondition(
            Dataset<Row> judged, Bound<CheckSettings> check, String verdict, CompileContext context) {
        Column violated = functions.coalesce(Columns.named(verdict), functions.lit(false));
        Column limited = check.settings()
                .when()
                .map(condition -> Analysis.at(condition.span(), () -> violated.and(context.column(condition))))
                .orElse(violated);
        return judged.withColumn(verdict, functions.coalesce(limited, functions.lit(false)));
    }

    private static void checkKeys(Pipeline pipeline, Dataset<Row> conformed) {
        withDiagnostics(
                pipeline.target().component().title(),
                pipeline.target().span(),
                Arrays.asList(conformed.columns()),
                () -> {
                    OptionValues.of(pipeline.target().options(), ColumnName.class)
                            .forEach(column -> Columns.of(conformed, column));
                    pipeline.keyed().stream()
                            .flatMap(keyed -> Stream.concat(keyed.keys().stream(), keyed.sequenceBy().stream()))
                            .forEach(column -> checkComparable(column, Columns.typeOf(conformed, column)));
                    return conformed;
                });
    }

    private static void checkComparable(ColumnName column, DataType type) {
        if (type.catalogString().contains("map<")) {
            throw Analysis.failure(
                    column.span(),
                    "'" + column + "' is of type " + type.catalogString() + ", whose values cannot be compared");
        }
    }

    private List<TableRule> tableRules(
            Pipeline pipeline, Dataset<Row> conformed, CompileContext context, Diagnostics diagnostics) {
        List<TableRule> rules = new ArrayList<>();
        for (Bound<CheckSettings> check : pipeline.checks()) {
            if (check.component().has(Trait.TABLE_RULE)) {
                OnViolation action = check.settings().onViolation().orElse(OnViolation.FAIL);
                TableRule rule = new TableRule(RuleName.of(check), action, check, context);
                try {
                    withDiagnostics(
                            check.component().title(),
                            check.span(),
                            Arrays.asList(conformed.columns()),
                            () -> Columns.of(conformed, OptionValues.of(check.options(), ColumnName.class)));
                } catch (IngotException failure) {
                    failure.diagnostics().forEach(diagnostics::add);
                }
                rules.add(rule);
            }
        }
        return rules;
    }

    private static <T> T withDiagnostics(String what, SourceSpan span, List<String> columns, Supplier<T> step) {
        try {
            return Analysis.at(span, step::get);
        } catch (Analysis.Failure failure) {
            throw new IngotException(AnalysisErrorText.of(failure.getCause(), what, failure.span(), columns), failure);
        }
    }
}
