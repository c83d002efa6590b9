package dev.ingot.transform;

import dev.ingot.component.AddsRows;
import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import dev.ingot.options.SourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Joins another source of the pipeline and adds its columns at the end. The condition refers to the rows so far as
 * {@code input} and to the source by its alias. The items of {@code columns} can use columns of the source only.
 */
@Named(value = "join", summary = "Joins another source and adds its columns.", example = """
                join:
                  with: airports
                  condition: input.origin = airports.iata
                  columns: [city, country AS origin_country]
                  expect: one""")
public final class Join implements Transformation<Join.Options> {

    private static final String ADDED = "__ingot_added_";

    /** The join types: which rows are kept when a row, or a row of the source, has no match. */
    public enum Type {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        LEFT_SEMI,
        LEFT_ANTI;

        private boolean addsColumns() {
            return this != LEFT_SEMI && this != LEFT_ANTI;
        }
    }

    /** How many matches a row may have. */
    public enum Matches {
        ONE,
        MANY
    }

    /** The other source, and how to join it. */
    public record Options(
            @Option(description = "The alias of the source to join.", example = "airports")
            SourceName with,

            @Option(
                    description = "The join condition: Spark SQL on 'input' and the alias.",
                    example = "input.origin = airports.iata")
            Optional<Expression> condition,

            @Option(
                    description = "Instead of a condition, the columns that must be equal on both sides.",
                    example = "[iata]")
            List<ColumnName> using,

            @Option(
                    description = "Which rows are kept without a match: none ('inner'), those of this side ('left'), of"
                            + " the source ('right') or of both ('full'). 'left_semi' keeps the rows that have a match,"
                            + " 'left_anti' those that have none; neither adds columns.",
                    example = "inner",
                    defaultValue = "left")
            Type type,

            @Option(
                    description = "The columns to add: columns of the source, or Spark SQL expressions on them with AS"
                            + " and a name; default: all its columns except the technical ones.",
                    example = "[city, country AS origin_country]")
            List<Expression> columns,

            @Option(
                    description = "How many matches a row may have; with 'one' a second match fails the run.",
                    example = "one",
                    defaultValue = "many")
            Matches expect)
            implements AddsRows {
        public Options {
            if (condition.isPresent() != using.isEmpty()) {
                throw new IllegalArgumentException("it needs either 'condition' or 'using'");
            }
            if (!type.addsColumns() && !columns.isEmpty()) {
                throw new IllegalArgumentException("a join of this type adds no columns, so 'columns' has no effect");
            }
        }

        @Override
        public boolean addsRows() {
            return type == Type.RIGHT || type == Type.FULL;
        }

        private SourceSpan place() {
            return condition.map(Expression::span).orElseGet(() -> using.get(0).span());
        }
    }

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Dataset<Row> source = context.source(options.with());
        boolean adds = options.type().addsColumns();
        List<ResultColumn> added = adds ? added(source, options, context) : List.of();
        JoinSides sides = new JoinSides(
                rows,
                withAddedColumns(source, added),
                options.with().alias(),
                condition(rows, source, options, context),
                options.type().name().toLowerCase(Locale.ROOT));
        Dataset<Row> joined = Analysis.at(
                options.place(),
                () -> adds && options.expect() == Matches.ONE
                        ? sides.joinedWithOneMatch(keys(options), tooManyMatches(options))
                        : sides.joined());
        return adds ? ResultColumn.select(joined, result(rows, added, options)) : joined;
    }

    @Override
    public boolean keeps(String column, Options options) {
        return options.type() != Type.RIGHT && options.type() != Type.FULL;
    }

    private static Column condition(Dataset<Row> rows, Dataset<Row> source, Options options, StepContext context) {
        options.using().forEach(column -> {
            ResultColumn.topLevel(rows, column);
            resolveInSource(source, options, () -> ResultColumn.topLevel(source, column));
        });
        String alias = options.with().alias();
        return options.condition()
                .map(condition -> Analysis.at(condition.span(), () -> context.column(condition)))
                .or(() -> ColumnName.names(options.using()).stream()
                        .map(name -> JoinSides.ofInput(name).equalTo(JoinSides.of(alias, name)))
                        .reduce(Column::and))
                .orElseThrow();
    }

    private static Optional<JoinKeys> keys(Options options) {
        List<String> using = ColumnName.names(options.using());
        return options.condition().isPresent()
                ? JoinKeys.of(options.condition().get().text(), options.with().alias())
                : Optional.of(new JoinKeys(using, using));
    }

    /** Returns the columns that the source adds, as expressions on the source. */
    private static List<ResultColumn> added(Dataset<Row> source, Options options, StepContext context) {
        if (!options.columns().isEmpty()) {
            return resolveInSource(source, options, () -> SelectList.of(source, options.columns(), context));
        }
        Optional<SourceSpan> place = Optional.of(options.with().span());
        return Stream.of(source.columns())
                .filter(name -> !TechnicalColumns.contains(name))
                .filter(name -> options.using().stream().map(ColumnName::name).noneMatch(name::equalsIgnoreCase))
                .map(name -> new ResultColumn(name, Columns.named(name), name, place))
                .toList();
    }

    /** Reports a missing column as one that the source does not have. */
    private static <T> T resolveInSource(Dataset<Row> source, Options options, Supplier<T> read) {
        try {
            return read.get();
        } catch (Analysis.Failure failure) {
            if (!String.valueOf(failure.getCause().getMessage()).contains("UNRESOLVED_COLUMN")) {
                throw failure;
            }
            throw Analysis.failure(
                    failure.span(),
                    "the source '" + options.with() + "' has only the columns " + String.join(", ", source.columns()));
        }
    }

    /** Adds the selected columns to the source under internal names; the condition can still use its own columns. */
    private static Dataset<Row> withAddedColumns(Dataset<Row> source, List<ResultColumn> added) {
        List<Column> columns = new ArrayList<>(List.of(Columns.all(source)));
        for (int i = 0; i < added.size(); i++) {
            columns.add(added.get(i).value().as(ADDED + i));
        }
        return source.select(columns.toArray(Column[]::new));
    }

    private static List<ResultColumn> result(Dataset<Row> rows, List<ResultColumn> added, Options options) {
        String alias = options.with().alias();
        List<ResultColumn> result = new ArrayList<>();
        for (String name : rows.columns()) {
            boolean shared = options.using().stream().map(ColumnName::name).anyMatch(name::equalsIgnoreCase);
            Column value = JoinSides.ofInput(name);
            result.add(new ResultColumn(
                    name,
                    shared ? functions.coalesce(value, JoinSides.of(alias, name)) : value,
                    JoinSides.INPUT + "." + name,
                    Optional.empty()));
        }
        for (int i = 0; i < added.size(); i++) {
            ResultColumn column = added.get(i);
            result.add(new ResultColumn(
                    column.name(), JoinSides.of(alias, ADDED + i), alias + "." + column.origin(), column.place()));
        }
        return result;
    }

    /** Returns the message for {@code raise_error}, with the place, which a failing job cannot report otherwise. */
    private static String tooManyMatches(Options options) {
        return options.with().span() + ": a row has more than one match in '" + options.with() + "', and 'expect: one'"
                + " allows one";
    }
}
