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
 * Finds the jobs of a project and environment in a workspace by their tags. There is no state file, and jobs may have
 * been renamed or created by another user.
 */
final class RemoteJobs {

    /** A job in the workspace; {@code tag} is the value of its identity tag. */
    record RemoteJob(long id, String name, String tag) {}

    private final JobsApi api;
    private final Deployment deployment;
    private final String host;

    RemoteJobs(JobsApi api, Deployment deployment, String host) {
        this.api = api;
        this.deployment = deployment;
        this.host = host;
    }

    List<RemoteJob> all() {
        ObjectNode response = api.getAll("/api/2.2/jobs/list", Map.of("limit", 100), "list the project's jobs");
        List<RemoteJob> found = new ArrayList<>();
        for (JsonNode job : response.path("jobs")) {
            JsonNode settings = job.path("settings");
            if (settings.path("tags").path(Tags.PROJECT).asText().equals(Tags.project(deployment))) {
                found.add(new RemoteJob(
                        job.path("job_id").asLong(),
                        settings.path("name").asText(),
                        settings.path("tags").path(Tags.ID).asText()));
            }
        }
        return found;
    }

    /**
     * Finds the workspace's job that corresponds to a declared one.
     *
     * @param all the jobs of {@link #all}
     * @throws IngotException when several match: a cloned job keeps its tags
     */
    Optional<RemoteJob> of(Job job, List<RemoteJob> all) {
        List<RemoteJob> matches = all.stream()
                .filter(candidate -> candidate.tag().equals(Tags.value(job.id())))
                .toList();
        if (matches.size() > 1) {
            throw new IngotException(Diagnostic.error(
                    Code.DEPLOY_REFUSED,
                    SourceSpan.of(host),
                    "Cannot identify the job '" + JobSettings.name(job, deployment) + "': the jobs "
                            + String.join(
                                    ", ",
                                    matches.stream()
                                            .map(candidate -> Long.toString(candidate.id()))
                                            .toList())
                            + " all have its tag " + Tags.ID,
                    "One of them was cloned; remove the tags that begin with 'ingot' from the copies."));
        }
        return matches.stream().findFirst();
    }

    /** Reads a job's settings, with all pages of its tasks. */
    ObjectNode settings(RemoteJob job) {
        return api.getAll("/api/2.2/jobs/get", Map.of("job_id", job.id()), "read the job '" + job.name() + "'");
    }
}
