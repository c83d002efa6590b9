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
 * Compares the columns that a pipeline produces with those of its table, and merges them. Order and case make no
 * difference, nor does a type whose values fit the table's type.
 *
 * @param merged the columns of the table afterwards: the current ones in their order, then the new ones
 * @param added new columns and fields of structs
 * @param widened columns that get a wider type
 * @param missing columns that the pipeline no longer produces
 * @param incompatible columns whose values do not fit the table's type
 */
public record SchemaChange(
        StructType merged, List<Added> added, List<Retyped> widened, List<String> missing, List<Retyped> incompatible) {

    /** A new column or field, with its path of names. */
    public record Added(List<String> path, DataType type) {

        /** Returns the column definition for ALTER TABLE. */
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
    record Retyped(String path, DataType from, DataType to) {
        @Override
        public String toString() {
            return path + " (from " + from.catalogString() + " to " + to.catalogString() + ")";
        }
    }

    public SchemaChange {
        Objects.requireNonNull(merged, "merged");
        added = List.copyOf(added);
        widened = List.copyOf(widened);
        missing = List.copyOf(missing);
        incompatible = List.copyOf(incompatible);
    }

    /** Compares the columns of a table with those that a pipeline produces. */
    public static SchemaChange between(StructType table, StructType produced) {
        Comparison comparison = new Comparison();
        StructType merged = comparison.merge(List.of(), table, produced);
        return new SchemaChange(
                merged, comparison.added, comparison.widened, comparison.missing, comparison.incompatible);
    }

    /** Returns no difference, as for a table that is created now. */
    public static SchemaChange none(StructType schema) {
        return new SchemaChange(schema, List.of(), List.of(), List.of(), List.of());
    }

    /** Returns the changes of the table as phrases: "adds x, y". */
    public List<String> descriptions() {
        List<String> descriptions = new ArrayList<>();
        if (!added.isEmpty()) {
            descriptions.add("adds " + join(added));
        }
        if (!widened.isEmpty()) {
            descriptions.add("widens " + join(widened));
        }
        return descriptions;
    }

    /** Returns the changes that a policy does not allow, as phrases: "would get the new columns x, y". */
    List<String> refused(OnSchemaChange policy) {
        List<String> refused = new ArrayList<>();
        if (policy == OnSchemaChange.FAIL && !added.isEmpty()) {
            refused.add("would get the new columns " + join(added));
        }
        if (!missing.isEmpty()) {
            refused.add("would lose the columns " + String.join(", ", missing));
        }
        List<Retyped> retyped = new ArrayList<>(incompatible);
        if (policy != OnSchemaChange.WIDEN) {
            retyped.addAll(widened);
        }
        if (!retyped.isEmpty()) {
            refused.add("would change the types of " + join(retyped));
        }
        return refused;
    }

    /** Returns the top-level columns that are missing or change their type, which readers notice. */
    List<String> breakingColumns() {
        return Stream.concat(
                        missing.stream(),
                        Stream.concat(incompatible.stream(), widened.stream()).map(Retyped::path))
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
        private final List<Retyped> incompatible = new ArrayList<>();

        private StructType merge(List<String> path, StructType table, StructType produced) {
            StructType merged = new StructType();
            for (StructField current : table.fields()) {
                Optional<StructField> incoming = SchemaProjection.find(produced, current.name());
                if (incoming.isEmpty()) {
                    missing.add(String.join(".", to(path, current.name())));
                }
                DataType type = incoming.map(
                                field -> merge(to(path, current.name()), current.dataType(), field.dataType()))
                        .orElse(current.dataType());
                merged = merged.add(new StructField(current.name(), type, current.nullable(), current.metadata()));
            }
            for (StructField incoming : produced.fields()) {
                if (SchemaProjection.find(table, incoming.name()).isEmpty()) {
                    added.add(new Added(to(path, incoming.name()), incoming.dataType()));
                    merged = merged.add(incoming);
                }
            }
            return merged;
        }

        private DataType merge(List<String> path, DataType current, DataType incoming) {
            if (current instanceof StructType table && incoming instanceof StructType produced) {
                return merge(path, table, produced);
            }
            if (current instanceof ArrayType table && incoming instanceof ArrayType produced) {
                return new ArrayType(merge(to(path, "element"), table.elementType(), produced.elementType()), true);
            }
            if (current instanceof MapType table && incoming instanceof MapType produced) {
                return new MapType(
                        merge(to(path, "key"), table.keyType(), produced.keyType()),
                        merge(to(path, "value"), table.valueType(), produced.valueType()),
                        true);
            }
            boolean same = current.catalogString().equals(incoming.catalogString());
            if (same || incoming.catalogString().equals("void") || TypeWidening.isWidening(incoming, current)) {
                return current;
            }
            Retyped retyped = new Retyped(String.join(".", path), current, incoming);
            boolean wider = TypeWidening.isWidening(current, incoming);
            (wider ? widened : incompatible).add(retyped);
            return wider ? incoming : current;
        }

        private static List<String> to(List<String> path, String name) {
            return Stream.concat(path.stream(), Stream.of(name)).toList();
        }
    }
}
