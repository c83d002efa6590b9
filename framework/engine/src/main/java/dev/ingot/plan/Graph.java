package dev.ingot.plan;

import dev.ingot.names.TableId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who reads whom. */
final class Graph {

    private final Map<TableId, Set<TableId>> reads = new TreeMap<>();
    private final Map<TableId, Set<TableId>> readBy = new TreeMap<>();

    /** A graph of tables and the tables that each reads; reads of tables outside the graph are left out. */
    Graph(Map<TableId, Set<TableId>> dependencies) {
        dependencies.keySet().forEach(id -> {
            reads.put(id, new TreeSet<>());
            readBy.put(id, new TreeSet<>());
        });
        dependencies.forEach(
                (id, sources) -> sources.stream().filter(reads::containsKey).forEach(source -> {
                    reads.get(id).add(source);
                    readBy.get(source).add(id);
                }));
    }

    Set<TableId> tables() {
        return Collections.unmodifiableSet(reads.keySet());
    }

    /** Every table after those that it reads; alphabetical where the graph leaves a choice. Needs a graph without cycle. */
    List<TableId> order() {
        Set<TableId> ordered = new LinkedHashSet<>();
        reads.keySet().forEach(id -> visit(id, ordered));
        return List.copyOf(ordered);
    }

    private void visit(TableId id, Set<TableId> ordered) {
        if (!ordered.contains(id)) {
            reads.get(id).forEach(source -> visit(source, ordered));
            ordered.add(id);
        }
    }

    /** The cycles, each as the path that leads back to its start; one for each table that closes a circle. */
    List<List<TableId>> cycles() {
        List<List<TableId>> cycles = new ArrayList<>();
        Set<TableId> done = new HashSet<>();
        for (TableId start : reads.keySet()) {
            search(start, new LinkedHashSet<>(), done, cycles);
        }
        return cycles;
    }

    private void search(TableId id, LinkedHashSet<TableId> path, Set<TableId> done, List<List<TableId>> cycles) {
        if (path.contains(id)) {
            List<TableId> whole = new ArrayList<>(path);
            List<TableId> cycle = new ArrayList<>(whole.subList(whole.indexOf(id), whole.size()));
            cycle.add(id);
            cycles.add(cycle);
            return;
        }
        if (done.contains(id)) {
            return;
        }
        path.add(id);
        reads.get(id).forEach(source -> search(source, path, done, cycles));
        path.remove(id);
        done.add(id);
    }

    /** The tables that {@code id} is built from, up to {@code depth} steps away. */
    Set<TableId> upstream(TableId id, int depth) {
        return reach(id, depth, reads);
    }

    /** The tables built from {@code id}, up to {@code depth} steps away. */
    Set<TableId> downstream(TableId id, int depth) {
        return reach(id, depth, readBy);
    }

    private static Set<TableId> reach(TableId start, int depth, Map<TableId, Set<TableId>> edges) {
        Set<TableId> reached = new TreeSet<>();
        Set<TableId> frontier = Set.of(start);
        for (int step = 0; step < depth && !frontier.isEmpty(); step++) {
            Set<TableId> next = new TreeSet<>();
            frontier.forEach(id -> next.addAll(edges.get(id)));
            next.removeAll(reached);
            reached.addAll(next);
            frontier = next;
        }
        return reached;
    }
}
