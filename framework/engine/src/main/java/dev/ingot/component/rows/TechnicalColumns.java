package dev.ingot.component.rows;

import java.util.List;

/** The columns that Ingot itself adds to rows. Steps leave them alone; only what reads and writes fills them. */
public final class TechnicalColumns {

    /** The file from which a row was read. */
    public static final String SOURCE_FILE = "_source_file";

    /** When the batch that brought a row began. */
    public static final String INGESTED_AT = "_ingested_at";

    /** The run that brought a row. */
    public static final String RUN_ID = "_run_id";

    private static final List<String> NAMES = List.of(SOURCE_FILE, INGESTED_AT, RUN_ID);

    private TechnicalColumns() {}

    /** All of them, in the order in which tables have them. */
    public static List<String> names() {
        return NAMES;
    }

    /** Whether a column is one of them; case does not matter, as in Spark. */
    public static boolean contains(String name) {
        return NAMES.stream().anyMatch(name::equalsIgnoreCase);
    }
}
