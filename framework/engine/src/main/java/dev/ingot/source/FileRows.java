package dev.ingot.source;

import dev.ingot.component.SourceContext;
import dev.ingot.component.input.Input;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.EOFException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads the files of one source, with Spark's reader for their format. */
record FileRows(FilesSource.Options options, SourceContext context) {

    private static final String CORRUPT = "_corrupt_record";

    /** The number of files that are read to infer columns; for CSV it is one, because its header names the columns. */
    private static final int SAMPLE = 20;

    /**
     * Returns the columns of the files, without the technical columns.
     *
     * @throws IngotException when they are not declared and no file exists to infer them from
     */
    StructType columns(List<Input.File> files) {
        return declared().orElseGet(() -> inferred(files));
    }

    /** Reads the rows of files with the path of each row's file. Diverts a row that cannot be parsed, with its text. */
    Dataset<Row> read(List<Input.File> files) {
        StructType columns = columns(files);
        if (files.isEmpty()) {
            StructType all = columns.add(TechnicalColumns.SOURCE_FILE, DataTypes.StringType);
            return context.spark().createDataFrame(List.of(), all);
        }
        boolean text = options.format().isText();
        StructType parsed = text ? columns.add(CORRUPT, DataTypes.StringType) : columns;
        Dataset<Row> rows = reader().schema(parsed).load(paths(files));
        Dataset<Row> withFile = rows.withColumn(TechnicalColumns.SOURCE_FILE, functions.col("_metadata.file_path"));
        if (!text) {
            return withFile;
        }
        Dataset<Row> fullyParsed = withFile.filter(readsEveryColumn(columns));
        return context.divert(fullyParsed, functions.col(CORRUPT).isNotNull(), FilesSource.READABLE)
                .drop(CORRUPT);
    }

    /** Reads a file to its end; returns false only if its content is broken. */
    boolean isReadable(Input.File file) {
        try {
            DataFrameReader reader = reader();
            declared().ifPresent(reader::schema);
            reader.load(paths(List.of(file)))
                    .write()
                    .format("noop")
                    .mode("overwrite")
                    .save();
            return true;
        } catch (Exception failed) {
            return !isContentError(failed);
        }
    }

    /** Decides whether a failed read was caused by broken content, not by unavailable or denied storage. */
    private static boolean isContentError(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            boolean contentError = cause instanceof EOFException
                    || cause instanceof ZipException
                    || message.contains("is not a Parquet file")
                    || message.contains("Could not read footer")
                    || message.contains("CANNOT_READ_FILE_FOOTER")
                    || message.contains("incorrect header check")
                    || message.contains("ParquetDecodingException");
            if (contentError) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns a condition that is always true and reads every column. Without it Spark parses only the columns that
     * later steps use, and would not notice that a row is malformed in another column.
     */
    private static Column readsEveryColumn(StructType columns) {
        Column[] nulls = Arrays.stream(columns.fields())
                .map(field -> Columns.named(field.name()).isNull())
                .toArray(Column[]::new);
        return functions.size(functions.array(nulls)).geq(0);
    }

    private DataFrameReader reader() {
        DataFrameReader reader = context.spark()
                .read()
                .format(options.format().name().toLowerCase(Locale.ROOT))
                .option("recursiveFileLookup", true);
        if (options.format().isText()) {
            reader = reader.option("mode", "PERMISSIVE").option("columnNameOfCorruptRecord", CORRUPT);
        }
        if (options.format() == FilesSource.Format.CSV) {
            reader = reader.option("header", true).option("enforceSchema", false);
        }
        return reader.options(options.options());
    }

    private Optional<StructType> declared() {
        return options.schema().map(ddl -> Analysis.at(ddl.span(), () -> StructType.fromDDL(ddl.text())));
    }

    private StructType inferred(List<Input.File> files) {
        if (files.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.PLAN_PATH,
                    SourceSpan.of(context.pipelineFile()),
                    "Cannot infer the columns of '" + options.path() + "': no file exists yet",
                    "Deliver a file, or declare the columns with 'schema:' under 'files:'."));
        }
        int sample = options.format() == FilesSource.Format.CSV ? 1 : SAMPLE;
        StructType schema =
                reader().load(paths(files.stream().limit(sample).toList())).schema();
        return new StructType(Arrays.stream(schema.fields())
                .filter(field -> !field.name().equals(CORRUPT))
                .toArray(StructField[]::new));
    }

    /** Returns the paths with glob characters escaped. */
    private static String[] paths(List<Input.File> files) {
        return files.stream()
                .map(file -> file.path().replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1"))
                .toArray(String[]::new);
    }
}
