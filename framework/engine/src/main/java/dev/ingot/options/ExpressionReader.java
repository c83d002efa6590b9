package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads Spark SQL: rejects unknown parameters and what does more than query. Spark's parser checks the syntax. */
final class ExpressionReader {

    private final ValueScope scope;
    private final Diagnostics diagnostics;

    ExpressionReader(ValueScope scope, Diagnostics diagnostics) {
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    /** Reads an expression in YAML; its errors are reported at its first character. */
    Optional<Expression> expression(YamlNode.Scalar scalar, String what) {
        for (SqlText.Token token : SqlText.subqueryTokens(scalar.text())) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_UNSAFE_SQL,
                    scalar.span(),
                    "Cannot read " + what + ": an expression cannot contain a query ('" + token.text() + "')",
                    "Look tables up with a 'join' step or a 'references' check, or write a 'sql' step."));
        }
        return read(scalar, what, offset -> scalar.span());
    }

    /** Reads a query in YAML; its errors are reported at its first character. */
    Optional<Query> query(YamlNode.Scalar scalar, String what) {
        return read(scalar, what, offset -> scalar.span()).map(Query::new);
    }

    /** Reads the text of a file; its errors are reported at their exact place. */
    Optional<SqlFile> sqlFile(YamlNode.Scalar text, String what) {
        return read(text, what, offset -> placeInFile(text, offset)).map(SqlFile::new);
    }

    private Optional<Expression> read(YamlNode.Scalar scalar, String what, IntFunction<SourceSpan> place) {
        String text = scalar.text();
        if (text.contains("${")) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_REFERENCE,
                    scalar.span(),
                    "Cannot read " + what + ": an expression cannot contain '${...}'",
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
        for (SqlText.Token token : SqlText.unsafeTokens(text)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_UNSAFE_SQL,
                    place.apply(token.start()),
                    "Cannot read " + what + ": '" + token.text() + "' can access more than the inputs of the pipeline",
                    "SQL may only query what the pipeline declares: no reflect, java_method, identifier, table_changes"
                            + " or TRANSFORM ... USING."));
        }
        for (SqlText.Token token : SqlText.nondeterministicTokens(text)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_UNSTABLE,
                    place.apply(token.start()),
                    "Cannot read " + what + ": '" + token.text() + "' is nondeterministic, and a replayed batch must"
                            + " produce the same rows",
                    "Use :run_started_at or :run_date for the time, and a hash of columns, such as xxhash64(id),"
                            + " instead of random values."));
        }
        return diagnostics.errorCount() > before ? Optional.empty() : Optional.of(new Expression(text, scalar.span()));
    }

    /** Returns the place of a character in a file's text. */
    private static SourceSpan placeInFile(YamlNode.Scalar text, int offset) {
        String before = text.text().substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new SourceSpan(text.span().file(), line + 1, offset - before.lastIndexOf('\n'));
    }
}
