package dev.ingot.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Values of Spark as cells of a printed table: numbers stay numbers, everything else is text. */
final class Cells {

    private Cells() {}

    static Map<String, Object> of(Row row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        String[] names = row.schema().fieldNames();
        for (int i = 0; i < names.length; i++) {
            cells.put(names[i], cell(row.get(i)));
        }
        return cells;
    }

    private static Object cell(Object value) {
        if (value instanceof Row row) {
            return row.json();
        }
        if (value instanceof java.sql.Timestamp timestamp) {
            return timestamp.toInstant().toString();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** The figures of a commit that say something about rows and files. */
    static String figures(Map<String, String> metrics) {
        return new TreeMap<>(metrics)
                .entrySet().stream()
                        .filter(figure -> figure.getKey().matches("num(Output|TargetRows|Source).*|num(Added|Removed)Files"))
                        .filter(figure -> !figure.getValue().equals("0"))
                        .map(figure -> figure.getKey() + "=" + figure.getValue())
                        .collect(Collectors.joining(" "));
    }
}
