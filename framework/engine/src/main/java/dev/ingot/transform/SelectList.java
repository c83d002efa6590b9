package dev.ingot.transform;

import dev.ingot.component.StepContext;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.Expression;
import dev.ingot.options.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Resolves the items of a SQL select list: {@code city}, {@code payload.id}, {@code upper(city) AS city}. */
final class SelectList {

    private SelectList() {}

    /**
     * Returns the columns that the items select from the rows.
     *
     * @throws Analysis.Failure with the place of an item that cannot be resolved or has no name
     */
    static List<ResultColumn> of(Dataset<Row> rows, List<Expression> items, StepContext context) {
        return items.stream().map(item -> column(rows, item, context)).toList();
    }

    private static ResultColumn column(Dataset<Row> rows, Expression item, StepContext context) {
        if (Columns.has(rows, item.text())) {
            return new ResultColumn(item.text(), Columns.named(item.text()), item.text(), Optional.of(item.span()));
        }
        return Analysis.at(item.span(), () -> {
            Column value = context.column(item);
            String name = name(rows, item, value);
            return new ResultColumn(name, value, item.text(), Optional.of(item.span()));
        });
    }

    /** Returns Spark's name for the value; selects it beside all other columns, so that Spark rejects an aggregate. */
    private static String name(Dataset<Row> rows, Expression item, Column value) {
        List<Column> selected = new ArrayList<>(List.of(Columns.all(rows)));
        selected.add(value);
        String[] names = rows.select(selected.toArray(Column[]::new)).columns();
        String name = names[names.length - 1];
        if (!endsWithName(item.text(), name)) {
            throw Analysis.failure(
                    item.span(), "'" + item.text() + "' has no name; write '" + item.text() + " AS name'");
        }
        return name;
    }

    /** Checks whether the last token of an item is its name, as in {@code a.b} and {@code a + b AS c}. */
    private static boolean endsWithName(String item, String name) {
        List<SqlText.Token> tokens = SqlText.tokens(item);
        SqlText.Token last = tokens.get(tokens.size() - 1);
        boolean word = Arrays.asList(SqlText.Kind.WORD, SqlText.Kind.QUOTED).contains(last.kind());
        return word && name.equalsIgnoreCase(last.text().replaceAll("^`|`$", "").replace("``", "`"));
    }
}
