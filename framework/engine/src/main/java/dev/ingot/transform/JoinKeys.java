package dev.ingot.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * The pairs of columns that a join compares: columns of the rows so far ({@code left}) and of the joined source
 * ({@code right}).
 */
record JoinKeys(List<String> left, List<String> right) {

    private static final String NAME = "(\\w+|`[^`]+`)";
    private static final String REFERENCE = "\\s*" + NAME + "\\." + NAME + "\\s*";
    private static final Pattern EQUALITY = Pattern.compile(REFERENCE + "=" + REFERENCE);
    private static final Pattern AND = Pattern.compile("\\band\\b", Pattern.CASE_INSENSITIVE);

    JoinKeys {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /** Returns the keys of a condition of the form {@code input.a = alias.b AND ...}; empty for any other condition. */
    static Optional<JoinKeys> of(String condition, String alias) {
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (String part : AND.split(condition, -1)) {
            Matcher equality = EQUALITY.matcher(part);
            if (!equality.matches()) {
                return Optional.empty();
            }
            int input = unquoted(equality.group(1)).equalsIgnoreCase(JoinSides.INPUT) ? 1 : 3;
            int source = 4 - input;
            if (!unquoted(equality.group(input)).equalsIgnoreCase(JoinSides.INPUT)
                    || !unquoted(equality.group(source)).equalsIgnoreCase(alias)) {
                return Optional.empty();
            }
            left.add(unquoted(equality.group(input + 1)));
            right.add(unquoted(equality.group(source + 1)));
        }
        return Optional.of(new JoinKeys(left, right));
    }

    /** Checks that the columns of each pair have the same type; with two types, Spark may equate unlike values. */
    boolean sameTypes(Dataset<Row> rows, Dataset<Row> source) {
        return IntStream.range(0, left.size()).allMatch(pair -> {
            Optional<DataType> type = type(rows, left.get(pair));
            return type.isPresent() && type.equals(type(source, right.get(pair)));
        });
    }

    private static Optional<DataType> type(Dataset<Row> rows, String name) {
        return Stream.of(rows.schema().fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(StructField::dataType)
                .findFirst();
    }

    private static String unquoted(String name) {
        return name.replace("`", "");
    }
}
