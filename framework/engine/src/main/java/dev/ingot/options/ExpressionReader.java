package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads Spark SQL: refuses what is no parameter and what is more than a query. Whether it is right, Spark's parser says. */
final class ExpressionReader {

    private final ValueScope scope;
    private final Diagnostics diagnostics;

    ExpressionReader(ValueScope scope, Diagnostics diagnostics) {
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    /** An expression that stands in YAML; its mistakes are placed where it begins. */
    Optional<Expression> expression(YamlNode.Scalar scalar, String what) {
        for (SqlText.Token token : SqlText.queries(scalar.text())) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_UNSAFE_SQL,
                    scalar.span(),
                    "Cannot read " + what + ": a query ('" + token.text() + "') has no place in an expression",
                    "Look tables up with a 'join' step or a 'references' check, or write a 'sql' step."));
        }
        return read(scalar, what, offset -> scalar.span());
    }

    /** A query that stands in YAML; its mistakes are placed where it begins. */
    Optional<Query> query(YamlNode.Scalar scalar, String what) {
        return read(scalar, what, offset -> scalar.span()).map(Query::new);
    }

    /** The text of a file; its mistakes are placed at their very line. */
    Optional<SqlFile> ofFile(YamlNode.Scalar text, String what) {
        return read(text, what, offset -> within(text, offset)).map(SqlFile::new);
    }

    private Optional<Expression> read(YamlNode.Scalar scalar, String what, IntFunction<SourceSpan> place) {
        String text = scalar.text();
        if (text.contains("${")) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_REFERENCE,
                    scalar.span(),
                    "Cannot read " + what + ": '${...}' has no place in an expression",
                    "Use a parameter such as :var_name or :run_date; Spark binds its value."));
            return Optional.empty();
        }
        long before = diagnostics.errorCount();
        for (SqlText.Token token : SqlText.tokens(text)) {
            String name = token.text();
            if (token.kind() == SqlText.Kind.PARAMETER && !scope.parameters().contains(name)) {
                diagnostics.add(Diagnostic.error(
                                Code.SPEC_PARAMETER,
                                place.apply(token.start()),
                                "Cannot read " + what + ": there is no parameter ':" + name + "'",
                                "Declare a variable in conf/project.yml to use it as :var_<name>.")
                        .accepting(scope.parameters().stream().sorted().toList(), name));
            }
        }
        for (SqlText.Token token : SqlText.unsafe(text)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_UNSAFE_SQL,
                    place.apply(token.start()),
                    "Cannot read " + what + ": '" + token.text() + "' may reach beyond the inputs of the pipeline",
                    "SQL may only query what the pipeline declares: no reflect, java_method, identifier, table_changes or"
                            + " TRANSFORM ... USING."));
        }
        for (SqlText.Token token : SqlText.unstable(text)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_UNSTABLE,
                    place.apply(token.start()),
                    "Cannot read " + what + ": '" + token.text() + "' gives something else each time, and a batch that"
                            + " is repeated must give the same rows",
                    "Use :run_started_at or :run_date for the time, and a hash of columns, such as xxhash64(id), for"
                            + " chance."));
        }
        return diagnostics.errorCount() > before ? Optional.empty() : Optional.of(new Expression(text, scalar.span()));
    }

    /** The place of a character of a file's text. */
    private static SourceSpan within(YamlNode.Scalar text, int offset) {
        String before = text.text().substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new SourceSpan(text.span().file(), line + 1, offset - before.lastIndexOf('\n'));
    }
}
