package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;

/**
 * Turns each element of an array into a row. The element's column replaces the array; for an array within a struct it
 * is added at the end. A row whose array is null or empty is dropped, unless {@code outer} keeps it with a null
 * element.
 */
@Named(
        value = "explode",
        summary = "Turns each element of an array into a row; drops a row without elements, unless 'outer' is true.",
        example = "explode: {column: legs, as: leg}")
public final class Explode implements Transformation<Explode.Options> {

    private static final String ELEMENT = "__ingot_element";
    private static final String POSITION = "__ingot_position";

    /** The array, and the names of the columns for its elements. */
    public record Options(
            @Option(description = "The array, a column or a field of a struct.", example = "legs", inline = true)
            ColumnName column,

            @Option(description = "The name of the element's column; default: the array's name.", example = "leg")
            Optional<ColumnName> as,

            @Option(
                    description = "Whether to keep a row whose array is null or empty, with a null element.",
                    example = "true",
                    defaultValue = "false")
            boolean outer,

            @Option(description = "A column for the element's position, counted from 0.", example = "leg_number")
            Optional<ColumnName> position) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Column array = Columns.of(rows, options.column());
        DataType type = Columns.typeOf(rows, options.column());
        if (!(type instanceof ArrayType)) {
            throw Analysis.failure(
                    options.column().span(),
                    "'" + options.column() + "' is not an array but of type " + type.catalogString());
        }
        Column elements = options.outer() ? functions.posexplode_outer(array) : functions.posexplode(array);
        List<Column> generated = new ArrayList<>(List.of(Columns.all(rows)));
        generated.add(elements.as(new String[] {POSITION, ELEMENT}));
        return ResultColumn.select(rows.select(generated.toArray(Column[]::new)), columns(rows, options));
    }

    @Override
    public boolean keeps(String column, Options options) {
        return Stream.concat(
                        Stream.of(options.column()), Stream.concat(options.as().stream(), options.position().stream()))
                .noneMatch(taken -> taken.name().equalsIgnoreCase(column));
    }

    private static List<ResultColumn> columns(Dataset<Row> rows, Options options) {
        String array = options.column().name();
        List<ResultColumn> columns = new ArrayList<>();
        for (String name : rows.columns()) {
            if (name.equalsIgnoreCase(array)) {
                columns.addAll(elements(name, options));
            } else {
                columns.add(ResultColumn.unchanged(name));
            }
        }
        if (!Columns.has(rows, array)) {
            columns.addAll(elements(array.substring(array.lastIndexOf('.') + 1), options));
        }
        return columns;
    }

    private static List<ResultColumn> elements(String defaultName, Options options) {
        List<ResultColumn> elements = new ArrayList<>();
        ColumnName element =
                options.as().orElse(new ColumnName(defaultName, options.column().span()));
        elements.add(column(element, ELEMENT, "an element of " + options.column()));
        options.position()
                .ifPresent(name -> elements.add(column(name, POSITION, "the position in " + options.column())));
        return elements;
    }

    private static ResultColumn column(ColumnName name, String generated, String origin) {
        return new ResultColumn(name.name(), Columns.named(generated), origin, Optional.of(name.span()));
    }
}
