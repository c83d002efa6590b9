package dev.ingot.component.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Projects rows onto a schema: matches columns and struct fields by name, ignoring order and case. */
public final class SchemaProjection {

    private SchemaProjection() {}

    /**
     * Returns the rows with the column order and types of a schema; missing columns become null. Columns that the
     * schema does not list follow unchanged.
     */
    public static Dataset<Row> of(Dataset<Row> rows, StructType schema) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            Optional<StructField> existing = find(rows.schema(), field.name());
            Column value = existing.map(source -> of(Columns.named(source.name()), source.dataType(), field.dataType()))
                    .orElseGet(() -> functions.lit(null).cast(field.dataType()));
            columns.add(value.as(field.name(), field.metadata()));
        }
        Arrays.stream(rows.columns())
                .filter(name -> find(schema, name).isEmpty())
                .map(Columns::named)
                .forEach(columns::add);
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Finds a field by its name, ignoring case. */
    public static Optional<StructField> find(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Column of(Column value, DataType actual, DataType wanted) {
        if (actual.catalogString().equals(wanted.catalogString())) {
            return value;
        }
        if (actual instanceof StructType from && wanted instanceof StructType to) {
            Column[] fields = Arrays.stream(to.fields())
                    .map(field -> find(from, field.name())
                            .map(source -> of(value.getField(source.name()), source.dataType(), field.dataType()))
                            .orElseGet(() -> functions.lit(null).cast(field.dataType()))
                            .as(field.name()))
                    .toArray(Column[]::new);
            return functions.when(value.isNotNull(), functions.struct(fields));
        }
        if (actual instanceof ArrayType from && wanted instanceof ArrayType to) {
            return functions.transform(value, each -> of(each, from.elementType(), to.elementType()));
        }
        if (actual instanceof MapType from && wanted instanceof MapType to) {
            return functions.transform_values(value, (key, each) -> of(each, from.valueType(), to.valueType()));
        }
        return value.cast(wanted);
    }
}
