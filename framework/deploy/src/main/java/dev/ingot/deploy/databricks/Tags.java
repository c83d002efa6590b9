package dev.ingot.deploy.databricks;

import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.names.Sha256;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Builds the tags that identify a job, independently of its name and creator. Databricks copies a job's tags to its
 * clusters, so each value is valid on all clouds: lower-case letters, digits and hyphens, at most 63.
 */
final class Tags {

    static final String ID = "ingot_id";
    static final String PROJECT = "ingot_project";
    private static final int MAX_LENGTH = 63;

    private Tags() {}

    static Map<String, String> of(Job job, Deployment deployment) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("managed_by", "ingot");
        tags.put(ID, value(job.id()));
        tags.put(PROJECT, project(deployment));
        tags.put("ingot_release", readable(deployment.release(), MAX_LENGTH));
        return tags;
    }

    /** Returns the tag value that all jobs of a project in an environment share. */
    static String project(Deployment deployment) {
        return value(deployment.project() + "/" + deployment.environment());
    }

    /** Converts a text to a tag value: readable, with a hash that makes it unique. */
    static String value(String text) {
        String hash = Sha256.of(text).substring(0, 8);
        return readable(text, MAX_LENGTH - hash.length() - 1) + "-" + hash;
    }

    private static String readable(String text, int maxLength) {
        String readable = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return readable.substring(0, Math.min(readable.length(), maxLength));
    }
}
