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

/** Creates columns by name. Only this class quotes names, so that every name of a table's column works. */
public final class Columns {

    private Columns() {}

    /**
     * Returns a top-level column or, for a name with dots, a field of a struct.
     *
     * @throws Analysis.Failure with the place of the name, when the rows have no such column
     */
    public static Column of(Dataset<Row> rows, ColumnName column) {
        return Analysis.at(
                column.span(), () -> rows.col(has(rows, column.name()) ? quoted(column.name()) : column.name()));
    }

    /** Returns columns in the given order. */
    public static Column[] of(Dataset<Row> rows, List<ColumnName> columns) {
        return columns.stream().map(column -> of(rows, column)).toArray(Column[]::new);
    }

    /**
     * Returns the type of a top-level column or of a field of a struct.
     *
     * @throws Analysis.Failure with the place of the name, when the rows have no such column
     */
    public static DataType typeOf(Dataset<Row> rows, ColumnName column) {
        return rows.select(of(rows, column)).schema().apply(0).dataType();
    }

    /** Returns an unresolved top-level column: it works on any rows that have it. */
    public static Column named(String name) {
        return functions.col(quoted(name));
    }

    /** Returns unresolved top-level columns. */
    public static Column[] named(Collection<String> names) {
        return names.stream().map(Columns::named).toArray(Column[]::new);
    }

    /** Returns all top-level columns of the rows. */
    public static Column[] all(Dataset<Row> rows) {
        return named(Arrays.asList(rows.columns()));
    }

    /** Returns whether the rows have a top-level column of this name, ignoring case, as Spark does. */
    public static boolean has(Dataset<Row> rows, String name) {
        return Arrays.stream(rows.columns()).anyMatch(name::equalsIgnoreCase);
    }

    /** Quotes a name with backticks. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
