package dev.ingot.quality;

import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Parses the values written in a check into literals: numbers, booleans, dates and times (ISO 8601, UTC), text. */
final class WrittenValue {

    /** The maximum precision of Spark's decimals. */
    private static final int MAX_PRECISION = 38;

    private WrittenValue() {}

    /**
     * Returns a literal to compare a column with.
     *
     * @throws Analysis.Failure with the column's place, when the text is not a value of the column's type
     */
    static Column literal(String text, Dataset<Row> rows, ColumnName column) {
        DataType type = Columns.typeOf(rows, column);
        try {
            return functions.lit(value(text, type));
        } catch (IllegalArgumentException | DateTimeException invalid) {
            throw Analysis.failure(
                    column.span(),
                    "'" + column + "' is of type " + type.catalogString() + ", and '" + text
                            + "' is not a value of it");
        }
    }

    private static Object value(String text, DataType type) {
        if (type instanceof StringType) {
            return text;
        }
        if (type instanceof FloatType) {
            return Float.valueOf(text);
        }
        if (type instanceof DoubleType) {
            return Double.valueOf(text);
        }
        if (type instanceof NumericType) {
            return decimal(text);
        }
        if (type instanceof DateType) {
            return LocalDate.parse(text);
        }
        if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return time(text, type);
        }
        if (type instanceof BooleanType && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }

    /** Parses a number without narrowing it to the column's type: an int can be compared with 1.5. */
    private static BigDecimal decimal(String text) {
        BigDecimal number = new BigDecimal(text);
        int whole = Math.max(0, number.precision() - number.scale());
        if (whole + Math.max(0, number.scale()) > MAX_PRECISION) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Object time(String text, DataType type) {
        String iso = text.length() == "2024-01-31".length() ? text + "T00:00:00" : text.replace(' ', 'T');
        if (type instanceof TimestampNTZType) {
            return LocalDateTime.parse(iso);
        }
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }
}
