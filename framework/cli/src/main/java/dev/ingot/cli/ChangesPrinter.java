package dev.ingot.cli;

import dev.ingot.deploy.Change;
import java.io.PrintWriter;
import java.util.List;

/** Prints what would change: a line for each thing and for each field of it; and how many. */
final class ChangesPrinter {

    private ChangesPrinter() {}

    static void print(List<Change> changes, PrintWriter out) {
        for (Change change : changes) {
            out.println(change.kind().word() + " " + change.what());
            change.differences()
                    .forEach(field -> out.println(
                            "    " + field.field() + ": " + shown(field.before()) + " -> " + shown(field.after())));
        }
        out.flush();
    }

    /** How many there are of each kind. */
    static void count(List<Change> changes, PrintWriter out) {
        out.println("Plan: " + count(changes, Change.Kind.CREATE) + " to create, "
                + count(changes, Change.Kind.UPDATE) + " to update, " + count(changes, Change.Kind.DELETE)
                + " to delete");
        out.flush();
    }

    /** Says which things were left because nobody allowed to delete them. */
    static void kept(List<Change> changes, List<Change> allowed, PrintWriter err) {
        changes.stream()
                .filter(change -> !allowed.contains(change))
                .forEach(change -> err.println(
                        "kept " + change.what() + ": the project no longer declares it, and a schedule that it has"
                                + " goes on; --allow-delete deletes it"));
        err.flush();
    }

    private static long count(List<Change> changes, Change.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
