package dev.ingot.run;

import dev.ingot.compile.Shape;
import dev.ingot.compile.Widening;
import dev.ingot.spec.OnSchemaChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the columns that a pipeline makes differ from those of its table, and what the table becomes.
 *
 * @param merged the table's columns afterwards: its own in their order, then the new ones
 * @param added columns and fields that are new, by their path
 * @param widened those that get a wider type
 * @param missing those that the pipeline no longer makes
 * @param unfit those whose values the table's type may not hold, with both types
 */
record SchemaChange(
        StructType merged, List<String> added, List<String> widened, List<String> missing, List<String> unfit) {

    SchemaChange {
        Objects.requireNonNull(merged, "merged");
        added = List.copyOf(added);
        widened = List.copyOf(widened);
        missing = List.copyOf(missing);
        unfit = List.copyOf(unfit);
    }

    static SchemaChange between(StructType table, StructType made) {
        Comparison comparison = new Comparison();
        StructType merged = comparison.merge("", table, made);
        return new SchemaChange(merged, comparison.added, comparison.widened, comparison.missing, comparison.unfit);
    }

    /** Whether the table stays as it is. */
    boolean isNone() {
        return added.isEmpty() && widened.isEmpty();
    }

    /** What a policy does not allow of it, in words. */
    List<String> refused(OnSchemaChange policy) {
        List<String> refused = new ArrayList<>();
        if (policy == OnSchemaChange.FAIL && !added.isEmpty()) {
            refused.add("would get the new columns " + String.join(", ", added));
        }
        if (!missing.isEmpty()) {
            refused.add("would lose the columns " + String.join(", ", missing));
        }
        List<String> retyped = new ArrayList<>(unfit);
        if (policy != OnSchemaChange.WIDEN) {
            retyped.addAll(widened);
        }
        if (!retyped.isEmpty()) {
            refused.add("would change the types of " + String.join(", ", retyped));
        }
        return refused;
    }

    private static final class Comparison {

        private final List<String> added = new ArrayList<>();
        private final List<String> widened = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final List<String> unfit = new ArrayList<>();

        private StructType merge(String path, StructType table, StructType made) {
            StructType merged = new StructType();
            for (StructField has : table.fields()) {
                Optional<StructField> gets = Shape.find(made, has.name());
                if (gets.isEmpty()) {
                    missing.add(path + has.name());
                }
                DataType type = gets.map(field -> merge(path + has.name(), has.dataType(), field.dataType()))
                        .orElse(has.dataType());
                merged = merged.add(has.name(), type, has.nullable(), has.metadata());
            }
            for (StructField gets : made.fields()) {
                if (Shape.find(table, gets.name()).isEmpty()) {
                    added.add(path + gets.name());
                    merged = merged.add(gets.name(), gets.dataType(), true, gets.metadata());
                }
            }
            return merged;
        }

        private DataType merge(String path, DataType has, DataType gets) {
            if (has instanceof StructType table && gets instanceof StructType made) {
                return merge(path + ".", table, made);
            }
            if (has instanceof ArrayType table && gets instanceof ArrayType made) {
                return new ArrayType(merge(path + ".element", table.elementType(), made.elementType()), true);
            }
            if (has instanceof MapType table && gets instanceof MapType made) {
                return new MapType(
                        merge(path + ".key", table.keyType(), made.keyType()),
                        merge(path + ".value", table.valueType(), made.valueType()),
                        true);
            }
            boolean same = has.catalogString().equals(gets.catalogString());
            if (same || gets.catalogString().equals("void") || Widening.is(gets, has)) {
                return has;
            }
            String both = path + " (" + has.catalogString() + " there, " + gets.catalogString() + " now)";
            (Widening.is(has, gets) ? widened : unfit).add(both);
            return Widening.is(has, gets) ? gets : has;
        }
    }

    /** The new columns as Spark DDL, for a table of the lake. */
    static String ddl(StructField field) {
        return Arrays.stream(new StructType().add(field).toDDL().split(" ", 2))
                .skip(1)
                .findFirst()
                .orElseThrow();
    }
}
