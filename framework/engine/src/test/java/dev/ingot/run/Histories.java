package dev.ingot.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random histories of a few keys each: duplicates, late events, deletions, re-insertions, ties, values that are missing,
 * rows that move between partitions; shuffled, and split into batches. All share one table, the history's number being
 * part of the key.
 */
final class Histories {

    static final int BATCHES = 3;

    private static final int MOST_EVENTS = 200;

    private final Random random;
    private final List<List<Event>> batches = new ArrayList<>();

    /**
     * What happened to a key.
     *
     * @param key null where it is missing
     * @param seq when; null where it is missing
     */
    record Event(int history, Integer key, Integer seq, boolean deleted, Integer a, String b, String part) {

        String identity() {
            return history + "/" + key;
        }

        String csv() {
            return String.join(
                    ",",
                    Integer.toString(history),
                    text(key),
                    text(seq),
                    deleted ? "D" : "U",
                    text(a),
                    text(b),
                    text(part));
        }

        private static String text(Object value) {
            return value == null ? "" : value.toString();
        }
    }

    /** Histories of events that arrive in any order. */
    static Histories ofEvents(int count, long seed) {
        Histories histories = new Histories(seed);
        for (int history = 0; history < count; history++) {
            histories.addEvents(history);
        }
        return histories;
    }

    /** Histories of snapshots: each batch holds every key that there is, once or repeated just so. */
    static Histories ofSnapshots(int count, long seed) {
        Histories histories = new Histories(seed);
        for (int history = 0; history < count; history++) {
            histories.addSnapshots(history);
        }
        return histories;
    }

    private Histories(long seed) {
        random = new Random(seed);
        for (int batch = 0; batch < BATCHES; batch++) {
            batches.add(new ArrayList<>());
        }
    }

    List<Event> all() {
        return batches.stream().flatMap(List::stream).toList();
    }

    List<Event> batch(int number) {
        return batches.get(number);
    }

    /** The batches with one event of each key and moment, though that may come again. */
    List<List<Event>> withoutTies() {
        Map<String, Event> first = new HashMap<>();
        all().forEach(event -> first.putIfAbsent(event.identity() + "/" + event.seq(), event));
        return batches.stream()
                .map(batch -> batch.stream()
                        .map(event -> first.get(event.identity() + "/" + event.seq()))
                        .toList())
                .toList();
    }

    /** Short histories are many, long ones are some. */
    private void addEvents(int history) {
        int size = random.nextInt(10) == 0 ? 1 + random.nextInt(MOST_EVENTS) : 1 + random.nextInt(30);
        int keys = 1 + random.nextInt(4);
        int moments = 2 + random.nextInt(size + 4);
        List<Event> events = new ArrayList<>();
        while (events.size() < size) {
            boolean again = !events.isEmpty() && random.nextInt(8) == 0;
            events.add(again ? events.get(random.nextInt(events.size())) : event(history, keys, moments));
        }
        Collections.shuffle(events, random);
        boolean inOrder = random.nextInt(4) == 0;
        if (inOrder) {
            events.sort((a, b) -> Integer.compare(a.seq() == null ? 0 : a.seq(), b.seq() == null ? 0 : b.seq()));
        }
        int at = 0;
        for (Event event : events) {
            int batch = inOrder ? at++ * BATCHES / events.size() : random.nextInt(BATCHES);
            batches.get(batch).add(event);
        }
    }

    private Event event(int history, int keys, int moments) {
        return new Event(
                history,
                random.nextInt(40) == 0 ? null : random.nextInt(keys),
                random.nextInt(30) == 0 ? null : random.nextInt(moments),
                random.nextInt(4) == 0,
                random.nextInt(6) == 0 ? null : random.nextInt(3),
                random.nextInt(6) == 0 ? null : "b" + random.nextInt(2),
                "p" + random.nextInt(3));
    }

    private void addSnapshots(int history) {
        Map<Integer, Event> now = new HashMap<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int key = 0; key < 4; key++) {
                switch (random.nextInt(4)) {
                    case 0 -> now.remove(key);
                    case 1 ->
                        now.put(
                                key,
                                new Event(
                                        history,
                                        key,
                                        batch,
                                        false,
                                        random.nextInt(3),
                                        random.nextInt(6) == 0 ? null : "b" + random.nextInt(2),
                                        "p" + random.nextInt(3)));
                    default -> {}
                }
            }
            for (Event event : now.values()) {
                int times = random.nextInt(8) == 0 ? 2 : 1;
                batches.get(batch).addAll(Collections.nCopies(times, event));
            }
        }
    }
}
