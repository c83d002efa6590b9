package dev.ingot.cli;

import dev.ingot.deploy.Change;
import java.io.PrintWriter;
import java.util.List;

/** Prints planned changes: a line for each object and for each field of it; and the counts. */
final class ChangesPrinter {

    private ChangesPrinter() {}

    static void print(List<Change> changes, PrintWriter out) {
        for (Change change : changes) {
            out.println(change.kind().word() + " " + change.what());
            change.differences()
                    .forEach(field -> out.println(
                            "    " + field.field() + ": " + orNone(field.before()) + " -> " + orNone(field.after())));
        }
        out.flush();
    }

    /** Prints how many changes of each kind there are. */
    static void printCounts(List<Change> changes, PrintWriter out) {
        out.println("Plan: " + count(changes, Change.Kind.CREATE) + " to create, "
                + count(changes, Change.Kind.UPDATE) + " to update, " + count(changes, Change.Kind.DELETE)
                + " to delete");
        out.flush();
    }

    /** Reports what was not deleted because deletion was not allowed. */
    static void printKept(List<Change> changes, List<Change> allowed, PrintWriter err) {
        changes.stream()
                .filter(change -> !allowed.contains(change))
                .forEach(change -> err.println("kept " + change.what()
                        + ": the project no longer declares it, and its schedule, if it has one,"
                        + " stays active; --allow-delete deletes it"));
        err.flush();
    }

    private static long count(List<Change> changes, Change.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
