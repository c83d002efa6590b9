package dev.ingot.component.input;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Describes exactly what a batch reads from one source: enough to read the same rows again after a crash. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Input.Files.class, name = "files"),
    @JsonSubTypes.Type(value = Input.Snapshot.class, name = "snapshot"),
    @JsonSubTypes.Type(value = Input.Changes.class, name = "changes"),
    @JsonSubTypes.Type(value = Input.View.class, name = "view"),
    @JsonSubTypes.Type(value = Input.Literal.class, name = "literal")
})
public sealed interface Input {

    /**
     * Complete files.
     *
     * @param unreadable files that could not be read: they count as read, and the quarantine has their names
     */
    record Files(List<File> files, List<File> unreadable) implements Input {
        public Files {
            files = List.copyOf(files);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * One file in the state in which it was chosen.
     *
     * @param size in bytes
     * @param modified in milliseconds since 1970
     */
    record File(String path, long size, long modified) {
        public File {
            Objects.requireNonNull(path, "path");
        }
    }

    /** A Delta table at one version. */
    record Snapshot(String table, String tableId, long version) implements Input {
        public Snapshot {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(tableId, "tableId");
        }
    }

    /** The row changes of a Delta table after one version, up to and including another. */
    record Changes(String table, String tableId, long after, long until) implements Input {
        public Changes {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(tableId, "tableId");
        }
    }

    /**
     * A view.
     *
     * @param fingerprint of the view's definition and of the views that it reads
     * @param tables the versions of the tables that the view reads, by {@code layer.table}
     */
    record View(String table, String fingerprint, Map<String, PinnedTable> tables) implements Input {
        public View {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(fingerprint, "fingerprint");
            tables = Collections.unmodifiableMap(new TreeMap<>(tables));
        }
    }

    /** Rows written in the pipeline itself, identified by their hash. */
    record Literal(String hash) implements Input {
        public Literal {
            Objects.requireNonNull(hash, "hash");
        }
    }
}
