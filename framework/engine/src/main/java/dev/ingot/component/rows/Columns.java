package dev.ingot.component.rows;

import dev.ingot.options.ColumnName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** Columns by name: the one place where a name is quoted, so that any name a table has can be used. */
public final class Columns {

    private Columns() {}

    /**
     * A top-level column, or with dots a field of a struct.
     *
     * @throws Analysis.Failure with the place where it was named, when the rows have no such column
     */
    public static Column of(Dataset<Row> rows, ColumnName column) {
        return Analysis.at(
                column.span(), () -> rows.col(has(rows, column.name()) ? quoted(column.name()) : column.name()));
    }

    /** Some columns, in order. */
    public static Column[] of(Dataset<Row> rows, List<ColumnName> columns) {
        return columns.stream().map(column -> of(rows, column)).toArray(Column[]::new);
    }

    /**
     * The type of a top-level column or of a field of a struct.
     *
     * @throws Analysis.Failure with the place where it was named, when the rows have no such column
     */
    public static DataType typeOf(Dataset<Row> rows, ColumnName column) {
        return rows.select(of(rows, column)).schema().apply(0).dataType();
    }

    /** A top-level column of whatever rows it is used on. */
    public static Column named(String name) {
        return functions.col(quoted(name));
    }

    /** Some top-level columns of whatever rows they are used on. */
    public static Column[] named(Collection<String> names) {
        return names.stream().map(Columns::named).toArray(Column[]::new);
    }

    /** All top-level columns of some rows. */
    public static Column[] all(Dataset<Row> rows) {
        return named(Arrays.asList(rows.columns()));
    }

    /** Whether the rows have a top-level column of this name; case does not matter, as in Spark. */
    public static boolean has(Dataset<Row> rows, String name) {
        return Arrays.stream(rows.columns()).anyMatch(name::equalsIgnoreCase);
    }

    /** A name between backticks. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
