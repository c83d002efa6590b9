package dev.ingot.plan;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the pipelines that a command concerns, in dbt's graph syntax: {@code silver.flights}, {@code +x} and
 * {@code x+} with everything upstream and downstream, {@code 2+x} with two steps, {@code tag:}, {@code layer:},
 * {@code path:}. A space is a union, a comma an intersection.
 *
 * @param include the selectors; an empty list selects everything
 * @param exclude the selectors of what is removed from that
 */
public record Selection(List<String> include, List<String> exclude) {

    private static final Pattern SELECTOR = Pattern.compile("(?:(\\d{0,6})\\+)?([^+]+?)(?:\\+(\\d{0,6}))?");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String TAG = "tag:";
    private static final String LAYER = "layer:";
    private static final String PATH = "path:";
    private static final SourceSpan PLACE = SourceSpan.of("selection");

    public Selection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Returns a selection of all pipelines. */
    public static Selection all() {
        return new Selection(List.of(), List.of());
    }

    /** Returns the selected tables and reports selectors that match nothing. */
    public Set<TableId> in(LogicalPlan plan, Diagnostics diagnostics) {
        Scope scope = new Scope(plan, diagnostics);
        Set<TableId> selected = include.isEmpty() ? new TreeSet<>(scope.graph.tables()) : scope.union(include);
        selected.removeAll(scope.union(exclude));
        return selected;
    }

    private static final class Scope {

        private final LogicalPlan plan;
        private final Graph graph;
        private final Diagnostics diagnostics;

        Scope(LogicalPlan plan, Diagnostics diagnostics) {
            this.plan = Objects.requireNonNull(plan, "plan");
            this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
            TreeMap<TableId, Set<TableId>> reads = new TreeMap<>();
            plan.pipelines().forEach(pipeline -> reads.put(pipeline.id(), pipeline.dependsOn()));
            this.graph = new Graph(reads);
        }

        Set<TableId> union(List<String> selectors) {
            Set<TableId> union = new TreeSet<>();
            selectors.stream()
                    .flatMap(selector -> SPACE.splitAsStream(selector.strip()))
                    .forEach(selector -> {
                        List<Set<TableId>> parts = Stream.of(selector.split(",", -1))
                                .map(this::select)
                                .toList();
                        Set<TableId> all = new TreeSet<>(parts.get(0));
                        parts.forEach(all::retainAll);
                        if (all.isEmpty() && parts.stream().noneMatch(Set::isEmpty)) {
                            diagnostics.add(Diagnostic.error(
                                    Code.PLAN_SELECTION,
                                    PLACE,
                                    "Cannot select '" + selector + "': no pipeline matches all of its parts",
                                    "A comma means 'and'; write a space for 'or'."));
                        }
                        union.addAll(all);
                    });
            return union;
        }

        private Set<TableId> select(String selector) {
            Matcher matcher = SELECTOR.matcher(selector);
            if (!matcher.matches()) {
                return reportNoMatch(selector);
            }
            Set<TableId> matched = matching(matcher.group(2));
            if (matched.isEmpty()) {
                return reportNoMatch(selector);
            }
            Set<TableId> all = new TreeSet<>(matched);
            for (TableId id : matched) {
                if (matcher.group(1) != null) {
                    all.addAll(graph.upstream(id, depth(matcher.group(1))));
                }
                if (matcher.group(3) != null) {
                    all.addAll(graph.downstream(id, depth(matcher.group(3))));
                }
            }
            return all;
        }

        private static int depth(String digits) {
            return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
        }

        private Set<TableId> matching(String name) {
            if (name.startsWith(TAG)) {
                return where(pipeline -> pipeline.file().tags().contains(name.substring(TAG.length())));
            }
            if (name.startsWith(LAYER)) {
                return where(pipeline -> pipeline.id().layer().equals(name.substring(LAYER.length())));
            }
            if (name.startsWith(PATH)) {
                String path = name.substring(PATH.length()).replaceAll("/$", "");
                return where(pipeline -> pipeline.span().file().equals(path)
                        || pipeline.span().file().startsWith(path + "/"));
            }
            return where(pipeline -> pipeline.id().toString().equals(name)
                    || pipeline.id().table().equals(name));
        }

        private Set<TableId> where(Predicate<Pipeline> condition) {
            return plan.pipelines().stream()
                    .map(PipelinePlan::definition)
                    .filter(condition)
                    .map(Pipeline::id)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private Set<TableId> reportNoMatch(String selector) {
            String name = selector.replaceAll("^\\d*\\+|\\+\\d*$", "");
            diagnostics.add(Diagnostic.error(
                            Code.PLAN_SELECTION,
                            PLACE,
                            "Cannot select '" + selector + "': no pipeline matches",
                            "Also accepted: tag:NAME, layer:NAME, path:FOLDER, and '+' before or after a name to add"
                                    + " upstream or downstream tables.")
                    .accepting(alternatives(name), name));
            return Set.of();
        }

        /** Returns the selectors of the same kind that would match something. */
        private Set<String> alternatives(String name) {
            Stream<Pipeline> pipelines = plan.pipelines().stream().map(PipelinePlan::definition);
            Stream<String> names = name.startsWith(TAG)
                    ? pipelines
                            .flatMap(pipeline -> pipeline.file().tags().stream())
                            .map(TAG::concat)
                    : name.startsWith(LAYER)
                            ? pipelines.map(pipeline -> LAYER + pipeline.id().layer())
                            : name.startsWith(PATH)
                                    ? pipelines.map(
                                            pipeline -> PATH + pipeline.span().file())
                                    : pipelines
                                            .map(Pipeline::id)
                                            .map(name.contains(".") ? TableId::toString : TableId::table);
            return names.collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
