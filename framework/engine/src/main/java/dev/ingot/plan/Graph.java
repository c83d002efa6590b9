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

/** Holds the lineage: which tables each table reads, and which tables read it. */
final class Graph {

    private final Map<TableId, Set<TableId>> reads = new TreeMap<>();
    private final Map<TableId, Set<TableId>> readBy = new TreeMap<>();

    /** Creates the graph from the tables that each table reads; ignores tables outside the graph. */
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

    /** Returns the tables in topological order, ties in alphabetical order. Requires a graph without cycles. */
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

    /** Finds the cycles, each as a path that ends where it starts; one for each edge that closes a cycle. */
    List<List<TableId>> cycles() {
        List<List<TableId>> cycles = new ArrayList<>();
        Set<TableId> done = new HashSet<>();
        for (TableId start : reads.keySet()) {
            findCycles(start, new LinkedHashSet<>(), done, cycles);
        }
        return cycles;
    }

    private void findCycles(TableId id, LinkedHashSet<TableId> path, Set<TableId> done, List<List<TableId>> cycles) {
        if (path.contains(id)) {
            List<TableId> visited = new ArrayList<>(path);
            List<TableId> cycle = new ArrayList<>(visited.subList(visited.indexOf(id), visited.size()));
            cycle.add(id);
            cycles.add(cycle);
            return;
        }
        if (done.contains(id)) {
            return;
        }
        path.add(id);
        reads.get(id).forEach(source -> findCycles(source, path, done, cycles));
        path.remove(id);
        done.add(id);
    }

    /** Returns the tables that {@code id} is built from, up to {@code depth} steps away. */
    Set<TableId> upstream(TableId id, int depth) {
        return reachable(id, depth, reads);
    }

    /** Returns the tables built from {@code id}, up to {@code depth} steps away. */
    Set<TableId> downstream(TableId id, int depth) {
        return reachable(id, depth, readBy);
    }

    private static Set<TableId> reachable(TableId start, int depth, Map<TableId, Set<TableId>> edges) {
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
