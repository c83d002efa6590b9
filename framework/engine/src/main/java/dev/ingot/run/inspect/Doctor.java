package dev.ingot.run.inspect;

import dev.ingot.compile.EmptyInputs;
import dev.ingot.compile.PlannedTables;
import dev.ingot.compile.SparkCompiler;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.ReadMode;
import dev.ingot.config.SparkSettings;
import dev.ingot.definition.SourceSettings;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.plan.ReleaseCheck;
import dev.ingot.run.batch.InputSummary;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.failure.Failures;
import dev.ingot.secrets.hadoop.SecretCheck;
import dev.ingot.session.LogStores;
import dev.ingot.session.SessionSettings;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Checks whether an environment is ready for a run: Spark, secrets, the lake, the sources, the existing tables. The
 * checks are independent, so that all problems are reported at once. Nothing stays in the lake.
 */
public final class Doctor {

    private final LakeContext context;
    private final SparkSession spark;
    private final Configuration hadoop;
    private final LogicalPlan plan;
    private final Map<String, String> processEnvironment;
    private final Lake lake;

    /**
     * Checks the environment of a plan.
     *
     * @param processEnvironment the environment variables, which hold the secrets of the provider 'env'
     */
    public Doctor(LakeContext context, LogicalPlan plan, Map<String, String> processEnvironment) {
        this.context = Objects.requireNonNull(context, "context");
        this.spark = context.spark();
        this.hadoop = context.hadoop();
        this.plan = Objects.requireNonNull(plan, "plan");
        this.processEnvironment = Map.copyOf(processEnvironment);
        this.lake = context.lake();
    }

    /**
     * The result of one check.
     *
     * @param found a summary of what was found
     * @param problems what is wrong with the subject
     */
    public record Finding(String subject, String found, List<Diagnostic> problems) {

        public Finding {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(found, "found");
            problems = List.copyOf(problems);
        }
    }

    /** Runs all checks, in the order in which a run would need what they check. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(check("spark", "Spark", this::spark));
        findings.add(check("secrets", "secrets", this::secrets));
        if (plan.project().deploy().isPresent()) {
            List<Diagnostic> below = ReleaseCheck.of(plan);
            findings.add(new Finding("release", below.isEmpty() ? "can be run anywhere" : "", below));
        }
        Finding storage = check("lake", lake.root(), this::lake);
        findings.add(storage);
        plan.pipelines().stream()
                .filter(pipeline -> !pipeline.isArchived())
                .forEach(pipeline -> pipeline.definition().sources().entrySet().stream()
                        .filter(source ->
                                PipelinePlan.tableOf(source.getValue()).isEmpty())
                        .forEach(source -> findings.add(check(
                                pipeline.id() + " source " + source.getKey(),
                                source.getValue().span(),
                                () -> source(pipeline, source)))));
        if (storage.problems().isEmpty()) {
            plan.pipelines().forEach(pipeline -> table(pipeline.id()).ifPresent(findings::add));
        }
        return findings;
    }

    private String spark() {
        LogStores.check(spark, lake);
        SessionSettings.newSession(spark);
        return "Spark " + spark.version() + " on " + spark.conf().get("spark.master", "the platform");
    }

    private String secrets() {
        SecretCheck.of(plan.project(), processEnvironment).check(hadoop);
        long named = SparkSettings.of(plan.project()).keySet().stream()
                .filter(name -> name.startsWith(SparkSettings.HADOOP + SparkSettings.REFERENCE))
                .count();
        return named == 0 ? "none are named" : named + " can be resolved";
    }

    /** Performs once every operation of a run on small files. */
    private String lake() {
        LakeFiles files = context.files();
        String probe = lake.root() + "/_ingot/doctor-" + UUID.randomUUID();
        try {
            boolean created = files.create(probe, "1");
            boolean recreated = files.create(probe, "2");
            files.write(probe, "3");
            Optional<String> read = files.read(probe);
            if (!created || recreated || !read.equals(Optional.of("3"))) {
                throw new IngotException(Diagnostic.error(
                        Code.ENV_STORAGE,
                        SourceSpan.of(lake.root()),
                        "Cannot rely on the lake's storage: an existing file could be created again, or did not contain"
                                + " what was last written",
                        "Use a local disk, HDFS, S3 or Azure for the lake."));
            }
        } finally {
            files.delete(probe);
        }
        return "can be read and written";
    }

    @SuppressWarnings("unchecked")
    private String source(PipelinePlan pipeline, Map.Entry<String, Bound<SourceSettings>> source) {
        SparkSession session = SessionSettings.newSession(spark);
        PlannedTables tables = new PlannedTables(plan, table -> Optional.empty());
        SourceContext context = new SparkCompiler(session, hadoop, plan.project(), tables, warning -> {})
                .context(pipeline, new EmptyInputs(session));
        Source<Record> component = source.getValue().component().instantiate(Source.class);
        return component
                .pending(source.getValue().options(), ReadMode.ALL, Cursor.start(), context)
                .map(InputSummary::of)
                .orElse("can be reached; it is empty");
    }

    private Optional<Finding> table(TableId id) {
        String location = lake.table(id);
        Finding finding = check(id.toString(), location, () -> {
            if (!DeltaTables.exists(spark, location)) {
                return "";
            }
            long version = DeltaTables.newest(spark, location);
            int files = DeltaTables.current(spark, location).inputFiles().length;
            return "version " + version + ", " + files + (files == 1 ? " file" : " files");
        });
        return finding.found().isEmpty() && finding.problems().isEmpty() ? Optional.empty() : Optional.of(finding);
    }

    private static Finding check(String subject, String place, Supplier<String> work) {
        return check(subject, SourceSpan.of(place), work);
    }

    private static Finding check(String subject, SourceSpan place, Supplier<String> work) {
        try {
            return new Finding(subject, work.get(), List.of());
        } catch (Exception failed) {
            return new Finding(subject, "", Failures.explain(failed, place));
        }
    }
}
