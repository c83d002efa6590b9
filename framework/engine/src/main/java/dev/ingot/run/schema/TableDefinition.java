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
 * Derives from a pipeline what its table has besides rows: properties, constraints, comments, clustering.
 */
public record TableDefinition(PipelinePlan plan) {

    /** The property for how long Delta keeps files that only earlier versions need. */
    public static final String FILE_RETENTION = "delta.deletedFileRetentionDuration";

    /** The property that enables deletion vectors. */
    public static final String DELETION_VECTORS = "delta.enableDeletionVectors";

    /** The property for how long Delta keeps log entries. */
    public static final String LOG_RETENTION = "delta.logRetentionDuration";

    /** The property that lists what Ingot set, so that it is removed when the pipeline no longer declares it. */
    static final String DECLARED = "ingot.declared";

    static final String DESCRIPTION = "ingot.description";
    static final String CONSTRAINT = "delta.constraints.";
    static final String COMMENT = "comment:";
    static final String REQUIRED = "required:";

    /** The property that records how columns are generated, which Delta shows to no reader. */
    private static final String GENERATED = "ingot.generated";

    /** The least retention of the log, because Ingot reads the history of versions that are no longer readable too. */
    private static final Duration MIN_LOG_RETENTION = Duration.ofDays(30);

    /** Returns the properties that the table should have, except {@link #DECLARED}. */
    Map<String, String> properties() {
        TargetSettings settings = settings();
        Map<String, String> wanted = new TreeMap<>(settings.properties());
        wanted.put("delta.enableChangeDataFeed", Boolean.toString(settings.changeFeed()));
        wanted.put(LOG_RETENTION, logRetention(settings.retention()));
        wanted.put(FILE_RETENTION, interval(settings.retention()));
        if (settings.deletionVectors().orElse(plan.definition().keyed().isPresent())) {
            wanted.put(DELETION_VECTORS, "true");
        }
        description().ifPresent(text -> wanted.put(DESCRIPTION, text));
        String generated = generated();
        if (!generated.isEmpty()) {
            wanted.put(GENERATED, generated);
        }
        return wanted;
    }

    private String generated() {
        return settings().columns().stream()
                .flatMap(column -> column.generated().stream()
                        .map(expression -> column.name().name().toLowerCase(Locale.ROOT) + " = " + bound(expression)))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    /** Returns how the table generates columns, where the pipeline declares it differently; empty when they agree. */
    Optional<String> differentGeneration(Map<String, String> properties) {
        String current = properties.getOrDefault(GENERATED, "");
        return current.equals(generated()) ? Optional.empty() : Optional.of(current);
    }

    /** Returns the properties of a table that is created now, with {@link #DECLARED}. */
    Map<String, String> initialProperties() {
        Map<String, String> initial = properties();
        initial.put(DECLARED, declared(initial, Map.of()));
        return initial;
    }

    /** Returns the value of {@link #DECLARED}. */
    String declared(Map<String, String> properties, Map<String, String> constraints) {
        return Stream.concat(
                        properties.keySet().stream(),
                        Stream.concat(constraints.keySet().stream().map(TableDefinition::property), declaredColumns()))
                .collect(Collectors.joining(","));
    }

    /** Returns entries of {@link #DECLARED} for what columns declare: comments, and that they may not be null. */
    private Stream<String> declaredColumns() {
        return settings().columns().stream()
                .flatMap(column -> Stream.concat(
                        column.description().stream().map(text -> COMMENT + column.name()),
                        Stream.of(REQUIRED + column.name()).filter(any -> !column.nullable())));
    }

    /** Returns the declared conditions by name. */
    public Map<String, String> declaredConstraints() {
        Map<String, String> constraints = new TreeMap<>();
        settings().constraints().forEach((name, condition) -> constraints.put(name, bound(condition)));
        return constraints;
    }

    /** Returns conditions by name: the declared ones, and one for each required column that is nullable in Delta. */
    Map<String, String> constraints(StructType columns) {
        Map<String, String> constraints = declaredConstraints();
        for (TargetSettings.ContractColumn column : settings().columns()) {
            SchemaProjection.find(columns, column.name().name())
                    .filter(has -> has.nullable() && !column.nullable())
                    .ifPresent(has -> constraints.put(
                            "not_null_" + has.name().replaceAll("\\W", "_"),
                            Columns.quoted(has.name()) + " IS NOT NULL"));
        }
        return constraints;
    }

    private String bound(Expression condition) {
        return SqlText.plain(new Parameters(plan.definition().parameters()).bind(condition));
    }

    TargetSettings settings() {
        return plan.target().settings();
    }

    /** Returns how long the log is kept when versions stay readable for the retention. */
    public static String logRetention(Duration retention) {
        return interval(retention.compareTo(MIN_LOG_RETENTION) < 0 ? MIN_LOG_RETENTION : retention);
    }

    /** Returns a duration as Delta writes it in a property. */
    public static String interval(Duration duration) {
        return "interval " + duration.toSeconds() + " seconds";
    }

    Optional<String> description() {
        return plan.definition().file().description();
    }

    /** Returns the property of a constraint, whose name Delta stores in lower case. */
    static String property(String constraint) {
        return CONSTRAINT + constraint.toLowerCase(Locale.ROOT);
    }
}
