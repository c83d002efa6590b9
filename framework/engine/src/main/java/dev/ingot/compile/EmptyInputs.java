package dev.ingot.compile;

import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.SourceRows;
import dev.ingot.definition.SourceSettings;
import dev.ingot.model.Bound;
import dev.ingot.options.TableName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Provides empty rows with the right columns, so that Spark's analyzer can check every step without reading data. */
public record EmptyInputs(SparkSession spark) implements Inputs {

    public EmptyInputs {
        Objects.requireNonNull(spark, "spark");
    }

    @Override
    public SourceRows rows(
            String alias, Bound<SourceSettings> source, Source<Record> component, SourceContext context) {
        return SourceRows.of(empty(component.schema(source.options(), context)));
    }

    @Override
    public Dataset<Row> table(TableName table, StructType planned) {
        return empty(planned);
    }

    @Override
    public Optional<PinnedTable> find(TableName table) {
        return Optional.empty();
    }

    private Dataset<Row> empty(StructType schema) {
        return spark.createDataFrame(List.of(), schema);
    }
}
