package dev.ingot.run.batch;

import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Summarizes what a batch reads, for reports. */
public final class InputSummary {

    private static final Pattern FILES = Pattern.compile("(\\d+) files?(?:, (\\d+) unreadable)?");

    private InputSummary() {}

    /** Returns a summary of each input of a batch, by source. */
    public static Map<String, String> of(Map<String, Input> inputs) {
        Map<String, String> summaries = new LinkedHashMap<>();
        inputs.forEach((alias, input) -> summaries.put(alias, of(input)));
        return summaries;
    }

    /** Returns a summary of one input, such as {@code 2 files} or {@code silver.orders at version 3}. */
    public static String of(Input input) {
        if (input instanceof Input.Files files) {
            return files(files.files().size(), files.unreadable().size());
        }
        if (input instanceof Input.Snapshot snapshot) {
            return snapshot.table() + " at version " + snapshot.version();
        }
        if (input instanceof Input.Changes changes) {
            long first = changes.after() + 1;
            return changes.table()
                    + (first == changes.until()
                            ? " of version " + first
                            : " from version " + first + " to " + changes.until());
        }
        if (input instanceof Input.View view) {
            return "the view " + view.table();
        }
        return "inline rows";
    }

    /** Returns one summary for two batches that read the same source one after the other. */
    public static String merge(ReadMode mode, String first, String second) {
        if (mode == ReadMode.ALL && first.equals(second)) {
            return first;
        }
        Matcher some = FILES.matcher(first);
        Matcher more = FILES.matcher(second);
        return mode == ReadMode.NEW && some.matches() && more.matches()
                ? files(number(some, 1) + number(more, 1), number(some, 2) + number(more, 2))
                : first + ", then " + second;
    }

    private static String files(long count, long unreadable) {
        return count + (count == 1 ? " file" : " files") + (unreadable == 0 ? "" : ", " + unreadable + " unreadable");
    }

    private static long number(Matcher summary, int group) {
        return summary.group(group) == null ? 0 : Long.parseLong(summary.group(group));
    }
}
