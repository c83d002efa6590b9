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
import dev.ingot.deploy.databricks.RemoteJobs.RemoteJob;
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
 * Deploys to a Databricks workspace and starts runs there. Updates jobs in place, which keeps their run history.
 * Uploads the files that jobs need first, and deletes jobs that are no longer declared last.
 */
final class DatabricksWorkspace implements Workspace {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The maximum number of attempts of one run id, in case the clocks of this machine and the workspace differ. */
    private static final int MAX_ATTEMPTS = 100;

    private final JobsApi api;
    private final String host;
    private final Deployment deployment;
    private final Databricks.Options options;
    private final ArtifactUploads uploads;
    private final RemoteJobs jobs;
    private final Permissions permissions;
    private final Map<Change, Runnable> planned = new LinkedHashMap<>();

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
        planned.clear();
        uploads.plan(planned::put);
        List<RemoteJob> existing = jobs.all();
        declared.forEach((job, tree) -> jobs.of(job, existing)
                .ifPresentOrElse(found -> planUpdate(found, job, tree), () -> planCreation(job, tree)));
        Set<String> tags =
                deployment.jobs().stream().map(job -> Tags.value(job.id())).collect(Collectors.toSet());
        existing.stream().filter(found -> !tags.contains(found.tag())).forEach(this::planDeletion);
        return List.copyOf(planned.keySet());
    }

    @Override
    public void apply(List<Change> changes) {
        changes.forEach(change -> Objects.requireNonNull(planned.get(change), () -> "not a planned change: " + change)
                .run());
    }

    private void planCreation(Job job, ObjectNode tree) {
        String name = JobSettings.name(job, deployment);
        planned.put(new Change(Kind.CREATE, "job " + name, List.of()), () -> {
            ObjectNode created = api.send("POST", "/api/2.2/jobs/create", tree, "create the job '" + name + "'");
            permissions.set(created.path("job_id").asLong(), name);
        });
    }

    private void planUpdate(RemoteJob found, Job job, ObjectNode tree) {
        ObjectNode existing = jobs.settings(found);
        if (existing.path("settings").path("deployment").path("kind").asText().equals("BUNDLE")) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_REFUSED,
                    SourceSpan.of(host),
                    "Cannot update the job '" + found.name() + "': a bundle manages it and would revert the change",
                    "Deploy it with 'databricks bundle deploy', or remove it with 'databricks bundle destroy'."));
        }
        List<Difference> differences = new ArrayList<>(Drift.between(tree, existing));
        boolean settingsDiffer = !differences.isEmpty();
        differences.addAll(permissions.differences(found.id(), found.name()));
        if (!differences.isEmpty()) {
            String name = JobSettings.name(job, deployment);
            planned.put(new Change(Kind.UPDATE, "job " + name, differences), () -> {
                if (settingsDiffer) {
                    api.sendIdempotent(
                            "/api/2.2/jobs/reset",
                            Map.of("job_id", found.id(), "new_settings", Drift.merged(tree, existing)),
                            "update the job '" + name + "'");
                }
                permissions.set(found.id(), name);
            });
        }
    }

    private void planDeletion(RemoteJob found) {
        planned.put(
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
        Optional<RemoteJob> found = jobs.of(selected.job(), jobs.all());
        if (found.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_REFUSED,
                    SourceSpan.of(host),
                    "Cannot start the job '" + name + "': it does not exist",
                    "Create it with 'ingot deploy databricks'."));
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
     * Starts the first new attempt, or finds one that is running or succeeded. Databricks returns the existing run for
     * a known idempotency token, even if that run failed. A run that started after this request is the one that it
     * started.
     */
    private DatabricksRun start(Map<String, Object> body, String key, String what) {
        Instant requested = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        DatabricksRun run = null;
        for (int attempt = 1; attempt <= MAX_ATTEMPTS && (run == null || run.isEarlierFailure(requested)); attempt++) {
            body.put("idempotency_token", Sha256.of(key + "/" + attempt));
            ObjectNode started = api.sendIdempotent("/api/2.2/jobs/run-now", body, what);
            run = DatabricksRun.of(api, started.path("run_id").asLong());
        }
        return run;
    }

    @Override
    public void close() {}
}
