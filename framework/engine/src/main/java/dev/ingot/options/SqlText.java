package dev.ingot.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The tokens of a Spark SQL text: enough to find its named parameters and what it may not contain, no more. Spark's own
 * parser decides whether the text is right; where strings and comments begin and end is as in its grammar
 * (SqlBaseLexer.g4 of Spark 3.4 to 4.0), or a call could hide in what only looks like a comment.
 */
public final class SqlText {

    /** Calls that reach the JVM, other tables, and on Databricks files, addresses and secrets; or name such by a text. */
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

    /** Calls whose value is another one each time. */
    private static final Set<String> UNSTABLE = Set.of(
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

    /** Besides SELECT, which begins nothing else. */
    private static final List<String> QUERIES = List.of("with", "values", "table", "from");

    /** Those of them that need no parentheses. */
    private static final Set<String> UNSTABLE_WORDS =
            Set.of("current_timestamp", "current_date", "current_time", "localtimestamp");

    /** What a token is. */
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

        boolean is(String word) {
            return kind == Kind.WORD ? text.equalsIgnoreCase(word) : kind == Kind.OTHER && text.equals(word);
        }

        /** Whether this is a text rather than a name between backticks. */
        boolean isText() {
            return kind == Kind.QUOTED && !text.startsWith("`");
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlText(String sql) {
        this.sql = sql;
    }

    /** The tokens of a text, comments and white space left out. */
    public static List<Token> tokens(String sql) {
        SqlText text = new SqlText(sql);
        while (text.at < sql.length()) {
            text.next();
        }
        return List.copyOf(text.tokens);
    }

    /** A text without its comments, each run of white space made one space. */
    public static String plain(String sql) {
        StringBuilder plain = new StringBuilder();
        int end = 0;
        for (Token token : tokens(sql)) {
            plain.append(plain.length() > 0 && token.start() > end ? " " : "").append(sql, token.start(), token.end());
            end = token.end();
        }
        return plain.toString();
    }

    /** The names used as {@code :name}, each once, in order. */
    public static List<String> parameters(String sql) {
        return tokens(sql).stream()
                .filter(token -> token.kind() == Kind.PARAMETER)
                .map(Token::text)
                .distinct()
                .toList();
    }

    /** The words in a text by which it would do more than query what it is given, which no pipeline may. */
    public static List<Token> unsafe(String sql) {
        List<Token> tokens = tokens(sql);
        List<Token> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean last = i + 1 == tokens.size();
            String name = folded(token.text().replace("`", ""));
            boolean call = UNSAFE.contains(name) && !last && tokens.get(i + 1).is("(");
            boolean script = name.equals("using") && !last && tokens.get(i + 1).isText();
            if (call || script) {
                found.add(token);
            }
        }
        return List.copyOf(found);
    }

    /** The words in a text by which its value would be another one each time. */
    public static List<Token> unstable(String sql) {
        List<Token> tokens = tokens(sql);
        List<Token> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = folded(tokens.get(i).text().replace("`", ""));
            boolean call = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
            boolean word = tokens.get(i).kind() == Kind.WORD && UNSTABLE_WORDS.contains(name);
            boolean clock = name.equals("unix_timestamp")
                    && call
                    && i + 2 < tokens.size()
                    && tokens.get(i + 2).is(")");
            if ((call && UNSTABLE.contains(name)) || word || clock) {
                found.add(tokens.get(i));
            }
        }
        return found;
    }

    /** The words with which queries within an expression begin. */
    public static List<Token> queries(String sql) {
        List<Token> tokens = tokens(sql);
        List<Token> found = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            Token first = tokens.get(i + 1);
            Token second = tokens.get(i + 2);
            boolean query = first.is("select")
                    || (QUERIES.stream().anyMatch(first::is) && (second.kind() != Kind.OTHER || second.is("(")));
            if (tokens.get(i).is("(") && query) {
                found.add(first);
            }
        }
        return found;
    }

    /** Whether a text calls a window function. */
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
            lineComment();
        } else if (commentBegins()) {
            comment();
        } else if (isQuote(at) || c == '`') {
            quoted(c);
            add(Kind.QUOTED, start);
        } else if (rawTextBegins(at)) {
            at = endOr(sql.indexOf(sql.charAt(at + 1), at + 2) + 1);
            add(Kind.QUOTED, start);
        } else if (isNameStart(c)) {
            word();
            add(Kind.WORD, start);
        } else if (Character.isDigit(c)) {
            word();
            add(Kind.OTHER, start);
        } else if (sql.startsWith("::", at) || sql.startsWith("*/", at)) {
            at += 2;
            add(Kind.OTHER, start);
        } else if (c == ':' && nameBegins(at + 1) && !followsName()) {
            at++;
            word();
            tokens.add(new Token(Kind.PARAMETER, sql.substring(start + 1, at), start, at));
        } else {
            at++;
            add(Kind.OTHER, start);
        }
    }

    /** To the end of the line, or of the next one where a backslash ends the line. */
    private void lineComment() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at += sql.startsWith("\\\n", at) ? 2 : 1;
        }
    }

    /** Comments nest; a hint is none. */
    private void comment() {
        int depth = 0;
        do {
            if (commentBegins()) {
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

    private boolean commentBegins() {
        return sql.startsWith("/*", at) && !sql.startsWith("/*+", at);
    }

    private boolean isQuote(int index) {
        return index < sql.length() && (sql.charAt(index) == '\'' || sql.charAt(index) == '"');
    }

    /** Whether a name ends just here: in {@code STRUCT<id:INT>} the colon begins a type. */
    private boolean followsName() {
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        return last != null
                && last.end() == at
                && (last.kind() == Kind.WORD || last.text().endsWith("`"));
    }

    private void quoted(char quote) {
        at++;
        while (at < sql.length() && sql.charAt(at) != quote) {
            at += sql.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        at = Math.min(sql.length(), at + 1);
    }

    private void word() {
        while (at < sql.length() && (isNameStart(sql.charAt(at)) || Character.isDigit(sql.charAt(at)))) {
            at++;
        }
    }

    private boolean nameBegins(int index) {
        return index < sql.length() && isNameStart(sql.charAt(index)) && !rawTextBegins(index);
    }

    private boolean rawTextBegins(int index) {
        return (sql.charAt(index) == 'r' || sql.charAt(index) == 'R') && isQuote(index + 1);
    }

    /** Beyond ASCII, Spark 3 refuses what Spark 4 takes for a letter. */
    private static boolean isNameStart(char c) {
        return c < 128 ? Character.isLetter(c) || c == '_' : !isSpace(c);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** A word as Spark compares it: each character in upper case, so that a long s is an S. */
    private static String folded(String word) {
        StringBuilder folded = new StringBuilder();
        word.chars().forEach(c -> folded.append((char) Character.toLowerCase(Character.toUpperCase(c))));
        return folded.toString();
    }

    private int endOr(int end) {
        return end <= 0 ? sql.length() : end;
    }

    private void add(Kind kind, int start) {
        tokens.add(new Token(kind, sql.substring(start, at), start, at));
    }
}
