package dev.ingot.run.batch;

import dev.ingot.component.input.Input;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a batch reads, in a few words for a report. */
public final class InputSummary {

    private InputSummary() {}

    /** The inputs of a batch, by source. */
    public static Map<String, String> of(Map<String, Input> inputs) {
        Map<String, String> words = new LinkedHashMap<>();
        inputs.forEach((alias, input) -> words.put(alias, of(input)));
        return words;
    }

    /** One input. */
    public static String of(Input input) {
        if (input instanceof Input.Files files) {
            int count = files.files().size();
            String unreadable = files.unreadable().isEmpty()
                    ? ""
                    : ", " + files.unreadable().size() + " unreadable";
            return count + (count == 1 ? " file" : " files") + unreadable;
        }
        if (input instanceof Input.Snapshot snapshot) {
            return snapshot.table() + " at version " + snapshot.version();
        }
        if (input instanceof Input.Changes changes) {
            return changes.table() + " from version " + (changes.after() + 1) + " to " + changes.until();
        }
        if (input instanceof Input.View view) {
            return "the view " + view.table();
        }
        return "rows of the file";
    }
}
