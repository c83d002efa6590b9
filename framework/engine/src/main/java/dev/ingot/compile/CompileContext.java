package dev.ingot.compile;

import dev.ingot.component.SourceContext;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.ReadMode;
import dev.ingot.component.rows.Analysis;
import dev.ingot.config.Project;
import dev.ingot.definition.OnViolation;
import dev.ingot.definition.PipelineSpec;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Bound;
import dev.ingot.names.Address;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.SourceName;
import dev.ingot.options.TableName;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.plan.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The context of components while one pipeline is compiled. Collects the rows that they divert. */
final class CompileContext implements StepContext, SourceContext {

    private static final String SQL_ON_FILES = "spark.sql.runSQLOnFiles";

    private final SparkSession spark;
    private final Configuration hadoop;
    private final Project project;
    private final PipelinePlan plan;
    private final PlannedTables tables;
    private final Inputs inputs;
    private final Parameters parameters;
    private final Map<String, Dataset<Row>> sources = new LinkedHashMap<>();
    private final List<Diversion> diversions = new ArrayList<>();
    private final Consumer<String> warnings;
    private OnViolation action = OnViolation.QUARANTINE;

    CompileContext(
            SparkSession spark,
            Configuration hadoop,
            Project project,
            PipelinePlan plan,
            PlannedTables tables,
            Inputs inputs,
            Consumer<String> warnings) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.hadoop = Objects.requireNonNull(hadoop, "hadoop");
        this.project = Objects.requireNonNull(project, "project");
        this.plan = Objects.requireNonNull(plan, "plan");
        this.tables = Objects.requireNonNull(tables, "tables");
        this.inputs = Objects.requireNonNull(inputs, "inputs");
        this.warnings = Objects.requireNonNull(warnings, "warnings");
        this.parameters = new Parameters(project.values().parameterValues());
    }

    /** Makes the rows of a source available under its alias. */
    void addSource(String alias, Dataset<Row> rows) {
        sources.put(alias, rows);
    }

    /** Sets the action for the rows that the next step diverts. */
    void enterStep(Bound<StepSettings> step) {
        action = step.settings().onViolation().orElse(plan.definition().defaultAction());
    }

    List<Diversion> diversions() {
        return List.copyOf(diversions);
    }

    @Override
    public SparkSession spark() {
        return spark;
    }

    @Override
    public Configuration hadoop() {
        return hadoop;
    }

    @Override
    public String address(String path) {
        boolean absolute = Address.isAbsolute(path);
        return absolute ? path : project.root().resolve(path).normalize().toString();
    }

    @Override
    public String pipelineFile() {
        return plan.span().file();
    }

    @Override
    public StructType columnsOf(TableName table) {
        return tables.columns(table);
    }

    @Override
    public List<String> keysOf(TableName table) {
        return tables.keys(table);
    }

    @Override
    public Optional<PinnedTable> find(TableName table) {
        return inputs.find(table);
    }

    @Override
    public PinnedTable table(TableName table) {
        return inputs.find(table).orElseThrow(() -> Inputs.notBuiltError(table));
    }

    @Override
    public boolean carriesKeysOf(TableName table) {
        List<String> keys = tables.keys(table);
        Set<String> pipelineKeys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        pipelineKeys.addAll(ColumnName.names(plan.definition().keys()));
        return !keys.isEmpty()
                && pipelineKeys.containsAll(keys)
                && plan.definition().steps().stream()
                        .allMatch(step -> keys.stream().allMatch(key -> preservesColumn(step, key)));
    }

    @SuppressWarnings("unchecked")
    private static boolean preservesColumn(Bound<StepSettings> step, String column) {
        Transformation<Record> transformation = step.component().instantiate(Transformation.class);
        return transformation.keeps(column, step.options());
    }

    @Override
    public void warn(String message) {
        warnings.accept(message);
    }

    @Override
    public Dataset<Row> rowsOf(TableName table) {
        return inputs.table(table, tables.columns(table));
    }

    @Override
    public Column column(Expression expression) {
        return parameters.column(expression);
    }

    @Override
    public Dataset<Row> source(SourceName name) {
        return sources.computeIfAbsent(name.alias(), alias -> {
            Bound<SourceSettings> source = plan.definition().sources().get(alias);
            return SparkCompiler.sourceRows(alias, source, inputs, this).rows();
        });
    }

    @Override
    public Dataset<Row> query(Expression sql, Dataset<Row> input) {
        String text = sql.text().strip().replaceAll(";$", "");
        plan.definition().sources().keySet().forEach(alias -> {
            source(new SourceName(alias, sql.span())).createOrReplaceTempView(alias);
        });
        try {
            checkQuery(sql, text, input);
            input.createOrReplaceTempView(PipelineSpec.INPUT);
            // Only a query is valid in parentheses, so no other statement can run.
            String query = "SELECT * FROM (\n" + text + "\n)";
            return withoutFileTables(() -> Analysis.at(sql.span(), () -> spark.sql(query, parameters.values())));
        } finally {
            spark.catalog().dropTempView(PipelineSpec.INPUT);
            plan.definition().sources().keySet().forEach(spark.catalog()::dropTempView);
        }
    }

    /** Runs an analysis without SQL on files, so that a query can read only what the pipeline declares. */
    private <T> T withoutFileTables(Supplier<T> analysis) {
        spark.conf().set(SQL_ON_FILES, "false");
        try {
            return analysis.get();
        } finally {
            spark.conf().unset(SQL_ON_FILES);
        }
    }

    private void checkQuery(Expression sql, String text, Dataset<Row> input) {
        spark.createDataFrame(List.of(), input.schema()).createOrReplaceTempView(PipelineSpec.INPUT);
        // Before Spark 4, the query inside EXPLAIN cannot have parameters.
        String explain =
                "EXPLAIN EXTENDED SELECT * FROM (\n" + ExplainedQuery.withoutLineBreaks(parameters.bind(text)) + "\n)";
        ExplainedQuery planned = new ExplainedQuery(withoutFileTables(
                () -> Analysis.at(sql.span(), () -> spark.sql(explain).first().getString(0))));
        Set<String> unknown = planned.tables();
        unknown.removeAll(inScope());
        if (!unknown.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                            Code.PLAN_COLUMN,
                            sql.span(),
                            "Cannot plan this query: '" + String.join("', '", unknown) + "' is not in scope",
                            "Declare the table under 'sources:'.")
                    .accepting(List.copyOf(inScope()), unknown.iterator().next()));
        }
        if (plan.inputMode() == ReadMode.NEW && planned.isAcrossRows()) {
            throw new IngotException(Planner.acrossRowsError("this query", sql.span()));
        }
    }

    private Set<String> inScope() {
        Set<String> names = new TreeSet<>(Set.of(PipelineSpec.INPUT));
        plan.definition().sources().keySet().forEach(alias -> names.add(alias.toLowerCase(Locale.ROOT)));
        return names;
    }

    @Override
    public Dataset<Row> divert(Dataset<Row> rows, Column violated, String rule) {
        Column diverted = functions.coalesce(violated, functions.lit(false));
        diversions.add(new Diversion(rule, action, rows.filter(diverted)));
        return rows.filter(functions.not(diverted));
    }
}
