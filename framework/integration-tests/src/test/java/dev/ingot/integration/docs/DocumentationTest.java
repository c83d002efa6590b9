package dev.ingot.integration.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the Markdown pages of the repository: links lead somewhere, and commands that no test runs are marked. */
class DocumentationTest {

    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().getParent().getParent();

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$|`[^`\\n]*`");
    /** A class with its package below {@code dev.ingot}, as code. */
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w*)`");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages("")) {
            String text = CODE.matcher(Files.readString(page)).replaceAll("");
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                if (!link.group(1).contains(":") && !leadsSomewhere(page, link.group(1), link.group(2))) {
                    broken.add(REPOSITORY.relativize(page) + ": " + link.group());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void aPageSaysWhichOfItsCommandsAreNotRun() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path page : described()) {
            DocumentedPage documented = DocumentedPage.of(page);
            assertEquals(List.of(), documented.unknownFences(), page::toString);
            if (documented.hasUntriedCommands() && !words(documented).contains("not run here")) {
                silent.add(REPOSITORY.relativize(page).toString());
            }
        }
        assertEquals(List.of(), silent);
    }

    @Test
    void everyClassNamedInGlossaryAndArchitectureExists() throws IOException {
        Set<String> classes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve("framework"))) {
            files.map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> file.matches(".*/src/main/java/dev/ingot/.*\\.java"))
                    .map(file -> file.replaceFirst(".*/src/main/java/dev/ingot/", ""))
                    .forEach(file -> classes.add(file.replace(".java", "").replace('/', '.')));
        }
        assertTrue(classes.contains("run.Runner"), classes::toString);
        List<String> unknown = new ArrayList<>();
        for (String page : List.of("docs/glossary.md", "docs/architecture.md")) {
            Matcher named = CLASS.matcher(Files.readString(REPOSITORY.resolve(page)));
            while (named.find()) {
                String name = named.group(1);
                if (!classes.contains(name) && !classes.contains("deploy." + name)) {
                    unknown.add(page + ": " + name);
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    private static String words(DocumentedPage page) {
        return page.text().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }

    private static boolean leadsSomewhere(Path page, String to, String anchor) throws IOException {
        Path target = to.isEmpty() ? page : page.resolveSibling(to).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return anchor == null
                || HEADING.matcher(Files.readString(target))
                        .results()
                        .map(heading -> "#" + slug(heading.group(1)))
                        .anyMatch(anchor::equals);
    }

    /** Returns the anchor of a heading as GitHub makes it. */
    private static String slug(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    /** Lists the pages whose commands {@link DocumentedCommandsTest} runs, and the other pages in {@code docs}. */
    private static List<Path> described() throws IOException {
        List<Path> pages = new ArrayList<>(pages("docs"));
        pages.add(REPOSITORY.resolve("README.md"));
        pages.add(REPOSITORY.resolve("deploy/README.md"));
        assertFalse(pages.size() < 5, pages::toString);
        return pages;
    }

    private static List<Path> pages(String below) throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(below))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().matches(".*/(target|node_modules|src|\\.git)/.*"))
                    .sorted()
                    .toList();
        }
    }
}
