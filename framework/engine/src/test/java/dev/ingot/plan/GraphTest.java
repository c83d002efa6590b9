package dev.ingot.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.names.TableId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GraphTest {

    @Test
    void ordersTablesAfterWhatTheyRead() {
        assertEquals(
                "[x.b, x.d, x.c, x.a, x.e]",
                graph("a:b,c", "b", "c:d", "d", "e:a").order().toString());
        assertEquals("[x.a, x.b, x.c]", graph("c", "b", "a").order().toString());
    }

    @Test
    void ordersIndependentlyOfTheInputOrder() {
        Random random = new Random(7);
        List<String> tables = new ArrayList<>(List.of("a:b,c", "b:d", "c:d,e", "d", "e", "f:a,e", "g", "h:g,b"));
        List<TableId> order = graph(tables.toArray(String[]::new)).order();
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(tables, random);
            assertEquals(order, graph(tables.toArray(String[]::new)).order());
        }
    }

    @Test
    void ordersRandomGraphsOrFindsTheirCycles() {
        Random random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            Map<TableId, Set<TableId>> reads = randomGraph(random);
            Graph graph = new Graph(reads);
            List<List<TableId>> cycles = graph.cycles();
            if (cycles.isEmpty()) {
                Set<TableId> before = new HashSet<>();
                for (TableId table : graph.order()) {
                    assertTrue(before.containsAll(reads.get(table)));
                    before.add(table);
                }
                assertEquals(reads.keySet(), before);
            }
            for (List<TableId> cycle : cycles) {
                assertEquals(cycle.get(0), cycle.get(cycle.size() - 1));
                for (int step = 0; step + 1 < cycle.size(); step++) {
                    assertTrue(reads.get(cycle.get(step)).contains(cycle.get(step + 1)));
                }
            }
        }
    }

    @Test
    void returnsCyclesAsPaths() {
        assertEquals("[[x.a, x.a]]", graph("a:a").cycles().toString());
        assertEquals("[[x.a, x.b, x.a]]", graph("a:b", "b:a").cycles().toString());
        assertEquals(
                "[[x.b, x.c, x.d, x.b]]",
                graph("a:b", "b:c", "c:d", "d:b", "e:a").cycles().toString());
        assertEquals(
                "[[x.a, x.b, x.a], [x.c, x.d, x.c]]",
                graph("a:b", "b:a", "c:d", "d:c,a").cycles().toString());
        assertEquals("[]", graph("a:b,c", "b:d", "c:d", "d").cycles().toString());
    }

    @Test
    void ignoresTablesOutsideTheGraph() {
        assertEquals("[x.a]", graph("a:z").order().toString());
        assertEquals("[]", graph("a:z").upstream(new TableId("x", "a"), 9).toString());
    }

    @Test
    void limitsUpstreamAndDownstreamByDepth() {
        Graph graph = graph("a", "b:a", "c:b,e", "d:c", "e", "f");
        TableId c = new TableId("x", "c");

        assertEquals("[]", graph.upstream(c, 0).toString());
        assertEquals("[x.b, x.e]", graph.upstream(c, 1).toString());
        assertEquals("[x.a, x.b, x.e]", graph.upstream(c, Integer.MAX_VALUE).toString());
        assertEquals(
                "[x.b, x.c, x.d]", graph.downstream(new TableId("x", "a"), 3).toString());
    }

    @Test
    void supportsLongChains() {
        String[] chain = new String[2000];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = i == 0 ? "t0000" : String.format("t%04d:t%04d", i, i - 1);
        }

        assertEquals(2000, graph(chain).order().size());
        assertEquals(List.of(), graph(chain).cycles());
    }

    private static Map<TableId, Set<TableId>> randomGraph(Random random) {
        Map<TableId, Set<TableId>> reads = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            Set<TableId> read = new TreeSet<>();
            for (int j = 0; j < random.nextInt(3); j++) {
                read.add(new TableId("x", "t" + random.nextInt(8)));
            }
            reads.put(new TableId("x", "t" + i), read);
        }
        return reads;
    }

    private static Graph graph(String... tables) {
        Map<TableId, Set<TableId>> reads = new LinkedHashMap<>();
        for (String table : tables) {
            List<String> parts = List.of(table.split("[:,]", -1));
            Set<TableId> read = new TreeSet<>();
            parts.stream().skip(1).forEach(name -> read.add(new TableId("x", name)));
            reads.put(new TableId("x", parts.get(0)), read);
        }
        return new Graph(reads);
    }
}
