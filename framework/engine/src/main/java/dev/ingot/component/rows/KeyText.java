package dev.ingot.component.rows;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** A key as a message shows it. */
public final class KeyText {

    private static final String HIDDEN = "***";

    private KeyText() {}

    /**
     * Each column with its value.
     *
     * @param key a row of the key's columns
     * @param personal columns whose values are not shown
     */
    public static String of(Row key, Set<String> personal) {
        return Arrays.stream(key.schema().fieldNames())
                .map(name -> name + " = "
                        + (personal.stream().anyMatch(name::equalsIgnoreCase) ? HIDDEN : key.<Object>getAs(name)))
                .collect(Collectors.joining(", "));
    }
}
