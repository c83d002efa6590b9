package dev.ingot.integration.launcher;

import dev.ingot.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the launcher finds in a clone of this repository after the first build, and nothing else of it.
 *
 * @param folder the clone's
 * @param home the home of whoever starts the launcher, empty
 */
public record BuiltClone(Path folder, Path home) {

    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().getParent().getParent();
    private static final int LIMIT_SECONDS = 60;

    /** What became of a command; what it printed, errors included. */
    record Ended(int code, String printed) {}

    public BuiltClone {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(home, "home");
    }

    /** Copies it into a folder, under a name with a space. */
    public static BuiltClone in(Path parent) throws IOException {
        BuiltClone clone =
                new BuiltClone(parent.resolve("a clone"), Files.createDirectories(parent.resolve("an empty home")));
        copy(REPOSITORY.resolve("ingot"), clone.folder().resolve("ingot"));
        copy(REPOSITORY.resolve("pom.xml"), clone.folder().resolve("pom.xml"));
        for (String built : List.of(".", "lib", "classpath")) {
            try (Stream<Path> files = Files.list(jar().resolveSibling(built))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    copy(file, clone.target().resolve(built).resolve(file.getFileName()));
                }
            }
        }
        Files.writeString(clone.target().resolve("classpath/built"), "");
        return clone;
    }

    /** Where the build leaves what it makes. */
    Path target() {
        return folder.resolve("framework/cli/target");
    }

    /** Adds a storage driver, as if it had been fetched: one jar, named as the driver. */
    void addDriver(String name) throws IOException {
        Path list = folder.resolve("framework/drivers/target/classpath").resolve(name);
        Files.createDirectories(list.getParent());
        Files.writeString(list, "lib/" + name + ".jar\n");
    }

    /** Starts the launcher in a folder, with these variables besides PATH and HOME, and waits for its end. */
    Ended ingot(Path directory, Map<String, String> variables, String... words) {
        return run(List.of(), directory, variables, words);
    }

    /** As {@link #ingot}, as somebody who may read the clone and not write into its target. */
    Ended ingotWhereTargetIsReadOnly(Path directory, Map<String, String> variables, String... words)
            throws IOException {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            return run(isRoot ? asNobody : List.of(), directory, variables, words);
        } finally {
            Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Ended run(List<String> prefix, Path directory, Map<String, String> variables, String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("ingot").toString());
        command.addAll(List.of(words));
        try {
            Path printed = Files.createTempFile(home.getParent(), "printed", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            builder.environment().keySet().retainAll(List.of("PATH"));
            builder.environment().put("HOME", home.toString());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(variables);
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end, but printed: " + Files.readString(printed));
            }
            return new Ended(process.exitValue(), Files.readString(printed));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    /** The command line's, beside which lies what the build made for the launcher. */
    private static Path jar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
