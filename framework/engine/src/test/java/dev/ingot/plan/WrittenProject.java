package dev.ingot.plan;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a project to disk from one text. A line {@code -- path --} starts a file, and {@code -- path -> target --}
 * creates a link. {@code -- path (latin-1) --} sets the encoding, {@code (1000 times)} repeats the content, and
 * {@code (none)} deletes the file. A minimal configuration is the default. The section {@code arguments} holds those of
 * the command: {@code --env prod}, {@code --var a=b}, {@code --exclude x}, {@code NAME=value} for an environment
 * variable, and selectors.
 */
public final class WrittenProject {

    /** The values of the run for which projects are read. */
    public static final RunValues RUN =
            new RunValues("run-1", LocalDate.parse("2024-05-06"), Instant.parse("2024-05-06T07:08:09Z"));

    /** All components. */
    public static final ComponentCatalog CATALOG = ComponentCatalog.load(WrittenProject.class.getClassLoader());

    private static final Pattern HEADER = Pattern.compile("(?m)^-- (\\S+)(?: \\((.+)\\)| -> (\\S+))? --\\n");
    private static final Set<String> SECTIONS = Set.of("arguments", "expected");

    private final Path root;
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> processEnvironment = new LinkedHashMap<>();
    private final List<String> include = new ArrayList<>();
    private final List<String> exclude = new ArrayList<>();
    private String environment = "local";

    /** Writes the project into a folder. */
    public WrittenProject(Path folder, String text) {
        root = folder.resolve("project");
        write("conf/project.yml", "name: test\n", StandardCharsets.UTF_8);
        write("conf/env/local.yml", "lake: lake\n", StandardCharsets.UTF_8);
        Matcher header = HEADER.matcher(text);
        int start = 0;
        Matcher section = null;
        while (header.find()) {
            if (section != null) {
                add(section, text.substring(start, header.start()));
            }
            section = HEADER.matcher(header.group());
            start = header.end();
        }
        if (section == null) {
            throw new IllegalArgumentException("The text has no section: " + text);
        }
        add(section, text.substring(start));
        readArguments(sections.getOrDefault("arguments", "").strip());
    }

    public Path root() {
        return root;
    }

    /** Returns the content of a section that is not a file; empty when it does not exist. */
    public String section(String name) {
        return sections.getOrDefault(name, "");
    }

    /** Reads and plans the project and applies the selection, as {@code ingot validate} does. */
    public Set<TableId> select(Diagnostics diagnostics) {
        Optional<LogicalPlan> plan = plan(diagnostics);
        return plan.isPresent() && !diagnostics.hasErrors()
                ? new Selection(include, exclude).in(plan.get(), diagnostics)
                : new TreeSet<>();
    }

    /** Returns the plan; empty when the project itself cannot be read. */
    public Optional<LogicalPlan> plan(Diagnostics diagnostics) {
        return project(diagnostics).map(project -> ProjectPlanner.of(project, CATALOG, diagnostics));
    }

    /** Returns the plan of a project without errors. */
    public LogicalPlan plan() {
        Diagnostics diagnostics = new Diagnostics();
        Optional<LogicalPlan> plan = plan(diagnostics);
        diagnostics.throwIfErrors();
        return plan.orElseThrow();
    }

    /** Returns a pipeline of a project without errors. */
    public Pipeline pipeline(String table) {
        return plan().byTable().get(TableId.parse(table).orElseThrow()).definition();
    }

    /** Returns the project; empty when it cannot be read. */
    public Optional<Project> project(Diagnostics diagnostics) {
        return new ProjectReader(root, processEnvironment, diagnostics).read(environment, variables, RUN);
    }

    private void add(Matcher section, String content) {
        if (!section.matches()) {
            throw new IllegalStateException("Not a section header: " + section);
        }
        String name = section.group(1);
        String modifier = Optional.ofNullable(section.group(2)).orElse("");
        if (SECTIONS.contains(name)) {
            sections.put(name, content);
        } else if (section.group(3) != null) {
            createLink(name, section.group(3));
        } else if (modifier.equals("none")) {
            delete(name);
        } else if (modifier.endsWith(" times")) {
            write(name, content.repeat(Integer.parseInt(modifier.replace(" times", ""))), StandardCharsets.UTF_8);
        } else {
            write(name, content, modifier.equals("latin-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        }
    }

    private void readArguments(String arguments) {
        List<String> tokens = arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+", -1));
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            switch (token) {
                case "--env" -> environment = tokens.get(++i);
                case "--var" -> put(tokens.get(++i), variables);
                case "--exclude" -> exclude.add(tokens.get(++i));
                default -> {
                    if (token.contains("=")) {
                        put(token, processEnvironment);
                    } else {
                        include.add(token);
                    }
                }
            }
        }
    }

    private static void put(String assignment, Map<String, String> values) {
        int equals = assignment.indexOf('=');
        values.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    private void write(String name, String content, Charset encoding) {
        Path file = root.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, encoding);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void createLink(String name, String target) {
        Path link = root.resolve(name);
        try {
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, root.resolve(target).normalize());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void delete(String name) {
        try {
            Files.delete(root.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
