package dev.ingot.quality;

import dev.ingot.component.Named;
import dev.ingot.component.RowCheck;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import dev.ingot.options.TableName;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/**
 * Checks that the values of some columns exist in another table (referential integrity). A row in which one of them is
 * null passes, as with a foreign key in SQL; {@code not_null} rejects it.
 */
@Named(
        value = "references",
        summary = "The values of the columns exist together in a row of another table, or one of them is null.",
        example = "references: {columns: [origin], table: silver.airports, to: [iata]}",
        traits = Trait.ROW_RULE)
public final class References implements RowCheck<References.Options> {

    private static final String OWN = "__ingot_own_";
    private static final String OTHER = "__ingot_other_";
    private static final String FOUND = "__ingot_found";

    /** The referencing columns, and the referenced table and columns. */
    public record Options(
            @Option(description = "The referencing columns.", example = "[origin]", required = true)
            List<ColumnName> columns,

            @Option(description = "The referenced table.", example = "silver.airports")
            TableName table,

            @Option(
                    description = "The referenced columns, in the same order; default: the same names.",
                    example = "[iata]")
            List<ColumnName> to) {
        public Options {
            if (to.isEmpty()) {
                to = columns;
            }
            if (to.size() != columns.size()) {
                throw new IllegalArgumentException("'columns' and 'to' must have the same number of columns, not "
                        + columns.size() + " and " + to.size());
            }
        }
    }

    @Override
    public Dataset<Row> evaluate(Dataset<Row> rows, Options options, String verdict, StepContext context) {
        Dataset<Row> table = context.rowsOf(options.table());
        List<Column> own = new ArrayList<>(List.of(Columns.all(rows)));
        List<Column> referenced = new ArrayList<>();
        Column same = functions.lit(true);
        Column complete = functions.lit(true);
        for (int i = 0; i < options.columns().size(); i++) {
            ColumnName column = options.columns().get(i);
            ColumnName other = options.to().get(i);
            own.add(Columns.of(rows, column).as(OWN + i));
            referenced.add(referenced(table, other, options).as(OTHER + i));
            rejectMixedTypes(column, Columns.typeOf(rows, column), Columns.typeOf(table, other), options);
            same = same.and(Columns.named(OWN + i).equalTo(Columns.named(OTHER + i)));
            complete = complete.and(Columns.named(OWN + i).isNotNull());
        }
        List<Column> judged = new ArrayList<>(List.of(Columns.all(rows)));
        judged.add(complete.and(Columns.named(FOUND).isNull()).as(verdict));
        Column condition = same;
        return Analysis.at(options.columns().get(0).span(), () -> {
            Dataset<Row> existing =
                    table.select(referenced.toArray(Column[]::new)).distinct();
            return rows.select(own.toArray(Column[]::new))
                    .join(existing.withColumn(FOUND, functions.lit(true)), condition, "left")
                    .select(judged.toArray(Column[]::new));
        });
    }

    private static Column referenced(Dataset<Row> table, ColumnName column, Options options) {
        try {
            return Columns.of(table, column);
        } catch (Analysis.Failure missing) {
            throw Analysis.failure(
                    missing.span(),
                    options.table() + " has no column '" + column + "', only " + String.join(", ", table.columns()));
        }
    }

    /** Fails if text is compared with another type: Spark would cast the text, and fail the run at an invalid one. */
    private static void rejectMixedTypes(ColumnName column, DataType own, DataType other, Options options) {
        if (own instanceof StringType != other instanceof StringType) {
            throw Analysis.failure(
                    column.span(),
                    "'" + column + "' is of type " + own.catalogString() + ", and the column it references in "
                            + options.table() + " is of type " + other.catalogString() + "; cast it first");
        }
    }
}
