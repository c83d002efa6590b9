package dev.ingot.run;

import dev.ingot.run.Histories.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the tables must hold, worked out from all events at once in lists and maps. How two events of one moment are
 * ranked by their content is given; everything else is said here again, in another way than the engine says it.
 */
final class ReferenceModel {

    private static final Comparator<Event> BY_MOMENT =
            Comparator.comparing(Event::seq, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** The rank of a content among those of one moment; the greatest wins. */
    private final Function<Event, Long> rank;

    ReferenceModel(Function<Event, Long> rank) {
        this.rank = rank;
    }

    /** A table of mode merge: the newest state of each key that is not deleted. */
    Collection<String> newest(List<Event> events) {
        Comparator<Event> order = BY_MOMENT.thenComparing(Event::deleted).thenComparing(rank);
        TreeSet<String> rows = new TreeSet<>();
        byKey(events).values().forEach(history -> {
            Event last = history.stream().max(order).orElseThrow();
            if (!last.deleted()) {
                rows.add(row(last));
            }
        });
        return rows;
    }

    /** The same, of a merge that forgets deletions when their batch is over. */
    Collection<String> newestWithoutMemory(List<List<Event>> batches) {
        Comparator<Event> order = BY_MOMENT.thenComparing(Event::deleted).thenComparing(rank);
        Map<String, Event> table = new TreeMap<>();
        for (List<Event> batch : batches) {
            byKey(batch).forEach((key, history) -> {
                Event last = history.stream().max(order).orElseThrow();
                Event held = table.get(key);
                boolean newer = held == null || order.compare(last, held) > 0;
                if (newer && last.deleted()) {
                    table.remove(key);
                } else if (newer) {
                    table.put(key, last);
                }
            });
        }
        return table.values().stream().map(ReferenceModel::row).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A table of mode merge where a missing value says that nothing changed, and what is late is passed over. */
    static Collection<String> patched(List<List<Event>> batches) {
        Map<String, Event> table = new TreeMap<>();
        Map<String, Integer> newest = new TreeMap<>();
        for (List<Event> batch : batches) {
            byKey(batch).forEach((key, history) -> {
                int known = newest.getOrDefault(key, Integer.MIN_VALUE);
                history.stream()
                        .filter(event -> moment(event) >= known)
                        .sorted(BY_MOMENT)
                        .forEach(event -> {
                            newest.put(key, moment(event));
                            if (event.deleted()) {
                                table.remove(key);
                            } else {
                                table.merge(key, event, ReferenceModel::patch);
                            }
                        });
            });
        }
        return table.values().stream().map(ReferenceModel::row).collect(Collectors.toCollection(TreeSet::new));
    }

    private static int moment(Event event) {
        return event.seq() == null ? -1 : event.seq();
    }

    private static Event patch(Event before, Event now) {
        return new Event(
                now.history(),
                now.key(),
                now.seq(),
                false,
                now.a() == null ? before.a() : now.a(),
                now.b() == null ? before.b() : now.b(),
                now.part());
    }

    /**
     * A table of mode scd2.
     *
     * @param tracked what of an event begins a new state when it changes
     * @param trackedRank the rank of that among those of one moment
     */
    Collection<String> states(List<Event> events, Function<Event, ?> tracked, Function<Event, Long> trackedRank) {
        TreeSet<String> rows = new TreeSet<>();
        Comparator<Event> order =
                Comparator.comparing(Event::deleted).thenComparing(trackedRank).thenComparing(rank);
        byKey(events).values().forEach(history -> {
            TreeMap<Integer, Event> moments = new TreeMap<>();
            history.stream()
                    .filter(event -> event.seq() != null)
                    .forEach(event -> moments.merge(
                            event.seq(), event, (one, other) -> order.compare(one, other) >= 0 ? one : other));
            rows.addAll(states(moments, tracked));
        });
        return rows;
    }

    private static List<String> states(TreeMap<Integer, Event> moments, Function<Event, ?> tracked) {
        List<String> rows = new ArrayList<>();
        Event state = null;
        int from = 0;
        for (Event event : moments.values()) {
            boolean same =
                    state != null && !event.deleted() && Objects.equals(tracked.apply(state), tracked.apply(event));
            if (state != null && !same) {
                rows.add(state(state, from, event.seq()));
            }
            if (!same) {
                from = event.seq();
            }
            state = event.deleted() ? null : event;
        }
        if (state != null) {
            rows.add(state(state, from, null));
        }
        return rows;
    }

    private static Map<String, List<Event>> byKey(List<Event> events) {
        return events.stream()
                .filter(event -> event.key() != null)
                .collect(Collectors.groupingBy(Event::identity, TreeMap::new, Collectors.toList()));
    }

    private static String row(Event event) {
        return String.join(
                ",",
                event.identity(),
                Objects.toString(event.seq()),
                Objects.toString(event.a()),
                Objects.toString(event.b()),
                event.part());
    }

    private static String state(Event event, int from, Integer to) {
        return String.join(
                ",",
                event.identity(),
                Objects.toString(event.a()),
                Objects.toString(event.b()),
                event.part(),
                Integer.toString(from),
                Objects.toString(to),
                Boolean.toString(to == null));
    }

    /** The snapshot itself. */
    static Collection<String> snapshot(List<Event> snapshot) {
        return snapshot.stream().map(ReferenceModel::row).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The history that snapshots tell, each taken at the moment of its batch. */
    static Collection<String> statesOf(List<List<Event>> snapshots) {
        Map<String, TreeMap<Integer, Event>> moments = new TreeMap<>();
        for (int batch = 0; batch < snapshots.size(); batch++) {
            Map<String, Event> now = new TreeMap<>();
            snapshots.get(batch).forEach(event -> now.put(event.identity(), event));
            for (String key : now.keySet()) {
                moments.putIfAbsent(key, new TreeMap<>());
            }
            for (Map.Entry<String, TreeMap<Integer, Event>> known : moments.entrySet()) {
                Event event = now.get(known.getKey());
                known.getValue()
                        .put(
                                batch,
                                event == null
                                        ? new Event(0, 0, batch, true, null, null, "")
                                        : new Event(
                                                event.history(),
                                                event.key(),
                                                batch,
                                                false,
                                                event.a(),
                                                event.b(),
                                                event.part()));
            }
        }
        TreeSet<String> rows = new TreeSet<>();
        moments.values()
                .forEach(history -> rows.addAll(states(
                        history,
                        event -> List.of(Objects.toString(event.a()), Objects.toString(event.b()), event.part()))));
        return rows;
    }
}
