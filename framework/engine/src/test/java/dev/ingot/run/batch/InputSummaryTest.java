package dev.ingot.run.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import org.junit.jupiter.api.Test;

class InputSummaryTest {

    @Test
    void namesTheVersionsOfChanges() {
        assertEquals("bronze.orders of version 2", InputSummary.of(new Input.Changes("bronze.orders", "id", 1, 2)));
        assertEquals(
                "bronze.orders from version 2 to 4", InputSummary.of(new Input.Changes("bronze.orders", "id", 1, 4)));
    }

    @Test
    void addsUpFilesOfTwoBatches() {
        assertEquals("2 files", InputSummary.merge(ReadMode.NEW, "1 file", "1 file"));
        assertEquals("5 files, 1 unreadable", InputSummary.merge(ReadMode.NEW, "2 files", "3 files, 1 unreadable"));
        assertEquals(
                "1 file, then bronze.orders at version 3",
                InputSummary.merge(ReadMode.NEW, "1 file", "bronze.orders at version 3"));
    }

    @Test
    void namesWhatIsReadInFullOnce() {
        assertEquals("2 files", InputSummary.merge(ReadMode.ALL, "2 files", "2 files"));
        assertEquals("2 files, then 3 files", InputSummary.merge(ReadMode.ALL, "2 files", "3 files"));
    }
}
