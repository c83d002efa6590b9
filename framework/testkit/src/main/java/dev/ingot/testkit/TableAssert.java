package dev.ingot.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions about a table: its schema and its rows, in any order, with duplicates. A failed assertion throws an
 * {@link AssertionFailedError} that lists the differing columns, or up to ten missing and ten unexpected rows. All rows
 * are collected, so this is for small tables only.
 */
public final class TableAssert {

    private final String name;
    private final Dataset<Row> actual;
    private final List<String> ignored;

    private TableAssert(String name, Dataset<Row> actual, List<String> ignored) {
        this.name = name;
        this.actual = requireNonNull(actual, "actual");
        this.ignored = List.copyOf(ignored);
    }

    /** Starts assertions about the rows of a query. */
    public static TableAssert assertTable(Dataset<Row> actual) {
        return new TableAssert("the frame", actual, List.of());
    }

    /** Starts assertions about the newest version of a table. */
    public static TableAssert assertTable(StoredTable table) {
        return new TableAssert(table.path().toString(), table.rows(), List.of());
    }

    /** Creates a row for {@link #hasRows(String, Row...)}; its cells have the Java types that Spark returns. */
    public static Row row(Object... cells) {
        return RowFactory.create(cells);
    }

    /** Excludes columns from the following assertions; fails if one does not exist, since it may be misspelled. */
    public TableAssert ignoring(String... columns) {
        List<String> present = List.of(actual.columns());
        List<String> absent =
                Stream.of(columns).filter(column -> !present.contains(column)).toList();
        if (!absent.isEmpty()) {
            throw failure("columns", List.of("cannot ignore " + absent + ": the columns are " + present));
        }
        return new TableAssert(
                name,
                actual.drop(columns),
                Stream.concat(ignored.stream(), Stream.of(columns)).toList());
    }

    /** Asserts these columns, types and order. Ignores nullability. */
    public TableAssert hasSchema(String ddl) {
        return hasSchema(StructType.fromDDL(ddl));
    }

    /** Asserts exactly these rows, in any order, with a schema such as {@code "id BIGINT, name STRING"}. */
    public TableAssert hasRows(String ddl, Row... rows) {
        return hasRows(actual.sparkSession().createDataFrame(List.of(rows), StructType.fromDDL(ddl)));
    }

    /** Asserts the schema and exactly the rows of another query, in any order, without the ignored columns. */
    public TableAssert hasRows(Dataset<Row> expected) {
        Dataset<Row> wanted = expected.drop(ignored.toArray(String[]::new));
        hasSchema(wanted.schema());
        StructType schema = actual.schema();
        List<Row> wantedRows = wanted.collectAsList();
        List<Row> rows = actual.collectAsList();
        RowDifference difference = RowDifference.between(RowText.of(wantedRows, schema), RowText.of(rows, schema));
        if (!difference.isEmpty()) {
            throw failure("rows", difference.lines());
        }
        NoOrderEquality.require(actual.sparkSession(), schema, wantedRows, rows);
        return this;
    }

    /** Asserts that there are no rows, with any schema. */
    public TableAssert hasNoRows() {
        List<String> rows = RowText.of(actual.collectAsList(), actual.schema());
        RowDifference difference = RowDifference.between(List.of(), rows);
        if (!difference.isEmpty()) {
            throw failure("rows", difference.lines());
        }
        return this;
    }

    /** Asserts the number of rows. */
    public TableAssert hasCount(long expected) {
        long count = actual.count();
        if (count != expected) {
            throw failure("number of rows", List.of("expected " + expected + " but was " + count));
        }
        return this;
    }

    private TableAssert hasSchema(StructType expected) {
        List<String> difference = SchemaDifference.between(expected, actual.schema());
        if (!difference.isEmpty()) {
            throw failure("schema", difference);
        }
        return this;
    }

    private AssertionFailedError failure(String what, List<String> lines) {
        return new AssertionFailedError(
                "Not as expected: the " + what + " of " + name + "\n  " + String.join("\n  ", lines));
    }
}
