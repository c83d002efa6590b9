package dev.ingot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.run.MortalFileSystem.Death;
import dev.ingot.state.LakeFiles;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process dies at each change that replacing a small file makes, where a rename takes no other file's place. */
class ReplaceCrashTest {

    @TempDir
    private Path disk;

    private final LakeFiles files = new LakeFiles(new Configuration());

    @AfterEach
    void liveOn() {
        MortalFileSystem.live(Integer.MAX_VALUE, Death.BEFORE);
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void theFileIsTheOldOneOrTheNewOne(Death death) {
        String folder = "mortal://" + disk;
        Set<String> seen = new HashSet<>();
        boolean died = true;
        int deaths = 0;
        for (int changes = 0; died; changes++) {
            String file = folder + "/" + changes + ".json";
            files.write(file, "old");
            // What an earlier death left must not be taken for the file, now or when it is gone.
            die(file, "older", changes, death);
            files.write(file, "old");
            died = die(file, "new", changes, death);
            deaths += died ? 1 : 0;
            String text = files.read(file).orElse("none, after " + changes + " changes");

            assertTrue(text.equals("old") || text.equals("new"), text);
            assertTrue(
                    files.list(folder).contains(changes + ".json"),
                    () -> files.list(folder).toString());
            seen.add(text);
            files.write(file, "newest");
            assertEquals(Optional.of("newest"), files.read(file));
            files.delete(file);
            assertEquals(Optional.empty(), files.read(file));
            assertEquals(List.of(), files.list(folder));
        }
        assertEquals(Set.of("old", "new"), seen);
        assertTrue(deaths >= 5, "deaths: " + deaths);
    }

    private boolean die(String file, String text, int changes, Death death) {
        MortalFileSystem.live(changes, death);
        try {
            files.write(file, text);
        } catch (UncheckedIOException dying) {
            assertTrue(MortalFileSystem.isDead(), dying.toString());
        }
        boolean died = MortalFileSystem.isDead();
        if (died) {
            assertThrows(UncheckedIOException.class, () -> files.write(file, "no more"));
        }
        MortalFileSystem.live(Integer.MAX_VALUE, Death.BEFORE);
        return died;
    }
}
