package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import dev.ingot.options.Query;
import dev.ingot.options.SqlFile;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Runs a SQL query, written inline or in a file beside the pipeline. In the query {@code input} is the rows so far, and
 * the alias of each source of the pipeline is a table; nothing else is in scope.
 */
@Named(
        value = "sql",
        summary = "Runs a query in which 'input' is the rows so far and every source's alias is a table.",
        example = "sql: SELECT *, delay > 15 AS late FROM input")
public final class Sql implements Transformation<Sql.Options> {

    /** The query. */
    public record Options(
            @Option(
                    description = "A Spark SQL query.",
                    example = "SELECT *, delay > 15 AS late FROM input",
                    inline = true)
            Optional<Query> query,

            @Option(
                    description = "A file with the query, instead of 'query'; in the folder of the pipeline's file.",
                    example = "late_flights.sql")
            Optional<SqlFile> file) {
        public Options {
            if (query.isPresent() == file.isPresent()) {
                throw new IllegalArgumentException("it needs either 'query' or 'file'");
            }
        }
    }

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Expression query = options.query()
                .map(Query::content)
                .or(() -> options.file().map(SqlFile::content))
                .orElseThrow();
        return Analysis.at(query.span(), () -> context.query(query, rows));
    }
}
