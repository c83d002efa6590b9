package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs of a project and environment that a workspace has, known by their tags: no file remembers them, and they may have
 * been renamed, or made by somebody else.
 */
final class RemoteJobs {

    /** A job there; {@code tag} is the identity that it carries. */
    record Found(long id, String name, String tag) {}

    private final JobsApi api;
    private final Deployment deployment;
    private final String host;

    RemoteJobs(JobsApi api, Deployment deployment, String host) {
        this.api = api;
        this.deployment = deployment;
        this.host = host;
    }

    List<Found> all() {
        ObjectNode answer = api.getAll("/api/2.2/jobs/list", Map.of("limit", 100), "look for the project's jobs");
        List<Found> found = new ArrayList<>();
        for (JsonNode job : answer.path("jobs")) {
            JsonNode settings = job.path("settings");
            if (settings.path("tags").path(Tags.PROJECT).asText().equals(Tags.project(deployment))) {
                found.add(new Found(
                        job.path("job_id").asLong(),
                        settings.path("name").asText(),
                        settings.path("tags").path(Tags.ID).asText()));
            }
        }
        return found;
    }

    /**
     * The one that a declared job is.
     *
     * @param all {@link #all}
     * @throws IngotException when several are: a job that is cloned keeps its tags
     */
    Optional<Found> of(Job job, List<Found> all) {
        List<Found> same = all.stream()
                .filter(one -> one.tag().equals(Tags.value(job.id())))
                .toList();
        if (same.size() > 1) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_REFUSED,
                    SourceSpan.of(host),
                    "Cannot tell which job is '" + JobSettings.name(job, deployment) + "': the jobs "
                            + String.join(
                                    ", ",
                                    same.stream()
                                            .map(one -> Long.toString(one.id()))
                                            .toList())
                            + " all carry its tag " + Tags.ID,
                    "One of them was cloned; take the tags that begin with 'ingot' from the others."));
        }
        return same.stream().findFirst();
    }

    /** All of a job: its settings, with all pages of its tasks. */
    ObjectNode settings(Found job) {
        return api.getAll("/api/2.2/jobs/get", Map.of("job_id", job.id()), "look at the job '" + job.name() + "'");
    }
}
