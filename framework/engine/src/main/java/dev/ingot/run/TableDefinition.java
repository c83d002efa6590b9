package dev.ingot.run;

import dev.ingot.compile.Parameters;
import dev.ingot.component.Columns;
import dev.ingot.component.Shape;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.SqlText;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.spec.TargetWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a pipeline says of its table besides the rows: properties, constraints, comments, clustering. A table that
 * differs is altered, by commits that change no row. What another hand gave the table is left alone.
 */
record TableDefinition(PipelinePlan plan) {

    /** The property that says how long files are kept that versions of the past need. */
    static final String KEPT = "delta.deletedFileRetentionDuration";

    /** The property that says whether deleted rows are marked beside their files. */
    static final String MARKS = "delta.enableDeletionVectors";

    /** The property that says how long the log keeps what commits did. */
    static final String LOGGED = "delta.logRetentionDuration";

    /** The property that names what was set here, so that it goes when the pipeline no longer says it. */
    private static final String DECLARED = "ingot.declared";

    private static final String DESCRIPTION = "ingot.description";
    private static final String CONSTRAINT = "delta.constraints.";
    private static final String CLUSTERED = "clusteringColumns";
    private static final String COMMENT = "comment:";
    private static final String REQUIRED = "required:";
    private static final String DROP_CONSTRAINT = "DROP CONSTRAINT";
    private static final String DELTAS = "delta.";

    /** The property that says how columns are generated; Delta tells it to no reader. */
    private static final String GENERATED = "ingot.generated";

    /** Older versions of a table's log are looked into for as long, even where fewer can be read. */
    private static final Duration LOG = Duration.ofDays(30);

    /**
     * One alteration.
     *
     * @param sql the statement, up to the table's name
     * @param rest of the statement
     * @param words what it does
     * @param condition what all rows of the table have to meet for it
     */
    record Alteration(String sql, String rest, String words, Optional<String> condition) {

        /** Whether a constraint goes. */
        boolean dropsConstraint() {
            return rest.startsWith(DROP_CONSTRAINT);
        }

        private static Alteration of(String rest, String words) {
            return new Alteration("ALTER TABLE", rest, words, Optional.empty());
        }
    }

    private Map<String, String> properties() {
        TargetWords words = words();
        Map<String, String> wanted = new TreeMap<>(words.properties());
        wanted.put("delta.enableChangeDataFeed", Boolean.toString(words.changeFeed()));
        wanted.put(LOGGED, logged(words.retention()));
        wanted.put(KEPT, interval(words.retention()));
        if (words.deletionVectors().orElse(plan.pipeline().keyed().isPresent())) {
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

    private String declared(Map<String, String> properties, Map<String, String> constraints) {
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
    Map<String, String> declaredConstraints() {
        Map<String, String> constraints = new TreeMap<>();
        words().constraints().forEach((name, condition) -> constraints.put(name, bound(condition)));
        return constraints;
    }

    /** Conditions by name: the declared ones, and for a column that Delta lets be null what forbids it. */
    private Map<String, String> constraints(StructType columns) {
        Map<String, String> constraints = declaredConstraints();
        for (TargetWords.ContractColumn column : words().columns()) {
            Shape.find(columns, column.name().name())
                    .filter(has -> has.nullable() && !column.nullable())
                    .ifPresent(has -> constraints.put(
                            "not_null_" + has.name().replaceAll("\\W", "_"),
                            Columns.quoted(has.name()) + " IS NOT NULL"));
        }
        return constraints;
    }

    private String bound(Expression condition) {
        return SqlText.plain(new Parameters(plan.pipeline().parameters()).bound(condition));
    }

    private TargetWords words() {
        return plan.pipeline().target().words();
    }

    /** How long the log is kept of a table whose versions can be read for a while. */
    static String logged(Duration retention) {
        return interval(retention.compareTo(LOG) < 0 ? LOG : retention);
    }

    /** A duration as Delta writes it in a property. */
    static String interval(Duration duration) {
        return "interval " + duration.toSeconds() + " seconds";
    }

    /** What the table is, in words. */
    Optional<String> description() {
        return plan.pipeline().file().description();
    }

    /**
     * What has to be altered in a table, in order.
     *
     * @param properties those that the table has
     * @param columns those that the table has
     */
    List<Alteration> alterations(Map<String, String> properties, StructType columns) {
        List<Alteration> alterations = new ArrayList<>();
        Map<String, String> wanted = properties();
        Map<String, String> constraints = constraints(columns);
        wanted.put(DECLARED, declared(wanted, constraints));
        List<String> gone = Arrays.stream(properties.getOrDefault(DECLARED, "").split(","))
                .filter(name -> properties.containsKey(name) && !named(wanted.get(DECLARED), name))
                .toList();
        gone.stream().filter(TableDefinition::isConstraint).forEach(name -> drop(name, alterations));
        List<String> unset = gone.stream().filter(name -> !isConstraint(name)).toList();
        if (!unset.isEmpty()) {
            alterations.add(Alteration.of(
                    "UNSET TBLPROPERTIES IF EXISTS "
                            + unset.stream().map(TableDefinition::quoted).collect(inBrackets()),
                    "unsets " + String.join(", ", unset)));
        }
        columns(columns, properties.getOrDefault(DECLARED, ""), alterations);
        cluster(properties, columns, alterations);
        constraints.forEach((name, condition) -> constrain(name, condition, properties, alterations));
        describe(properties, alterations);
        List<String> set = wanted.keySet().stream()
                .filter(name -> !wanted.get(name).equals(there(name, properties)))
                .toList();
        if (!set.isEmpty()) {
            alterations.add(Alteration.of(
                    "SET TBLPROPERTIES "
                            + set.stream()
                                    .map(name -> quoted(name) + " = " + quoted(wanted.get(name)))
                                    .collect(inBrackets()),
                    "sets " + String.join(", ", set)));
        }
        return alterations;
    }

    /** Delta keeps the names of its own properties in its own case. */
    private static String there(String name, Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().equals(name)
                        || (name.startsWith(DELTAS) && property.getKey().equalsIgnoreCase(name)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean named(String declared, String name) {
        return Arrays.stream(declared.split(",")).anyMatch(name::equalsIgnoreCase);
    }

    /**
     * Comments of columns, and whether they may be null.
     *
     * @param before what was said when the table was altered last
     */
    private void columns(StructType columns, String before, List<Alteration> alterations) {
        for (StructField has : columns.fields()) {
            Optional<TargetWords.ContractColumn> declared = words().columns().stream()
                    .filter(column -> column.name().name().equalsIgnoreCase(has.name()))
                    .findFirst();
            String name = Columns.quoted(has.name());
            String there = has.getComment().getOrElse(() -> "");
            String comment = declared.flatMap(TargetWords.ContractColumn::description)
                    .orElse(named(before, COMMENT + has.name()) ? "" : there);
            if (!comment.equals(there)) {
                alterations.add(Alteration.of(
                        "ALTER COLUMN " + name + " COMMENT " + quoted(comment), "comments " + has.name()));
            }
            boolean required = declared.map(column -> !column.nullable()).orElse(false);
            if (!has.nullable() && !required && named(before, REQUIRED + has.name())) {
                alterations.add(
                        Alteration.of("ALTER COLUMN " + name + " DROP NOT NULL", "lets " + has.name() + " be null"));
            }
        }
    }

    private void cluster(Map<String, String> properties, StructType schema, List<Alteration> alterations) {
        List<String> columns = ColumnName.names(words().clusterBy()).stream()
                .map(name -> Shape.find(schema, name).map(StructField::name).orElse(name))
                .toList();
        String wanted = columns.stream().map(name -> "[\"" + name + "\"]").collect(Collectors.joining(",", "[", "]"));
        if (!wanted.equals(properties.getOrDefault(CLUSTERED, "[]"))) {
            alterations.add(Alteration.of(
                    "CLUSTER BY "
                            + (columns.isEmpty()
                                    ? "NONE"
                                    : columns.stream().map(Columns::quoted).collect(inBrackets())),
                    "clusters by " + (columns.isEmpty() ? "nothing" : String.join(", ", columns))));
        }
    }

    /** A constraint of the same name that says something else is replaced. */
    private static void constrain(
            String name, String condition, Map<String, String> properties, List<Alteration> alterations) {
        String there = properties.get(property(name));
        if (condition.equals(there)) {
            return;
        }
        if (there != null) {
            drop(property(name), alterations);
        }
        alterations.add(new Alteration(
                "ALTER TABLE",
                "ADD CONSTRAINT " + Columns.quoted(name) + " CHECK (" + condition + ")",
                "adds the constraint " + name,
                Optional.of(condition)));
    }

    private static void drop(String property, List<Alteration> alterations) {
        String name = property.substring(CONSTRAINT.length());
        alterations.add(
                Alteration.of(DROP_CONSTRAINT + " IF EXISTS " + Columns.quoted(name), "drops the constraint " + name));
    }

    private void describe(Map<String, String> properties, List<Alteration> alterations) {
        String there = properties.getOrDefault(DESCRIPTION, "");
        String text = description().orElse("");
        if (!text.equals(there)) {
            alterations.add(
                    new Alteration("COMMENT ON TABLE", "IS " + quoted(text), "comments the table", Optional.empty()));
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static Collector<CharSequence, ?, String> inBrackets() {
        return Collectors.joining(", ", "(", ")");
    }

    private static boolean isConstraint(String property) {
        return property.startsWith(CONSTRAINT);
    }

    /** Delta knows constraints by their names in lower case. */
    private static String property(String constraint) {
        return CONSTRAINT + constraint.toLowerCase(Locale.ROOT);
    }
}
