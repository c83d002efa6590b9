package dev.ingot.compile;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.config.RunValues;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Defines the schema of quarantine tables. It is the same for every table and never changes with the rows: a row is
 * stored as JSON, with the rules that it violates and its origin.
 */
public final class Quarantine {

    /** The rules that the row violates. */
    public static final String RULES = "rules";

    /** The row at the time of its quarantine, as a JSON object. */
    public static final String ROW = "row";

    /** The number of the batch that quarantined the row. */
    public static final String BATCH = "_batch";

    /** The columns of every quarantine table. */
    public static final StructType SCHEMA = new StructType()
            .add(RULES, DataTypes.createArrayType(DataTypes.StringType))
            .add(ROW, DataTypes.StringType)
            .add(TechnicalColumns.SOURCE_FILE, DataTypes.StringType)
            .add("_quarantined_at", DataTypes.TimestampType)
            .add(TechnicalColumns.RUN_ID, DataTypes.StringType)
            .add(BATCH, DataTypes.LongType);

    private Quarantine() {}

    /**
     * Converts rows to rows of a quarantine table.
     *
     * @param rules an array of rule names
     * @param columns the columns that make up the row
     * @param batch the number of the batch that quarantines them
     */
    public static Dataset<Row> of(Dataset<Row> rows, Column rules, List<String> columns, RunValues run, long batch) {
        Column[] content = columns.stream()
                .filter(name -> !name.equals(TechnicalColumns.INGESTED_AT) && !name.equals(TechnicalColumns.RUN_ID))
                .map(Columns::named)
                .toArray(Column[]::new);
        boolean hasSourceFile = Arrays.asList(rows.columns()).contains(TechnicalColumns.SOURCE_FILE);
        Column file = hasSourceFile ? functions.col(TechnicalColumns.SOURCE_FILE) : functions.lit(null);
        return rows.select(
                rules.cast(SCHEMA.apply(RULES).dataType()).as(RULES),
                functions.to_json(functions.struct(content)).as(ROW),
                file.cast(DataTypes.StringType).as(TechnicalColumns.SOURCE_FILE),
                functions.lit(Timestamp.from(run.startedAt())).as("_quarantined_at"),
                functions.lit(run.id()).as(TechnicalColumns.RUN_ID),
                functions.lit(batch).as(BATCH));
    }
}
