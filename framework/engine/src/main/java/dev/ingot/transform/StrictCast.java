package dev.ingot.transform;

import dev.ingot.component.rows.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Builds SQL casts that never fail a job, and the conditions under which a cast would lose a value. */
final class StrictCast {

    private StrictCast() {}

    /** Returns the SQL that casts a value to another type; null where the value does not fit. */
    static String tryCast(String value, DataType type) {
        return "try_cast(" + value + " AS " + type.sql() + ")";
    }

    /**
     * Returns the SQL condition that a cast would turn a part of the value that is not null into null; the condition
     * itself is never null.
     */
    static String misfit(String value, DataType from, DataType to) {
        if (from instanceof ArrayType array && to instanceof ArrayType target) {
            return anyMisfit(value, array.elementType(), target.elementType());
        }
        if (from instanceof MapType map && to instanceof MapType target) {
            return "(" + anyMisfit("map_keys(" + value + ")", map.keyType(), target.keyType()) + " OR "
                    + anyMisfit("map_values(" + value + ")", map.valueType(), target.valueType()) + ")";
        }
        if (from instanceof StructType struct && to instanceof StructType target) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < struct.size(); i++) {
                String field = value + "." + Columns.quoted(struct.apply(i).name());
                parts.add(misfit(
                        field, struct.apply(i).dataType(), target.apply(i).dataType()));
            }
            return "(" + String.join(" OR ", parts) + ")";
        }
        return "(" + value + " IS NOT NULL AND " + tryCast(value, to) + " IS NULL)";
    }

    private static String anyMisfit(String array, DataType from, DataType to) {
        return "coalesce(exists(" + array + ", element -> " + misfit("element", from, to) + "), false)";
    }
}
