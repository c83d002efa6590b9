package dev.ingot.run.schema;

import dev.ingot.component.rows.Columns;
import java.util.Objects;
import java.util.Optional;

/**
 * One change of a table's metadata, by a commit that changes no row.
 *
 * @param sql the statement up to the table's name
 * @param rest the statement after the table's name
 * @param summary a phrase for the user: "adds the constraint x"
 * @param condition what every row of the table has to meet beforehand
 */
public record Alteration(String sql, String rest, String summary, Optional<String> condition) {

    private static final String DROP_CONSTRAINT = "DROP CONSTRAINT IF EXISTS ";

    public Alteration {
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(rest, "rest");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(condition, "condition");
    }

    boolean dropsConstraint() {
        return rest.startsWith(DROP_CONSTRAINT);
    }

    static Alteration of(String rest, String summary) {
        return new Alteration("ALTER TABLE", rest, summary, Optional.empty());
    }

    static Alteration dropping(String constraint) {
        return of(DROP_CONSTRAINT + Columns.quoted(constraint), "drops the constraint " + constraint);
    }
}
