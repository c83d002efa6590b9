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
 * Makes a row of each element of an array. The element takes the array's place; that of an array within a struct goes
 * to the end. A row whose array is null or empty vanishes, unless {@code outer} keeps it with a null element.
 */
@Named(
        value = "explode",
        summary = "Makes a row of each element of an array; a row without elements vanishes, unless 'outer' is true.",
        example = "explode: {column: legs, as: leg}")
public final class Explode implements Transformation<Explode.Options> {

    private static final String ELEMENT = "__ingot_element";
    private static final String POSITION = "__ingot_position";

    /** The array, and what its elements are called. */
    public record Options(
            @Option(description = "The array, a column or a field of a struct.", example = "legs", inline = true)
            ColumnName column,

            @Option(description = "The element's name; without it the array's own.", example = "leg")
            Optional<ColumnName> as,

            @Option(
                    description = "Whether a row whose array is null or empty stays, with a null element.",
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
                    "'" + options.column() + "' is no array but of type " + type.catalogString());
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
                columns.add(ResultColumn.kept(name));
            }
        }
        if (!Columns.has(rows, array)) {
            columns.addAll(elements(array.substring(array.lastIndexOf('.') + 1), options));
        }
        return columns;
    }

    private static List<ResultColumn> elements(String ownName, Options options) {
        List<ResultColumn> elements = new ArrayList<>();
        ColumnName element =
                options.as().orElse(new ColumnName(ownName, options.column().span()));
        elements.add(column(element, ELEMENT, "an element of " + options.column()));
        options.position()
                .ifPresent(name -> elements.add(column(name, POSITION, "the position in " + options.column())));
        return elements;
    }

    private static ResultColumn column(ColumnName name, String generated, String origin) {
        return new ResultColumn(name.name(), Columns.named(generated), origin, Optional.of(name.span()));
    }
}
