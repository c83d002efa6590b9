package dev.ingot.component.rows;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Formats keys for messages. */
public final class KeyText {

    private static final String REDACTED = "***";

    private KeyText() {}

    /**
     * Lists each column with its value.
     *
     * @param key a row of the key's columns
     * @param personal columns whose values are redacted
     */
    public static String of(Row key, Set<String> personal) {
        return Arrays.stream(key.schema().fieldNames())
                .map(name -> name + " = "
                        + (personal.stream().anyMatch(name::equalsIgnoreCase) ? REDACTED : key.<Object>getAs(name)))
                .collect(Collectors.joining(", "));
    }
}
