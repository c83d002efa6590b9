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
 * A project on disk, written from one text. A line {@code -- path --} begins a file, {@code -- path -> target --} makes
 * a link, {@code -- path (latin-1) --}, {@code (1000 times)} and {@code (none)} say the unusual. Without configuration
 * of its own a project has a small one. The section {@code arguments} holds those of the command: {@code --env prod},
 * {@code --var a=b}, {@code --exclude x}, {@code NAME=value} for the environment, and the selection.
 */
public final class WrittenProject {

    /** The run in which projects are read. */
    public static final RunValues RUN =
            new RunValues("run-1", LocalDate.parse("2024-05-06"), Instant.parse("2024-05-06T07:08:09Z"));

    /** All components. */
    public static final ComponentCatalog CATALOG = ComponentCatalog.load(WrittenProject.class.getClassLoader());

    private static final Pattern HEAD = Pattern.compile("(?m)^-- (\\S+)(?: \\((.+)\\)| -> (\\S+))? --\\n");
    private static final Set<String> SECTIONS = Set.of("arguments", "expected");

    private final Path root;
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> processEnvironment = new LinkedHashMap<>();
    private final List<String> include = new ArrayList<>();
    private final List<String> exclude = new ArrayList<>();
    private String environment = "local";

    /** Writes a project into a folder. */
    public WrittenProject(Path folder, String text) {
        root = folder.resolve("project");
        write("conf/project.yml", "name: test\n", StandardCharsets.UTF_8);
        write("conf/env/local.yml", "lake: lake\n", StandardCharsets.UTF_8);
        Matcher head = HEAD.matcher(text);
        int start = 0;
        Matcher section = null;
        while (head.find()) {
            if (section != null) {
                add(section, text.substring(start, head.start()));
            }
            section = HEAD.matcher(head.group());
            start = head.end();
        }
        if (section == null) {
            throw new IllegalArgumentException("a text without a file: " + text);
        }
        add(section, text.substring(start));
        readArguments(sections.getOrDefault("arguments", "").strip());
    }

    public Path root() {
        return root;
    }

    /** A section that is no file; empty when there is none. */
    public String section(String name) {
        return sections.getOrDefault(name, "");
    }

    /** Reads and plans the project and selects from it, as {@code ingot validate} does. */
    public Set<TableId> select(Diagnostics diagnostics) {
        Optional<LogicalPlan> plan = plan(diagnostics);
        return plan.isPresent() && !diagnostics.hasErrors()
                ? new Selection(include, exclude).in(plan.get(), diagnostics)
                : new TreeSet<>();
    }

    /** The plan; empty when the project itself cannot be read. */
    public Optional<LogicalPlan> plan(Diagnostics diagnostics) {
        return project(diagnostics).map(project -> ProjectPlanner.of(project, CATALOG, diagnostics));
    }

    /** The plan of a project without a mistake. */
    public LogicalPlan plan() {
        Diagnostics diagnostics = new Diagnostics();
        Optional<LogicalPlan> plan = plan(diagnostics);
        diagnostics.throwIfErrors();
        return plan.orElseThrow();
    }

    /** A pipeline of a project without a mistake. */
    public Pipeline pipeline(String table) {
        return plan().byTable().get(TableId.parse(table).orElseThrow()).definition();
    }

    /** The project; empty when it cannot be read. */
    public Optional<Project> project(Diagnostics diagnostics) {
        return new ProjectReader(root, processEnvironment, diagnostics).read(environment, variables, RUN);
    }

    private void add(Matcher section, String content) {
        if (!section.matches()) {
            throw new IllegalStateException("no head of a section: " + section);
        }
        String name = section.group(1);
        String manner = Optional.ofNullable(section.group(2)).orElse("");
        if (SECTIONS.contains(name)) {
            sections.put(name, content);
        } else if (section.group(3) != null) {
            link(name, section.group(3));
        } else if (manner.equals("none")) {
            delete(name);
        } else if (manner.endsWith(" times")) {
            write(name, content.repeat(Integer.parseInt(manner.replace(" times", ""))), StandardCharsets.UTF_8);
        } else {
            write(name, content, manner.equals("latin-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        }
    }

    private void readArguments(String arguments) {
        List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+", -1));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "--env" -> environment = words.get(++i);
                case "--var" -> put(words.get(++i), variables);
                case "--exclude" -> exclude.add(words.get(++i));
                default -> {
                    if (word.contains("=")) {
                        put(word, processEnvironment);
                    } else {
                        include.add(word);
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

    private void link(String name, String target) {
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
