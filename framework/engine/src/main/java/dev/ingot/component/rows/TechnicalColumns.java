package dev.ingot.component.rows;

import java.util.List;

/** Names the columns that Ingot adds to rows. Steps do not change them; only reads and writes fill them. */
public final class TechnicalColumns {

    /** The file from which a row was read. */
    public static final String SOURCE_FILE = "_source_file";

    /** The start of the batch that ingested a row. */
    public static final String INGESTED_AT = "_ingested_at";

    /** The run that ingested a row. */
    public static final String RUN_ID = "_run_id";

    private static final List<String> NAMES = List.of(SOURCE_FILE, INGESTED_AT, RUN_ID);

    private TechnicalColumns() {}

    /** Returns the technical columns in the order in which tables have them. */
    public static List<String> names() {
        return NAMES;
    }

    /** Returns whether a column is a technical column, ignoring case, as Spark does. */
    public static boolean contains(String name) {
        return NAMES.stream().anyMatch(name::equalsIgnoreCase);
    }
}
