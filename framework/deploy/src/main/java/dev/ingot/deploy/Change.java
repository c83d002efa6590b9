package dev.ingot.deploy;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One thing that a platform would have otherwise than before.
 *
 * @param what the thing, as "job earthquakes-prod"
 * @param differences what differs inside it, where it is updated
 */
public record Change(Kind kind, String what, List<Difference> differences) {

    /** What happens to the thing. A deletion is applied only when the user said so. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE;

        /** As it is printed. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A field whose value differs.
     *
     * @param field its place in the thing, as "tasks.bronze.max_retries"
     * @param before the value there, empty when there is none
     * @param after the value declared, empty when there is none
     */
    public record Difference(String field, String before, String after) {

        public Difference {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
        }
    }

    public Change {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(what, "what");
        differences = List.copyOf(differences);
    }
}
