package dev.ingot.compile;

import dev.ingot.options.Expression;
import dev.ingot.options.SqlText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Binds the values of {@code :parameters}. Spark binds them in complete statements only, so an expression gets each of
 * them as a typed literal.
 */
public record Parameters(Map<String, Object> values) {

    public Parameters {
        Objects.requireNonNull(values, "values");
    }

    Column column(Expression expression) {
        return functions.expr(bind(expression));
    }

    /** Returns an expression with its parameters replaced by literals. */
    public String bind(Expression expression) {
        return bind(expression.text());
    }

    /** Returns a text with its parameters replaced by literals. */
    String bind(String text) {
        StringBuilder bound = new StringBuilder();
        int at = 0;
        List<SqlText.Token> tokens = SqlText.tokens(text);
        for (SqlText.Token token : tokens) {
            if (token.kind() == SqlText.Kind.PARAMETER) {
                bound.append(text, at, token.start()).append(literal(values.get(token.text())));
                at = token.end();
            }
        }
        return bound.append(text, at, text.length()).toString();
    }

    static String literal(Object value) {
        if (value instanceof String text) {
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
        if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Double number) {
            return number + "D";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString() + "BD";
        }
        if (value instanceof LocalDate date) {
            return "DATE'" + date + "'";
        }
        if (value instanceof Instant instant) {
            return "TIMESTAMP'" + instant + "'";
        }
        throw new IllegalStateException("Cannot write a parameter as a literal: unsupported " + value.getClass());
    }
}
