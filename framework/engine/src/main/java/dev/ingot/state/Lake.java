package dev.ingot.state;

import dev.ingot.names.Address;
import dev.ingot.names.TableId;
import java.util.Objects;

/**
 * Defines the paths of everything in a lake.
 *
 * @param root the lake's path, without a trailing slash; with a scheme but no host it is normalized to Hadoop's form,
 *     or Delta would treat it as a different path
 */
public record Lake(String root) {

    private static final String SYSTEM = "/_ingot";

    public Lake {
        root = Address.withoutEmptyHost(Objects.requireNonNull(root, "root"));
    }

    /** Returns the scheme of the lake's path; {@code file} for a path without one. */
    public String scheme() {
        return root.startsWith("/") ? "file" : root.substring(0, Math.max(0, root.indexOf(':')));
    }

    /** Returns whether the lake is on S3, where only one process at a time may write. */
    public boolean isOnS3() {
        return scheme().startsWith("s3");
    }

    /** Returns the path of a table. */
    public String table(TableId table) {
        return root + "/" + table.layer() + "/" + table.table();
    }

    /** Returns the folder that has a subfolder for each pipeline that ever wrote a batch. */
    public String allBatches() {
        return root + SYSTEM + "/batches";
    }

    /** Returns the folder of the records of a pipeline's batches. */
    String batches(TableId pipeline) {
        return allBatches() + "/" + pipeline;
    }

    /** Returns the folder of the records of rollbacks. */
    String rollbacks() {
        return root + SYSTEM + "/rollbacks";
    }

    /** Returns the path of the table with a pipeline's events and tombstones, kept for late events. */
    public String lateEvents(TableId pipeline) {
        return root + SYSTEM + "/events/" + pipeline;
    }

    /** Returns the staging area for the checked rows of a pipeline's batches, until they are committed. */
    public String stagingArea(TableId pipeline) {
        return root + SYSTEM + "/stage/" + pipeline;
    }

    /** Returns the folder of the leases. */
    String leases() {
        return root + SYSTEM + "/leases";
    }

    /** Returns the lease file of a pipeline. */
    String lease(TableId pipeline) {
        return leases() + "/" + pipeline + ".json";
    }

    /** Returns the folder of the run manifests. */
    String manifests() {
        return root + SYSTEM + "/runs";
    }

    /** Returns the manifest file of a run. */
    String manifest(String run) {
        return manifests() + "/" + fileName(run) + ".json";
    }

    /** Returns the folder that records the table versions that the tasks of a run made. */
    String madeVersions(String run) {
        return manifests() + "/" + fileName(run);
    }

    /** Encodes a run id for file names: Hadoop and some storages allow no colon, and no run id contains a tilde. */
    static String fileName(String run) {
        return run.replace(':', '~');
    }

    /** Returns the path of the run log table. */
    public String runLog() {
        return root + SYSTEM + "/history";
    }
}
