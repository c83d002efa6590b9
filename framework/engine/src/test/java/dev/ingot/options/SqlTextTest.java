package dev.ingot.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @Test
    void recordsThePlacesOfTokens() {
        String sql = "a.`b c` -- :no\n>= :run_date/* :no */AND x = 'it''s' || \"q\"";
        List<SqlText.Token> tokens = SqlText.tokens(sql);

        assertEquals(
                "a . `b c` > = run_date AND x = 'it' 's' | | \"q\"",
                tokens.stream().map(SqlText.Token::text).collect(Collectors.joining(" ")));
        for (SqlText.Token token : tokens) {
            String written = sql.substring(token.start(), token.end());
            assertEquals(token.kind() == SqlText.Kind.PARAMETER ? ":" + token.text() : token.text(), written);
        }
    }

    @Test
    void returnsEachParameterOnceInOrder() {
        assertEquals(
                List.of("var_b", "run_date", "_x1"),
                SqlText.parameters("a > :var_b AND (:run_date)=:_x1 OR :var_b IS NULL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "':a'",
                "\":a\"",
                "`:a`",
                "r':a'",
                "-- :a",
                "-- x \\\n :a",
                "/* :a */",
                "/* /* */ :a */",
                "x::string",
                "struct<id:int,name:string>",
                "`odd name`:int",
                "payload:id",
                "x : 1",
                "'it\\'s :a'",
                "'open :a"
            })
    void doesNotTakeOtherColonsForParameters(String sql) {
        assertEquals(List.of(), SqlText.parameters(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- x\n:a",
                "-- x\r:a",
                "/* */:a",
                "/*+ hint */ :a",
                "'\\\\':a",
                "r'\\':a",
                "R\"\\\" :a",
                "(:a)",
                "x=:a",
                "1:a",
                "/* /* */ */ :a",
                "'x' :a",
                "/*/ */ :a"
            })
    void findsParametersNextToOtherTokens(String sql) {
        assertEquals(List.of("a"), SqlText.parameters(sql));
    }

    /** A parser of Spark 3.4, 3.5 or 4.0 finds an unsafe call, or a script, in each of these; verified with them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reflect('a', 'b')",
                "reflect\u00A0('a')",
                "Reflect\n/* */ ('a')",
                "try_reflect('a')",
                "* FROM table_changes('silver.x', 0)",
                "* FROM read_files('/etc')",
                "Secret('scope', 'key')",
                "java_method('a')",
                "`reflect`('a')",
                "system.builtin.reflect('a')",
                "\u0131dentifier('reflect')('a')",
                "TRANSFORM(a) U\u017FING 'cat' AS (b)",
                "a\u0345r'\\' , ' || reflect('a')",
                "identifier('reflect')('a')",
                "r'\\', reflect('a') AS b, ''",
                "/*+ x('*/') */ reflect('a')",
                "/*+ x */* , reflect('a') /* */",
                "/* /* */ ' */ reflect('a') /* ' */",
                "-- \\\n ' \n reflect('a') -- '\n",
                "-- x\r reflect('a')",
                "TRANSFORM(a) USING 'cat' AS (b)",
                "transform(a) using \"cat\" AS (b)",
                "TRANSFORM(a) USING R'cat' AS (b)",
                "TRANSFORM(a) USING /* x */ 'cat' AS (b)",
                "TRANSFORM(a) USING\u3000'cat' AS (b)"
            })
    void findsUnsafeCalls(String sql) {
        assertEquals(1, SqlText.unsafeTokens(sql).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reflect",
                "reflect + (a)",
                "'reflect(a)'",
                "-- reflect(a)",
                "/* reflect(a) */",
                "reflected(a)",
                "my_reflect(a)",
                "JOIN b USING (id)",
                "transform(xs, x -> x + 1)",
                "'using' || 'x'",
                "`a (`"
            })
    void acceptsWhatOnlyLooksUnsafe(String sql) {
        assertEquals(List.of(), SqlText.unsafeTokens(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "'", "`", "\"", "r'", "--", "/*", "/*+", "*/", "\\", "'\\", ":", "::", ":1", "\u0000", "\uD83D"
            })
    void acceptsAnyText(String sql) {
        SqlText.tokens(sql);
        SqlText.unsafeTokens("a" + sql + "b" + sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RAND()", "`uuid` ()", "x + now()", "current_date", "CURRENT_TIMESTAMP()", "unix_timestamp( )"})
    void findsNondeterministicCalls(String sql) {
        assertEquals(1, SqlText.nondeterministicTokens(sql).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rand", "now", "'rand()'", "unix_timestamp(day)", "uuid_of(x)", "randomise(x)"})
    void acceptsWhatOnlyLooksNondeterministic(String sql) {
        assertEquals(List.of(), SqlText.nondeterministicTokens(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id IN (SELECT 1)",
                "(\nselect max(x) FROM y)",
                "EXISTS (FROM x SELECT 1)",
                "(VALUES (1))",
                "(TABLE t)"
            })
    void findsQueriesInExpressions(String sql) {
        assertEquals(1, SqlText.subqueryTokens(sql).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(values)",
                "(table)",
                "extract(YEAR FROM day)",
                "x IS DISTINCT FROM (y)",
                "'(SELECT 1)'",
                "f(from)"
            })
    void acceptsWhatOnlyLooksLikeAQuery(String sql) {
        assertEquals(List.of(), SqlText.subqueryTokens(sql));
    }
}
