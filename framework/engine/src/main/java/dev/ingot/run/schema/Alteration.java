package dev.ingot.run.schema;

import dev.ingot.component.rows.Columns;
import java.util.Objects;
import java.util.Optional;

/**
 * One alteration of a table, by a commit that changes no row.
 *
 * @param sql the statement, up to the table's name
 * @param rest of the statement
 * @param words what it does
 * @param condition what all rows of the table have to meet for it
 */
public record Alteration(String sql, String rest, String words, Optional<String> condition) {

    private static final String DROP_CONSTRAINT = "DROP CONSTRAINT IF EXISTS ";

    public Alteration {
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(rest, "rest");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(condition, "condition");
    }

    /** Whether a constraint goes. */
    boolean dropsConstraint() {
        return rest.startsWith(DROP_CONSTRAINT);
    }

    static Alteration of(String rest, String words) {
        return new Alteration("ALTER TABLE", rest, words, Optional.empty());
    }

    static Alteration dropping(String constraint) {
        return of(DROP_CONSTRAINT + Columns.quoted(constraint), "drops the constraint " + constraint);
    }
}
