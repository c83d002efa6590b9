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
 * Looks rows up in another source of the pipeline and adds its columns at the end. In the condition the rows so far are
 * {@code input} and the source has its alias. The items of {@code columns} see the source alone.
 */
@Named(value = "join", summary = "Looks rows up in another source and adds its columns.", example = """
                join:
                  with: airports
                  condition: input.origin = airports.iata
                  columns: [city, country AS origin_country]
                  expect: one""")
public final class Join implements Transformation<Join.Options> {

    private static final String ADDED = "__ingot_added_";

    /** Which rows stay when a row, or a row of the source, has no match. */
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

    /** The other source, and what it is asked. */
    public record Options(
            @Option(description = "The alias of the source to look up.", example = "airports")
            SourceName with,

            @Option(
                    description = "When a row matches: a Spark SQL condition on 'input' and the alias.",
                    example = "input.origin = airports.iata")
            Optional<Expression> condition,

            @Option(
                    description = "Instead of a condition, the columns that must be equal on both sides.",
                    example = "[iata]")
            List<ColumnName> using,

            @Option(
                    description = "Whose rows stay without a match: neither side's ('inner'), this side's ('left'), the"
                            + " source's ('right') or both ('full'). 'left_semi' keeps the rows that have a match,"
                            + " 'left_anti' those that have none; both add no columns.",
                    example = "inner",
                    defaultValue = "left")
            Type type,

            @Option(
                    description = "What the source adds: its columns, or Spark SQL expressions on them with AS"
                            + " and a name; without it all its columns but the technical ones.",
                    example = "[city, country AS origin_country]")
            List<Expression> columns,

            @Option(
                    description = "How many matches a row may have; with 'one' a second match stops the run.",
                    example = "one",
                    defaultValue = "many")
            Matches expect)
            implements AddsRows {
        public Options {
            if (condition.isPresent() != using.isEmpty()) {
                throw new IllegalArgumentException("it needs either 'condition' or 'using'");
            }
            if (!type.addsColumns() && !columns.isEmpty()) {
                throw new IllegalArgumentException("a join of this type adds no columns, so 'columns' has no meaning");
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
                withAdded(source, added),
                options.with().alias(),
                condition(rows, source, options, context),
                options.type().name().toLowerCase(Locale.ROOT));
        Dataset<Row> joined = Analysis.at(
                options.place(),
                () -> adds && options.expect() == Matches.ONE
                        ? sides.joinedOnce(keys(options), tooMany(options))
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
            ofSource(source, options, () -> ResultColumn.topLevel(source, column));
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

    /** What the source adds, as columns of the source. */
    private static List<ResultColumn> added(Dataset<Row> source, Options options, StepContext context) {
        if (!options.columns().isEmpty()) {
            return ofSource(source, options, () -> SelectList.of(source, options.columns(), context));
        }
        Optional<SourceSpan> place = Optional.of(options.with().span());
        return Stream.of(source.columns())
                .filter(name -> !TechnicalColumns.contains(name))
                .filter(name -> options.using().stream().map(ColumnName::name).noneMatch(name::equalsIgnoreCase))
                .map(name -> new ResultColumn(name, Columns.named(name), name, place))
                .toList();
    }

    /** Says of a missing column that it is the source which lacks it. */
    private static <T> T ofSource(Dataset<Row> source, Options options, Supplier<T> read) {
        try {
            return read.get();
        } catch (Analysis.Failure refused) {
            if (!String.valueOf(refused.getCause().getMessage()).contains("UNRESOLVED_COLUMN")) {
                throw refused;
            }
            throw Analysis.failure(
                    refused.span(),
                    "the source '" + options.with() + "' has only the columns " + String.join(", ", source.columns()));
        }
    }

    /** The source with what it adds under names of their own, so that the condition still sees its columns. */
    private static Dataset<Row> withAdded(Dataset<Row> source, List<ResultColumn> added) {
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

    /** A run has no other way to tell the place. */
    private static String tooMany(Options options) {
        return options.with().span() + ": a row has more than one match in '" + options.with() + "', and 'expect: one'"
                + " allows one";
    }
}
