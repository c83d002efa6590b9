package dev.ingot.cli.reference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of the code as Markdown: what is a word of the language is set as code, and nothing else is markup. */
final class MarkdownText {

    /** 'quoted words', {@code ${...}}, {@code read: new}, {@code :parameter}, and words_with_underscores. */
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

    /** What stands in a cell of a table, where even code may not hold a bare bar. */
    static String cell(String markdown) {
        return markdown.replace("|", "\\|");
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*");
    }
}
