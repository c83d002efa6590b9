package dev.ingot.run.schema;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.component.rows.TypeWidening;
import dev.ingot.definition.OnSchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the columns that a pipeline makes differ from those of its table, and what the table becomes. Order and case make
 * no difference, nor does a type whose values the table's own type holds.
 *
 * @param merged the table's columns afterwards: its own in their order, then the new ones
 * @param added columns and fields of structs that are new
 * @param widened those that get a wider type
 * @param missing those that the pipeline no longer makes
 * @param unfit those whose values the table's type does not hold
 */
public record SchemaChange(
        StructType merged, List<Added> added, List<Retyped> widened, List<String> missing, List<Retyped> unfit) {

    /** A new column or field, by the names that lead to it. */
    public record Added(List<String> path, DataType type) {

        /** As DDL of ALTER TABLE. */
        public String ddl() {
            String name = path.stream().map(Columns::quoted).collect(Collectors.joining("."));
            return name + " " + type.sql();
        }

        @Override
        public String toString() {
            return String.join(".", path);
        }
    }

    /** A column or field with another type. */
    record Retyped(String path, DataType there, DataType now) {
        @Override
        public String toString() {
            return path + " (" + there.catalogString() + " there, " + now.catalogString() + " now)";
        }
    }

    public SchemaChange {
        Objects.requireNonNull(merged, "merged");
        added = List.copyOf(added);
        widened = List.copyOf(widened);
        missing = List.copyOf(missing);
        unfit = List.copyOf(unfit);
    }

    /** The difference between a table and what is made for it. */
    public static SchemaChange between(StructType table, StructType made) {
        Comparison comparison = new Comparison();
        StructType merged = comparison.merge(List.of(), table, made);
        return new SchemaChange(merged, comparison.added, comparison.widened, comparison.missing, comparison.unfit);
    }

    /** No difference, as for a table that is made now. */
    public static SchemaChange none(StructType schema) {
        return new SchemaChange(schema, List.of(), List.of(), List.of(), List.of());
    }

    /** What the table becomes, in words: "adds x, y". */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (!added.isEmpty()) {
            words.add("adds " + join(added));
        }
        if (!widened.isEmpty()) {
            words.add("widens " + join(widened));
        }
        return words;
    }

    /** What a policy does not allow of it, in words: "would get the new columns x, y". */
    List<String> refused(OnSchemaChange policy) {
        List<String> refused = new ArrayList<>();
        if (policy == OnSchemaChange.FAIL && !added.isEmpty()) {
            refused.add("would get the new columns " + join(added));
        }
        if (!missing.isEmpty()) {
            refused.add("would lose the columns " + String.join(", ", missing));
        }
        List<Retyped> retyped = new ArrayList<>(unfit);
        if (policy != OnSchemaChange.WIDEN) {
            retyped.addAll(widened);
        }
        if (!retyped.isEmpty()) {
            refused.add("would change the types of " + join(retyped));
        }
        return refused;
    }

    /** The names of top-level columns that readers would miss or find changed. */
    List<String> felt() {
        return Stream.concat(
                        missing.stream(),
                        Stream.concat(unfit.stream(), widened.stream()).map(Retyped::path))
                .map(path -> path.replaceAll("\\..*", ""))
                .distinct()
                .toList();
    }

    private static String join(List<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static final class Comparison {

        private final List<Added> added = new ArrayList<>();
        private final List<Retyped> widened = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final List<Retyped> unfit = new ArrayList<>();

        private StructType merge(List<String> path, StructType table, StructType made) {
            StructType merged = new StructType();
            for (StructField has : table.fields()) {
                Optional<StructField> gets = SchemaProjection.find(made, has.name());
                if (gets.isEmpty()) {
                    missing.add(String.join(".", to(path, has.name())));
                }
                DataType type = gets.map(field -> merge(to(path, has.name()), has.dataType(), field.dataType()))
                        .orElse(has.dataType());
                merged = merged.add(new StructField(has.name(), type, has.nullable(), has.metadata()));
            }
            for (StructField gets : made.fields()) {
                if (SchemaProjection.find(table, gets.name()).isEmpty()) {
                    added.add(new Added(to(path, gets.name()), gets.dataType()));
                    merged = merged.add(gets);
                }
            }
            return merged;
        }

        private DataType merge(List<String> path, DataType has, DataType gets) {
            if (has instanceof StructType table && gets instanceof StructType made) {
                return merge(path, table, made);
            }
            if (has instanceof ArrayType table && gets instanceof ArrayType made) {
                return new ArrayType(merge(to(path, "element"), table.elementType(), made.elementType()), true);
            }
            if (has instanceof MapType table && gets instanceof MapType made) {
                return new MapType(
                        merge(to(path, "key"), table.keyType(), made.keyType()),
                        merge(to(path, "value"), table.valueType(), made.valueType()),
                        true);
            }
            boolean same = has.catalogString().equals(gets.catalogString());
            if (same || gets.catalogString().equals("void") || TypeWidening.is(gets, has)) {
                return has;
            }
            Retyped retyped = new Retyped(String.join(".", path), has, gets);
            boolean wider = TypeWidening.is(has, gets);
            (wider ? widened : unfit).add(retyped);
            return wider ? gets : has;
        }

        private static List<String> to(List<String> path, String name) {
            return Stream.concat(path.stream(), Stream.of(name)).toList();
        }
    }
}
