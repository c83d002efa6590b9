package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.Change.Difference;
import dev.ingot.deploy.Change.Kind;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.Submission;
import dev.ingot.deploy.Workspace;
import dev.ingot.deploy.databricks.RemoteJobs.Found;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A workspace of Databricks. Jobs are changed where they are, so that the history of their runs stays; first the files that
 * they need are uploaded, last the jobs are deleted that are declared no more.
 */
final class DatabricksWorkspace implements Workspace {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** So many runs of one name are tried, should the clocks here and there differ. */
    private static final int ATTEMPTS = 100;

    private final JobsApi api;
    private final String host;
    private final Deployment deployment;
    private final Databricks.Options options;
    private final ArtifactUploads uploads;
    private final RemoteJobs jobs;
    private final Permissions permissions;
    private final Map<Change, Runnable> told = new LinkedHashMap<>();

    DatabricksWorkspace(
            JobsApi api, String host, Deployment deployment, Databricks.Options options, Artifacts artifacts) {
        this.api = Objects.requireNonNull(api, "api");
        this.host = Objects.requireNonNull(host, "host");
        this.deployment = Objects.requireNonNull(deployment, "deployment");
        this.options = Objects.requireNonNull(options, "options");
        this.uploads = new ArtifactUploads(api, options, deployment, artifacts);
        this.jobs = new RemoteJobs(api, deployment, host);
        this.permissions = new Permissions(api, options);
    }

    static DatabricksWorkspace of(
            Deployment deployment,
            Databricks.Options options,
            Artifacts artifacts,
            String host,
            Map<String, String> processEnvironment) {
        return new DatabricksWorkspace(JobsApi.of(host, processEnvironment), host, deployment, options, artifacts);
    }

    @Override
    public List<Change> changes() {
        Diagnostics diagnostics = new Diagnostics();
        new Preflight(deployment, options, diagnostics).check();
        JobSettings settings = new JobSettings(deployment, options, diagnostics);
        Map<Job, ObjectNode> declared = new LinkedHashMap<>();
        deployment.jobs().forEach(job -> declared.put(job, JSON.valueToTree(settings.tree(job))));
        diagnostics.throwIfErrors();
        told.clear();
        uploads.tell(told::put);
        List<Found> there = jobs.all();
        declared.forEach((job, tree) -> jobs.of(job, there)
                .ifPresentOrElse(found -> tellUpdate(found, job, tree), () -> tellCreation(job, tree)));
        Set<String> tags =
                deployment.jobs().stream().map(job -> Tags.value(job.id())).collect(Collectors.toSet());
        there.stream().filter(found -> !tags.contains(found.tag())).forEach(this::tellDeletion);
        return List.copyOf(told.keySet());
    }

    @Override
    public void apply(List<Change> changes) {
        changes.forEach(
                change -> Objects.requireNonNull(told.get(change), () -> "not a change that was told: " + change)
                        .run());
    }

    private void tellCreation(Job job, ObjectNode tree) {
        String name = JobSettings.name(job, deployment);
        told.put(new Change(Kind.CREATE, "job " + name, List.of()), () -> {
            ObjectNode made = api.send("POST", "/api/2.2/jobs/create", tree, "make the job '" + name + "'");
            permissions.set(made.path("job_id").asLong(), name);
        });
    }

    private void tellUpdate(Found found, Job job, ObjectNode tree) {
        ObjectNode there = jobs.settings(found);
        if (there.path("settings").path("deployment").path("kind").asText().equals("BUNDLE")) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_REFUSED,
                    SourceSpan.of(host),
                    "Cannot change the job '" + found.name() + "': a bundle made it, and would change it back",
                    "Deploy it with 'databricks bundle deploy', or remove it with 'databricks bundle destroy'."));
        }
        List<Difference> differences = new ArrayList<>(Drift.between(tree, there));
        boolean settingsDiffer = !differences.isEmpty();
        differences.addAll(permissions.differences(found.id(), found.name()));
        if (!differences.isEmpty()) {
            String name = JobSettings.name(job, deployment);
            told.put(new Change(Kind.UPDATE, "job " + name, differences), () -> {
                if (settingsDiffer) {
                    api.sendAgain(
                            "/api/2.2/jobs/reset",
                            Map.of("job_id", found.id(), "new_settings", Drift.merged(tree, there)),
                            "change the job '" + name + "'");
                }
                permissions.set(found.id(), name);
            });
        }
    }

    private void tellDeletion(Found found) {
        told.put(
                new Change(Kind.DELETE, "job " + found.name(), List.of()),
                () -> api.send(
                        "POST",
                        "/api/2.2/jobs/delete",
                        Map.of("job_id", found.id()),
                        "delete the job '" + found.name() + "'"));
    }

    @Override
    public RemoteRun submit(Submission submission) {
        JobSelection selected = JobSelection.of(deployment, submission.selection());
        String name = JobSettings.name(selected.job(), deployment);
        Optional<Found> found = jobs.of(selected.job(), jobs.all());
        if (found.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_REFUSED,
                    SourceSpan.of(host),
                    "Cannot start the job '" + name + "': it is not there",
                    "Make it with 'ingot deploy databricks'."));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(JobSettings.RUN_ID, submission.runId());
        submission.date().ifPresent(date -> parameters.put(JobSettings.RUN_DATE, date.toString()));
        parameters.put(JobSettings.FULL_REFRESH, Boolean.toString(submission.refresh() == Submission.Refresh.FULL));
        submission.variables().forEach((variable, value) -> parameters.put(JobSettings.VARIABLE + variable, value));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("job_id", found.get().id());
        body.put("queue", Map.of("enabled", true));
        body.put("job_parameters", parameters);
        if (!selected.tasks().isEmpty()) {
            body.put("only", selected.tasks());
        }
        String key = found.get().id() + "/" + submission.runId() + "/" + submission.fingerprint();
        return start(body, key, "start the job '" + name + "'");
    }

    /**
     * Starts the first attempt that is not known, or finds the one that lives or did its work: Databricks answers a token
     * that it knows with the run of it, whatever became of that. One that began after it was asked for is this one.
     */
    private DatabricksRun start(Map<String, Object> body, String key, String what) {
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        DatabricksRun run = null;
        for (int attempt = 1; attempt <= ATTEMPTS && (run == null || run.isEarlierFailure(asked)); attempt++) {
            body.put("idempotency_token", Sha256.of(key + "/" + attempt));
            ObjectNode started = api.sendAgain("/api/2.2/jobs/run-now", body, what);
            run = DatabricksRun.of(api, started.path("run_id").asLong());
        }
        return run;
    }

    @Override
    public void close() {}
}
