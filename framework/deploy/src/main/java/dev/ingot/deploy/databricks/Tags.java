package dev.ingot.deploy.databricks;

import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.names.Sha256;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The tags by which a job is known again, whatever it is called and whoever made it. Databricks hands a job's tags on to
 * its clusters, so each value is one that all clouds take: lower-case letters, digits and hyphens, at most 63.
 */
final class Tags {

    static final String ID = "ingot_id";
    static final String PROJECT = "ingot_project";
    private static final int LONGEST = 63;

    private Tags() {}

    static Map<String, String> of(Job job, Deployment deployment) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("managed_by", "ingot");
        tags.put(ID, value(job.id()));
        tags.put(PROJECT, project(deployment));
        tags.put("ingot_release", readable(deployment.release(), LONGEST));
        return tags;
    }

    /** What all jobs of a project in an environment carry. */
    static String project(Deployment deployment) {
        return value(deployment.project() + "/" + deployment.environment());
    }

    /** A text as the value of a tag: readable, and another one for another text. */
    static String value(String text) {
        String hash = Sha256.of(text).substring(0, 8);
        return readable(text, LONGEST - hash.length() - 1) + "-" + hash;
    }

    private static String readable(String text, int longest) {
        String readable = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return readable.substring(0, Math.min(readable.length(), longest));
    }
}
