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

    /** So many files are looked into where columns must be inferred; of CSV one, for its header says them. */
    private static final int SAMPLE = 20;

    /**
     * The columns of the files, without the technical ones.
     *
     * @throws IngotException when they are not declared and no file is there to tell
     */
    StructType columns(List<Input.File> files) {
        return declared().orElseGet(() -> inferred(files));
    }

    /** The rows of whole files, with where they come from. A row that cannot be parsed is diverted with its text. */
    Dataset<Row> of(List<Input.File> files) {
        StructType columns = columns(files);
        if (files.isEmpty()) {
            StructType all = columns.add(TechnicalColumns.SOURCE_FILE, DataTypes.StringType);
            return context.spark().createDataFrame(List.of(), all);
        }
        boolean text = options.format() != FilesSource.Format.PARQUET;
        StructType parsed = text ? columns.add(CORRUPT, DataTypes.StringType) : columns;
        Dataset<Row> rows = reader().schema(parsed).load(paths(files));
        Dataset<Row> named = rows.withColumn(TechnicalColumns.SOURCE_FILE, functions.col("_metadata.file_path"));
        if (!text) {
            return named;
        }
        Dataset<Row> whole = named.filter(everyColumn(columns));
        return context.divert(whole, functions.col(CORRUPT).isNotNull(), FilesSource.READABLE)
                .drop(CORRUPT);
    }

    /** Whether a file can be read to its end, as far as its content is concerned. */
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
            return !isBroken(failed);
        }
    }

    /** Whether a file's content is at fault. Storage that does not answer or refuses access says nothing of the file. */
    private static boolean isBroken(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            boolean content = cause instanceof EOFException
                    || cause instanceof ZipException
                    || message.contains("is not a Parquet file")
                    || message.contains("Could not read footer")
                    || message.contains("CANNOT_READ_FILE_FOOTER")
                    || message.contains("incorrect header check")
                    || message.contains("ParquetDecodingException");
            if (content) {
                return true;
            }
        }
        return false;
    }

    /**
     * A condition that is always true and needs every column. Without it Spark would parse only the columns that later
     * steps use, and would not see that a row is broken in another one.
     */
    private static Column everyColumn(StructType columns) {
        Column[] present = Arrays.stream(columns.fields())
                .map(field -> Columns.named(field.name()).isNull())
                .toArray(Column[]::new);
        return functions.size(functions.array(present)).geq(0);
    }

    private DataFrameReader reader() {
        DataFrameReader reader = context.spark()
                .read()
                .format(options.format().name().toLowerCase(Locale.ROOT))
                .option("recursiveFileLookup", true);
        if (options.format() != FilesSource.Format.PARQUET) {
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
                    "Cannot tell the columns of '" + options.path() + "': no file is there yet",
                    "Deliver a file, or declare the columns with 'schema:' under 'files:'."));
        }
        int sample = options.format() == FilesSource.Format.CSV ? 1 : SAMPLE;
        StructType schema =
                reader().load(paths(files.stream().limit(sample).toList())).schema();
        return new StructType(Arrays.stream(schema.fields())
                .filter(field -> !field.name().equals(CORRUPT))
                .toArray(StructField[]::new));
    }

    /** Paths with the characters escaped that a glob gives a meaning. */
    private static String[] paths(List<Input.File> files) {
        return files.stream()
                .map(file -> file.path().replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1"))
                .toArray(String[]::new);
    }
}
