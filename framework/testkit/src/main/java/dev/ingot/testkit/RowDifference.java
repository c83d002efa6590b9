package dev.ingot.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The differences between expected and actual rows. Order does not matter, but multiplicity does: a row that exists
 * once and is expected twice is missing once.
 */
record RowDifference(Map<String, Integer> missing, Map<String, Integer> unexpected) {

    private static final int SHOWN = 10;

    static RowDifference between(List<String> expected, List<String> actual) {
        Map<String, Integer> balance = new TreeMap<>();
        expected.forEach(row -> balance.merge(row, 1, Integer::sum));
        actual.forEach(row -> balance.merge(row, -1, Integer::sum));
        Map<String, Integer> missing = new TreeMap<>();
        Map<String, Integer> unexpected = new TreeMap<>();
        balance.forEach((row, count) -> {
            if (count > 0) {
                missing.put(row, count);
            } else if (count < 0) {
                unexpected.put(row, -count);
            }
        });
        return new RowDifference(missing, unexpected);
    }

    boolean isEmpty() {
        return missing.isEmpty() && unexpected.isEmpty();
    }

    /** Returns the lines of a message, with at most ten distinct rows of each kind. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        list("missing", missing, lines);
        list("unexpected", unexpected, lines);
        return lines;
    }

    private static void list(String kind, Map<String, Integer> rows, List<String> lines) {
        if (rows.isEmpty()) {
            return;
        }
        lines.add(
                kind + ": " + rows.values().stream().mapToInt(Integer::intValue).sum());
        rows.entrySet().stream()
                .limit(SHOWN)
                .forEach(row -> lines.add("  " + row.getKey() + (row.getValue() > 1 ? "  x" + row.getValue() : "")));
        if (rows.size() > SHOWN) {
            lines.add("  ... and " + (rows.size() - SHOWN) + " more distinct rows");
        }
    }
}
