package dev.ingot.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryLakeTest {

    @Test
    void writesFilesAndDeletesThemWithTheLake() throws IOException {
        TemporaryLake lake = TemporaryLake.create();
        Path file = lake.write("landing/day=1/a.csv", "id,name", "1,Zoë");

        assertEquals(lake.path("landing/day=1/a.csv"), file);
        assertEquals("id,name\n1,Zoë\n", Files.readString(file));

        lake.close();
        assertFalse(Files.exists(lake.root()));
    }

    @Test
    void keepsTheTargetsOfLinks(@org.junit.jupiter.api.io.TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("kept"), "");
        TemporaryLake lake = TemporaryLake.create();
        Files.createSymbolicLink(lake.path("link"), outside);

        lake.close();

        assertEquals(1, outside.toFile().list().length);
    }
}
