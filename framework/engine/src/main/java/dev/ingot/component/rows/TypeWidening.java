package dev.ingot.component.rows;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Decides which type changes are lossless: the wider type can hold every value of the narrower one. */
public final class TypeWidening {

    private static final Map<String, Set<String>> WIDER = Map.of(
            "tinyint", Set.of("smallint", "int", "bigint", "float", "double"),
            "smallint", Set.of("int", "bigint", "float", "double"),
            "int", Set.of("bigint", "double"),
            "float", Set.of("double"),
            "date", Set.of("timestamp"));

    /** The digits of the integer types, for decimals that can hold all their values. */
    private static final Map<String, Integer> DIGITS = Map.of("tinyint", 3, "smallint", 5, "int", 10, "bigint", 19);

    private TypeWidening() {}

    /** Returns whether {@code to} is another type than {@code from} and can hold all its values. */
    public static boolean isWidening(DataType from, DataType to) {
        String narrow = from.catalogString();
        if (to instanceof DecimalType decimal) {
            int integerDigits = decimal.precision() - decimal.scale();
            return from instanceof DecimalType source
                    ? !source.equals(decimal)
                            && decimal.scale() >= source.scale()
                            && integerDigits >= source.precision() - source.scale()
                    : DIGITS.containsKey(narrow) && integerDigits >= DIGITS.get(narrow);
        }
        return WIDER.getOrDefault(narrow, Set.of()).contains(to.catalogString());
    }
}
