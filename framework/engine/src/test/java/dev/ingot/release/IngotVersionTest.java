package dev.ingot.release;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IngotVersionTest {

    @Test
    void returnsTheVersionOfTheBuild() throws IOException {
        assertTrue(
                Files.readString(Path.of("pom.xml"))
                        .contains("<artifactId>ingot</artifactId>\n    <version>" + IngotVersion.current()
                                + "</version>"),
                IngotVersion::current);
    }
}
