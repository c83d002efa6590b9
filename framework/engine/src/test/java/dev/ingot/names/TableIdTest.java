package dev.ingot.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableIdTest {

    @Test
    void parsesALayerAndATable() {
        assertEquals(Optional.of(new TableId("silver", "flights_2024")), TableId.parse("silver.flights_2024"));
        assertEquals("silver.flights", new TableId("silver", "flights").toString());
        assertEquals(
                "silver.flights_quarantine",
                new TableId("silver", "flights").quarantine().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "flights",
                "silver.",
                ".flights",
                "Silver.flights",
                "silver.Flights",
                "a.b.c",
                "silver.1st",
                "silver._x",
                "silver.a-b",
                "silver.a b",
                "silver.a\n",
                "sílver.a",
                "silver.../a",
                " silver.a"
            })
    void rejectsOtherForms(String text) {
        assertEquals(Optional.empty(), TableId.parse(text));
    }

    @Test
    void limitsTheLengthOfNames() {
        assertEquals(Optional.empty(), TableId.parse("silver." + "a".repeat(101)));
        assertEquals(
                100,
                TableId.parse("silver." + "a".repeat(100)).orElseThrow().table().length());
    }

    @Test
    void sortsByLayerAndThenByTable() {
        List<TableId> tables =
                List.of(new TableId("b", "a"), new TableId("a", "b"), new TableId("a_b", "a"), new TableId("a", "a"));

        assertEquals("[a.a, a.b, a_b.a, b.a]", tables.stream().sorted().toList().toString());
    }
}
