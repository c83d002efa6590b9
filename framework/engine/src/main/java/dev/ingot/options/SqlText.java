package dev.ingot.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Splits Spark SQL into tokens, just enough to find named parameters and forbidden calls. Spark's own parser checks the
 * syntax. Strings and comments start and end as in its grammar (SqlBaseLexer.g4 of Spark 3.4 to 4.0); otherwise a call
 * could hide in what only looks like a comment.
 */
public final class SqlText {

    /** Functions that access the JVM, other tables, or Databricks files, URLs and secrets; or name one by a string. */
    private static final Set<String> UNSAFE = Set.of(
            "reflect",
            "try_reflect",
            "java_method",
            "identifier",
            "table_changes",
            "table_changes_by_path",
            "read_files",
            "remote_query",
            "http_request",
            "secret",
            "try_secret");

    /** Functions that are nondeterministic or depend on the current time. */
    private static final Set<String> NONDETERMINISTIC = Set.of(
            "rand",
            "randn",
            "random",
            "randstr",
            "uniform",
            "uuid",
            "shuffle",
            "monotonically_increasing_id",
            "spark_partition_id",
            "now",
            "curdate",
            "current_timestamp",
            "current_date",
            "current_time",
            "localtimestamp");

    /** The keywords that can start a query, besides SELECT, which can start nothing else. */
    private static final List<String> QUERY_KEYWORDS = List.of("with", "values", "table", "from");

    /** Those of {@link #NONDETERMINISTIC} that need no parentheses. */
    private static final Set<String> NONDETERMINISTIC_KEYWORDS =
            Set.of("current_timestamp", "current_date", "current_time", "localtimestamp");

    /** The kind of a token. */
    public enum Kind {
        WORD,
        PARAMETER,
        QUOTED,
        OTHER
    }

    /**
     * One token.
     *
     * @param text as written; for a parameter the name without its colon
     */
    public record Token(Kind kind, String text, int start, int end) {

        public Token {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
        }

        boolean is(String expected) {
            return kind == Kind.WORD ? text.equalsIgnoreCase(expected) : kind == Kind.OTHER && text.equals(expected);
        }

        /** Returns whether this is a string literal rather than a name in backticks. */
        boolean isString() {
            return kind == Kind.QUOTED && !text.startsWith("`");
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlText(String sql) {
        this.sql = sql;
    }

    /** Returns the tokens of a text, without comments and white space. */
    public static List<Token> tokens(String sql) {
        SqlText text = new SqlText(sql);
        while (text.at < sql.length()) {
            text.next();
        }
        return List.copyOf(text.tokens);
    }

    /** Returns a text without its comments, and with each sequence of white space as one space. */
    public static String plain(String sql) {
        StringBuilder plain = new StringBuilder();
        int end = 0;
        for (Token token : tokens(sql)) {
            plain.append(plain.length() > 0 && token.start() > end ? " " : "").append(sql, token.start(), token.end());
            end = token.end();
        }
        return plain.toString();
    }

    /** Returns the names used as {@code :name}, each once, in order. */
    public static List<String> parameters(String sql) {
        return tokens(sql).stream()
                .filter(token -> token.kind() == Kind.PARAMETER)
                .map(Token::text)
                .distinct()
                .toList();
    }

    /** Returns the tokens by which a text would do more than query its inputs, which no pipeline may. */
    public static List<Token> unsafeTokens(String sql) {
        List<Token> tokens = tokens(sql);
        List<Token> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean last = i + 1 == tokens.size();
            String name = caseFolded(token.text().replace("`", ""));
            boolean call = UNSAFE.contains(name) && !last && tokens.get(i + 1).is("(");
            boolean script = name.equals("using") && !last && tokens.get(i + 1).isString();
            if (call || script) {
                found.add(token);
            }
        }
        return List.copyOf(found);
    }

    /** Returns the tokens that make the value of a text nondeterministic. */
    public static List<Token> nondeterministicTokens(String sql) {
        List<Token> tokens = tokens(sql);
        List<Token> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = caseFolded(tokens.get(i).text().replace("`", ""));
            boolean call = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
            boolean keyword = tokens.get(i).kind() == Kind.WORD && NONDETERMINISTIC_KEYWORDS.contains(name);
            boolean clock = name.equals("unix_timestamp")
                    && call
                    && i + 2 < tokens.size()
                    && tokens.get(i + 2).is(")");
            if ((call && NONDETERMINISTIC.contains(name)) || keyword || clock) {
                found.add(tokens.get(i));
            }
        }
        return found;
    }

    /** Returns the first keyword of each query within an expression. */
    public static List<Token> subqueryTokens(String sql) {
        List<Token> tokens = tokens(sql);
        List<Token> found = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            Token first = tokens.get(i + 1);
            Token second = tokens.get(i + 2);
            boolean query = first.is("select")
                    || (QUERY_KEYWORDS.stream().anyMatch(first::is) && (second.kind() != Kind.OTHER || second.is("(")));
            if (tokens.get(i).is("(") && query) {
                found.add(first);
            }
        }
        return found;
    }

    /** Returns whether a text calls a window function. */
    public static boolean hasWindow(String sql) {
        List<Token> tokens = tokens(sql);
        for (int i = 1; i + 1 < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            Token after = tokens.get(i + 1);
            boolean called = before.is(")") || before.is("nulls");
            if (tokens.get(i).is("over") && called && (after.is("(") || after.kind() == Kind.WORD)) {
                return true;
            }
        }
        return false;
    }

    private void next() {
        char c = sql.charAt(at);
        int start = at;
        if (isSpace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            skipLineComment();
        } else if (startsComment()) {
            skipComment();
        } else if (isQuote(at) || c == '`') {
            skipQuoted(c);
            add(Kind.QUOTED, start);
        } else if (startsRawString(at)) {
            at = endOr(sql.indexOf(sql.charAt(at + 1), at + 2) + 1);
            add(Kind.QUOTED, start);
        } else if (isNameStart(c)) {
            skipName();
            add(Kind.WORD, start);
        } else if (Character.isDigit(c)) {
            skipName();
            add(Kind.OTHER, start);
        } else if (sql.startsWith("::", at) || sql.startsWith("*/", at)) {
            at += 2;
            add(Kind.OTHER, start);
        } else if (c == ':' && startsName(at + 1) && !followsName()) {
            at++;
            skipName();
            tokens.add(new Token(Kind.PARAMETER, sql.substring(start + 1, at), start, at));
        } else {
            at++;
            add(Kind.OTHER, start);
        }
    }

    /** Skips to the end of the line, or of the next one where a backslash ends the line. */
    private void skipLineComment() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at += sql.startsWith("\\\n", at) ? 2 : 1;
        }
    }

    /** Skips a comment; comments nest, and a hint is not a comment. */
    private void skipComment() {
        int depth = 0;
        do {
            if (startsComment()) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private boolean startsComment() {
        return sql.startsWith("/*", at) && !sql.startsWith("/*+", at);
    }

    private boolean isQuote(int index) {
        return index < sql.length() && (sql.charAt(index) == '\'' || sql.charAt(index) == '"');
    }

    /** Returns whether the previous token is an adjacent name: in {@code STRUCT<id:INT>} the colon starts a type. */
    private boolean followsName() {
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        return last != null
                && last.end() == at
                && (last.kind() == Kind.WORD || last.text().endsWith("`"));
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < sql.length() && sql.charAt(at) != quote) {
            at += sql.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        at = Math.min(sql.length(), at + 1);
    }

    private void skipName() {
        while (at < sql.length() && (isNameStart(sql.charAt(at)) || Character.isDigit(sql.charAt(at)))) {
            at++;
        }
    }

    private boolean startsName(int index) {
        return index < sql.length() && isNameStart(sql.charAt(index)) && !startsRawString(index);
    }

    private boolean startsRawString(int index) {
        return (sql.charAt(index) == 'r' || sql.charAt(index) == 'R') && isQuote(index + 1);
    }

    /** Returns whether a character can start a name. Beyond ASCII, Spark 3 rejects what Spark 4 accepts as a letter. */
    private static boolean isNameStart(char c) {
        return c < 128 ? Character.isLetter(c) || c == '_' : !isSpace(c);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Folds case as Spark does when it compares names: via upper case, so that a long s is an S. */
    private static String caseFolded(String name) {
        StringBuilder caseFolded = new StringBuilder();
        name.chars().forEach(c -> caseFolded.append((char) Character.toLowerCase(Character.toUpperCase(c))));
        return caseFolded.toString();
    }

    private int endOr(int end) {
        return end <= 0 ? sql.length() : end;
    }

    private void add(Kind kind, int start) {
        tokens.add(new Token(kind, sql.substring(start, at), start, at));
    }
}
