package dev.ingot.testkit;

import java.sql.Timestamp;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Formats rows as text, for messages and for the comparison: rows of one schema have the same text exactly if they are
 * equal. Map entries are sorted, because a map has no order; times are in UTC.
 */
final class RowText {

    private RowText() {}

    static List<String> of(List<Row> rows, StructType schema) {
        return rows.stream().map(row -> struct(row, schema)).toList();
    }

    private static String struct(Row row, StructType schema) {
        StructField[] fields = schema.fields();
        return IntStream.range(0, fields.length)
                .mapToObj(i -> fields[i].name() + ": " + cell(row, i, fields[i].dataType()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String cell(Row row, int position, DataType type) {
        if (row.isNullAt(position)) {
            return "null";
        }
        if (type instanceof StructType struct) {
            return struct(row.getStruct(position), struct);
        }
        if (type instanceof ArrayType array) {
            return row.getList(position).stream()
                    .map(element -> wrapped(element, array.elementType()))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (type instanceof MapType map) {
            return row.getJavaMap(position).entrySet().stream()
                    .map(entry -> wrapped(entry.getKey(), map.keyType()) + " -> "
                            + wrapped(entry.getValue(), map.valueType()))
                    .sorted()
                    .collect(Collectors.joining(", ", "(", ")"));
        }
        return scalar(row.get(position));
    }

    /**
     * Wraps a value in a row: only rows convert Scala's collections, which differ between Scala versions, to Java's.
     */
    private static String wrapped(Object value, DataType type) {
        return cell(RowFactory.create(new Object[] {value}), 0, type);
    }

    private static String scalar(Object value) {
        if (value instanceof String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        return String.valueOf(value);
    }
}
