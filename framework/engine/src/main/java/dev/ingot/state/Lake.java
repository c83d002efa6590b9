package dev.ingot.state;

import dev.ingot.names.Address;
import dev.ingot.names.TableId;
import java.util.Objects;

/**
 * Where everything in a lake lies.
 *
 * @param root the lake's address, without a slash at its end; with a scheme but no host, as Hadoop writes it, or Delta
 *     takes it for another address than its own
 */
public record Lake(String root) {

    private static final String SYSTEM = "/_ingot";

    public Lake {
        root = Address.withoutEmptyHost(Objects.requireNonNull(root, "root"));
    }

    /** The scheme of the lake's address; that of a plain path is {@code file}. */
    public String scheme() {
        return root.startsWith("/") ? "file" : root.substring(0, Math.max(0, root.indexOf(':')));
    }

    /** Whether it lies on S3, where only one process at a time may write it. */
    public boolean isOnS3() {
        return scheme().startsWith("s3");
    }

    /** The address of a table. */
    public String table(TableId table) {
        return root + "/" + table.layer() + "/" + table.table();
    }

    /** The folder with a folder for each pipeline that ever wrote a batch. */
    public String allBatches() {
        return root + SYSTEM + "/batches";
    }

    /** The folder with the records of a pipeline's batches. */
    String batches(TableId pipeline) {
        return allBatches() + "/" + pipeline;
    }

    /** The folder with the records of rollbacks. */
    String rollbacks() {
        return root + SYSTEM + "/rollbacks";
    }

    /** The table of the events that a pipeline remembers for late ones. */
    public String events(TableId pipeline) {
        return root + SYSTEM + "/events/" + pipeline;
    }

    /** Where the checked rows of a pipeline's batches are set aside until they are written. */
    public String stage(TableId pipeline) {
        return root + SYSTEM + "/stage/" + pipeline;
    }

    /** The folder of the leases. */
    String leases() {
        return root + SYSTEM + "/leases";
    }

    /** The file that says who runs a pipeline now. */
    String lease(TableId pipeline) {
        return leases() + "/" + pipeline + ".json";
    }

    /** The folder of the manifests. */
    String manifests() {
        return root + SYSTEM + "/runs";
    }

    /** The file that says which versions a run sees. */
    String manifest(String run) {
        return manifests() + "/" + fileName(run) + ".json";
    }

    /** The folder with the tables that the tasks of a run made. */
    String made(String run) {
        return manifests() + "/" + fileName(run);
    }

    /** A run's name as part of a file's: Hadoop and several storages take no colon there, and no run's name has a tilde. */
    static String fileName(String run) {
        return run.replace(':', '~');
    }

    /** The table of what runs did. */
    public String history() {
        return root + SYSTEM + "/history";
    }
}
