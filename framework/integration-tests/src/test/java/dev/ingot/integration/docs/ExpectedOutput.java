package dev.ingot.integration.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what a page shows with what its commands printed. Lines that follow each other on the page follow each other in
 * the output; {@code ...} stands for any text within a line, and alone on a line for any lines. Before the first line and
 * after the last, other lines are accepted. Run ids, times, durations, hashes and the width of columns do not count.
 */
record ExpectedOutput(List<String> shown) {

    private static final String ANYTHING = "...";

    private static final Pattern RUN = Pattern.compile("\\b\\d{8}T\\d{9}\\b");
    private static final Pattern TIME =
            Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z?");
    private static final Pattern DURATION = Pattern.compile("\\b\\d+\\.\\d s\\b|\\b\\d+\\.\\d{1,3}$");
    private static final Pattern HASH = Pattern.compile("-[0-9a-f]{12}\\b");
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");

    ExpectedOutput {
        shown = List.copyOf(shown);
        Objects.requireNonNull(shown, "shown");
    }

    /** Returns the first line of the page that the output lacks; empty when it has all of them. */
    Optional<String> missingFrom(List<String> printed) {
        List<String> lines = printed.stream().map(ExpectedOutput::normal).toList();
        int from = 0;
        for (List<String> group : groups()) {
            int longest = 0;
            boolean found = false;
            for (int at = from; at <= lines.size() - 1 && !found; at++) {
                int matched = matched(group, lines.subList(at, lines.size()));
                longest = Math.max(longest, matched);
                found = matched == group.size();
                from = found ? at + matched : from;
            }
            if (!found) {
                return Optional.of(group.get(longest));
            }
        }
        return Optional.empty();
    }

    private List<List<String>> groups() {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        for (String line : shown) {
            if (line.strip().equals(ANYTHING)) {
                groups.add(group);
                group = new ArrayList<>();
            } else {
                group.add(line);
            }
        }
        groups.add(group);
        return groups.stream().filter(each -> !each.isEmpty()).toList();
    }

    private static int matched(List<String> group, List<String> lines) {
        int count = 0;
        while (count < group.size()
                && count < lines.size()
                && pattern(group.get(count)).matcher(lines.get(count)).matches()) {
            count++;
        }
        return count;
    }

    private static Pattern pattern(String shown) {
        String normal = normal(shown);
        boolean open = normal.endsWith(" " + ANYTHING);
        String closed = open ? normal.substring(0, normal.length() - ANYTHING.length() - 1) : normal;
        String text = Arrays.stream(closed.split(Pattern.quote(ANYTHING), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(open ? text + "( .*)?" : text);
    }

    private static String normal(String line) {
        String text = RUN.matcher(line).replaceAll("RUN");
        text = TIME.matcher(text).replaceAll("TIME");
        text = DURATION.matcher(text).replaceAll("DURATION");
        text = HASH.matcher(text).replaceAll("-HASH");
        return SPACES.matcher(text).replaceAll(" ").strip();
    }
}
