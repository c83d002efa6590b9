package dev.ingot.cli.reference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts descriptions from the code to Markdown: keys and values become code, everything else is escaped. */
final class MarkdownText {

    /** Matches 'quoted values', {@code ${...}}, {@code read: new}, {@code :parameter}, and names_with_underscores. */
    private static final Pattern CODE = Pattern.compile("(?<![\\w'])'([^' ](?:[^']*[^' ])?)'(?!\\w)"
            + "|\\$\\{[^}]*\\}|\\{\\.\\.\\.\\}|\\[\\.\\.\\.\\]"
            + "|\\bread: (?:new|all)\\b|(?<=\\s):\\w+"
            + "|[\\w<>]*_[\\w<>]*\\w>?");

    private MarkdownText() {}

    static String markdown(String sentence) {
        StringBuilder text = new StringBuilder();
        Matcher code = CODE.matcher(sentence);
        int at = 0;
        while (code.find()) {
            text.append(escaped(sentence.substring(at, code.start())));
            text.append(code(code.group(1) == null ? code.group() : code.group(1)));
            at = code.end();
        }
        return text.append(escaped(sentence.substring(at))).toString();
    }

    static String code(String text) {
        return "`" + text + "`";
    }

    /** Escapes text for a table cell, where even code must not contain a plain bar. */
    static String cell(String markdown) {
        return markdown.replace("|", "\\|");
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*");
    }
}
