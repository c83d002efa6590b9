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
 * Copies the files of a clone of this repository that the launcher needs after the first build, and no others.
 *
 * @param folder the folder of the clone
 * @param home the home folder of the user who starts the launcher, empty
 */
public record BuiltClone(Path folder, Path home) {

    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().getParent().getParent();
    private static final int LIMIT_SECONDS = 60;

    /** The exit code and the output of a command, standard error included. */
    record Ended(int code, String printed) {}

    public BuiltClone {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(home, "home");
    }

    /** Copies the files into a folder whose name has a space. */
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

    /** Returns the build's output folder. */
    Path target() {
        return folder.resolve("framework/cli/target");
    }

    /** Adds a storage driver, as if the launcher had fetched it: one jar with the driver's name. */
    void addDriver(String name) throws IOException {
        Path list = folder.resolve("framework/drivers/target/classpath").resolve(name);
        Files.createDirectories(list.getParent());
        Files.writeString(list, "lib/" + name + ".jar\n");
    }

    /** Runs the launcher in a folder, with these variables in addition to PATH and HOME, and waits until it ends. */
    Ended ingot(Path directory, Map<String, String> variables, String... arguments) {
        return run(List.of(), directory, variables, arguments);
    }

    /** Runs the launcher as {@link #ingot} does, as a user who can read the clone but not write into its target. */
    Ended ingotWhereTargetIsReadOnly(Path directory, Map<String, String> variables, String... arguments)
            throws IOException {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            return run(isRoot ? asNobody : List.of(), directory, variables, arguments);
        } finally {
            Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Ended run(List<String> prefix, Path directory, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("ingot").toString());
        command.addAll(List.of(arguments));
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

    /** Returns the jar of the command line; the files that the build made for the launcher are beside it. */
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
