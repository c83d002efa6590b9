package dev.ingot.component.rows;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Which types hold every value of another, so that a cast loses nothing. */
public final class TypeWidening {

    private static final Map<String, Set<String>> WIDER = Map.of(
            "tinyint", Set.of("smallint", "int", "bigint", "float", "double"),
            "smallint", Set.of("int", "bigint", "float", "double"),
            "int", Set.of("bigint", "double"),
            "float", Set.of("double"),
            "date", Set.of("timestamp"));

    /** Whole digits of the whole-number types, for decimals that hold all of them. */
    private static final Map<String, Integer> DIGITS = Map.of("tinyint", 3, "smallint", 5, "int", 10, "bigint", 19);

    private TypeWidening() {}

    /** Whether {@code to} holds every value of {@code from} and is another type. */
    public static boolean is(DataType from, DataType to) {
        String narrow = from.catalogString();
        if (to instanceof DecimalType decimal) {
            int whole = decimal.precision() - decimal.scale();
            return from instanceof DecimalType own
                    ? !own.equals(decimal) && decimal.scale() >= own.scale() && whole >= own.precision() - own.scale()
                    : DIGITS.containsKey(narrow) && whole >= DIGITS.get(narrow);
        }
        return WIDER.getOrDefault(narrow, Set.of()).contains(to.catalogString());
    }
}
