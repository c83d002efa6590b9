package dev.ingot.run.schema;

import dev.ingot.compile.Parameters;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.definition.TargetSettings;
import dev.ingot.options.Expression;
import dev.ingot.options.SqlText;
import dev.ingot.plan.PipelinePlan;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * What a pipeline says of its table besides the rows: properties, constraints, comments, clustering.
 */
public record TableDefinition(PipelinePlan plan) {

    /** The property that says how long files are kept that versions of the past need. */
    public static final String KEPT = "delta.deletedFileRetentionDuration";

    /** The property that says whether deleted rows are marked beside their files. */
    public static final String MARKS = "delta.enableDeletionVectors";

    /** The property that says how long the log keeps what commits did. */
    public static final String LOGGED = "delta.logRetentionDuration";

    /** The property that names what was set here, so that it goes when the pipeline no longer says it. */
    static final String DECLARED = "ingot.declared";

    static final String DESCRIPTION = "ingot.description";
    static final String CONSTRAINT = "delta.constraints.";
    static final String COMMENT = "comment:";
    static final String REQUIRED = "required:";

    /** The property that says how columns are generated; Delta tells it to no reader. */
    private static final String GENERATED = "ingot.generated";

    /** Older versions of a table's log are looked into for as long, even where fewer can be read. */
    private static final Duration LOG = Duration.ofDays(30);

    /** The properties that the table should have, but for {@link #DECLARED}. */
    Map<String, String> properties() {
        TargetSettings words = words();
        Map<String, String> wanted = new TreeMap<>(words.properties());
        wanted.put("delta.enableChangeDataFeed", Boolean.toString(words.changeFeed()));
        wanted.put(LOGGED, logged(words.retention()));
        wanted.put(KEPT, interval(words.retention()));
        if (words.deletionVectors().orElse(plan.definition().keyed().isPresent())) {
            wanted.put(MARKS, "true");
        }
        description().ifPresent(text -> wanted.put(DESCRIPTION, text));
        String generated = generated();
        if (!generated.isEmpty()) {
            wanted.put(GENERATED, generated);
        }
        return wanted;
    }

    private String generated() {
        return words().columns().stream()
                .flatMap(column -> column.generated().stream()
                        .map(made -> column.name().name().toLowerCase(Locale.ROOT) + " = " + bound(made)))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    /** How the table generates columns, where the pipeline says something else; empty when they agree. */
    Optional<String> generatedOtherwise(Map<String, String> properties) {
        String there = properties.getOrDefault(GENERATED, "");
        return there.equals(generated()) ? Optional.empty() : Optional.of(there);
    }

    /** The same, and what says which of them were set here; for a table that is made now. */
    Map<String, String> initialProperties() {
        Map<String, String> initial = properties();
        initial.put(DECLARED, declared(initial, Map.of()));
        return initial;
    }

    /** What {@link #DECLARED} says of these. */
    String declared(Map<String, String> properties, Map<String, String> constraints) {
        return Stream.concat(
                        properties.keySet().stream(),
                        Stream.concat(constraints.keySet().stream().map(TableDefinition::property), ofColumns()))
                .collect(Collectors.joining(","));
    }

    /** What is said of columns that is no property of the table, by names of its own. */
    private Stream<String> ofColumns() {
        return words().columns().stream()
                .flatMap(column -> Stream.concat(
                        column.description().stream().map(text -> COMMENT + column.name()),
                        Stream.of(REQUIRED + column.name()).filter(any -> !column.nullable())));
    }

    /** The declared conditions by name. */
    public Map<String, String> declaredConstraints() {
        Map<String, String> constraints = new TreeMap<>();
        words().constraints().forEach((name, condition) -> constraints.put(name, bound(condition)));
        return constraints;
    }

    /** Conditions by name: the declared ones, and for a column that Delta lets be null what forbids it. */
    Map<String, String> constraints(StructType columns) {
        Map<String, String> constraints = declaredConstraints();
        for (TargetSettings.ContractColumn column : words().columns()) {
            SchemaProjection.find(columns, column.name().name())
                    .filter(has -> has.nullable() && !column.nullable())
                    .ifPresent(has -> constraints.put(
                            "not_null_" + has.name().replaceAll("\\W", "_"),
                            Columns.quoted(has.name()) + " IS NOT NULL"));
        }
        return constraints;
    }

    private String bound(Expression condition) {
        return SqlText.plain(new Parameters(plan.definition().parameters()).bound(condition));
    }

    TargetSettings words() {
        return plan.target().settings();
    }

    /** How long the log is kept of a table whose versions can be read for a while. */
    public static String logged(Duration retention) {
        return interval(retention.compareTo(LOG) < 0 ? LOG : retention);
    }

    /** A duration as Delta writes it in a property. */
    public static String interval(Duration duration) {
        return "interval " + duration.toSeconds() + " seconds";
    }

    /** What the table is, in words. */
    Optional<String> description() {
        return plan.definition().file().description();
    }

    /** Delta knows constraints by their names in lower case. */
    static String property(String constraint) {
        return CONSTRAINT + constraint.toLowerCase(Locale.ROOT);
    }
}
