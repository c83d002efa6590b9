package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.deploy.Change;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesPrinterTest {

    @Test
    void reportsThatAKeptJobStaysActive() {
        Change created = new Change(Change.Kind.CREATE, "job shop_gold_totals-prod", List.of());
        Change obsolete = new Change(Change.Kind.DELETE, "job shop_gold_months-prod", List.of());
        StringWriter err = new StringWriter();

        ChangesPrinter.printKept(List.of(created, obsolete), List.of(created), new PrintWriter(err));

        assertEquals(
                "kept job shop_gold_months-prod: the project no longer declares it, and its schedule, if it has one,"
                        + " stays active; --allow-delete deletes it",
                err.toString().strip());
    }
}
