package dev.ingot.component;

import dev.ingot.options.Expression;
import dev.ingot.options.SourceName;
import dev.ingot.options.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A context for steps and checks without the engine; the test provides the sources and tables. */
public final class TestContext implements StepContext {

    private final SparkSession spark;
    private final Map<String, Dataset<Row>> sources = new TreeMap<>();
    private final Map<String, Dataset<Row>> tables = new TreeMap<>();
    private final List<Diverted> diverted = new ArrayList<>();

    /** Rows that a step diverted, as violations of a rule. */
    public record Diverted(String rule, Dataset<Row> rows) {

        public Diverted {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(rows, "rows");
        }
    }

    private TestContext(SparkSession spark) {
        this.spark = spark;
    }

    /** Creates a context without sources and tables, in a session with ANSI mode, as in the engine. */
    public static TestContext in(SparkSession spark) {
        spark.conf().set("spark.sql.ansi.enabled", "true");
        return new TestContext(spark);
    }

    public TestContext withSource(String alias, Dataset<Row> rows) {
        sources.put(alias, rows);
        return this;
    }

    public TestContext withTable(String name, Dataset<Row> rows) {
        tables.put(name, rows);
        return this;
    }

    /** Returns the rows that the steps have diverted so far. */
    public List<Diverted> diverted() {
        return List.copyOf(diverted);
    }

    @Override
    public Column column(Expression expression) {
        return functions.expr(expression.text());
    }

    @Override
    public Dataset<Row> source(SourceName name) {
        return Optional.ofNullable(sources.get(name.alias())).orElseThrow();
    }

    @Override
    public Dataset<Row> rowsOf(TableName table) {
        return Optional.ofNullable(tables.get(table.toString())).orElseThrow();
    }

    @Override
    public Dataset<Row> query(Expression sql, Dataset<Row> input) {
        sources.forEach((alias, rows) -> rows.createOrReplaceTempView(alias));
        input.createOrReplaceTempView("input");
        return spark.sql(sql.text());
    }

    @Override
    public Dataset<Row> divert(Dataset<Row> rows, Column violated, String rule) {
        diverted.add(new Diverted(rule, rows.filter(violated)));
        return rows.filter(functions.not(violated));
    }
}
