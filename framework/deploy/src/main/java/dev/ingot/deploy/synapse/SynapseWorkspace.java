package dev.ingot.deploy.synapse;

import dev.ingot.deploy.Change;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.Submission;
import dev.ingot.deploy.Task;
import dev.ingot.deploy.Workspace;
import dev.ingot.deploy.livy.LivyBatch;
import dev.ingot.deploy.livy.LivyBatchRequest;
import dev.ingot.deploy.livy.LivyClient;
import dev.ingot.deploy.livy.LivyRun;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads the files of a workspace's jobs, and submits batches to its Spark pools. Artifacts reach a workspace only
 * through its git repository, so only the uploaded files are changed here.
 */
final class SynapseWorkspace implements Workspace {

    private final Deployment deployment;
    private final Synapse.Options options;
    private final ArtifactUploads uploads;
    private final LivyClient livy;

    SynapseWorkspace(Deployment deployment, Synapse.Options options, ArtifactUploads uploads, LivyClient livy) {
        this.deployment = deployment;
        this.options = options;
        this.uploads = uploads;
        this.livy = livy;
    }

    @Override
    public List<Change> changes() {
        return uploads.changes();
    }

    @Override
    public void apply(List<Change> changes) {
        uploads.apply(changes);
    }

    @Override
    public RemoteRun submit(Submission submission) {
        Diagnostics diagnostics = new Diagnostics();
        BatchSettings.check(deployment.plan().project(), diagnostics);
        new Selection(submission.selection(), List.of()).in(deployment.plan(), diagnostics);
        diagnostics.throwIfErrors();
        requireUploads();
        LivyBatch batch = livy.submit(request(submission));
        return new LivyRun(
                livy,
                batch.id(),
                "https://web.azuresynapse.net, workspace " + options.workspace()
                        + ", Monitor > Apache Spark applications, '" + batch.name() + "' (Livy id " + batch.id() + ")");
    }

    /** Fails if files are not uploaded; the batch itself would fail only after minutes and with an unclear message. */
    private void requireUploads() {
        List<String> missing = uploads.missing();
        if (!missing.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_REFUSED,
                    SourceSpan.of(options.artifacts()),
                    "Cannot start a run: " + String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are")
                            + " not uploaded",
                    "Run 'ingot deploy synapse --env " + deployment.environment() + "' first."));
        }
    }

    private LivyBatchRequest request(Submission submission) {
        Map<String, String> tags = Map.of(
                "project", deployment.project(),
                "environment", deployment.environment(),
                "run", submission.runId());
        return new LivyBatchRequest(
                String.join(
                        "-",
                        deployment.project(),
                        deployment.environment(),
                        submission.runId(),
                        submission.fingerprint()),
                options.artifacts() + "/" + deployment.jar(),
                Deployment.MAIN_CLASS,
                arguments(submission),
                BatchSettings.of(deployment.plan().project()),
                Optional.of(options.nodeSize().with(options.executors())),
                tags);
    }

    private List<String> arguments(Submission submission) {
        List<String> arguments = new ArrayList<>(deployment.arguments(
                new Task("all", submission.selection(), List.of()),
                options.artifacts(),
                submission.runId(),
                submission.date().map(Object::toString).orElse("")));
        submission.variables().forEach((name, value) -> arguments.addAll(List.of("--var", name + "=" + value)));
        if (submission.refresh() == Submission.Refresh.FULL) {
            arguments.add("--full-refresh");
        }
        return arguments;
    }

    @Override
    public void close() {}
}
