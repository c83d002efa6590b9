package dev.ingot.deploy;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Describes one change that a deployment makes on a platform.
 *
 * @param what the changed object, such as "job earthquakes-prod"
 * @param differences the fields that differ; empty unless {@code kind} is {@link Kind#UPDATE}
 */
public record Change(Kind kind, String what, List<Difference> differences) {

    /** The kind of change to the object. A deletion is applied only with the user's consent. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE;

        /** Returns the word that is printed: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A field whose value differs.
     *
     * @param field its path in the object, such as "tasks.bronze.max_retries"
     * @param before the value on the platform; empty when there is none
     * @param after the declared value; empty when there is none
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
