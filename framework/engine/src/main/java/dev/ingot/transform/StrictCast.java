package dev.ingot.transform;

import dev.ingot.component.rows.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Casts as SQL that never stop a job, and the conditions under which they would lose a value. */
final class StrictCast {

    private StrictCast() {}

    /** A value in another type; null where it does not fit. */
    static String of(String value, DataType type) {
        return "try_cast(" + value + " AS " + type.sql() + ")";
    }

    /** Whether a value has a part that is not null and would become null; never null itself. */
    static String misfit(String value, DataType from, DataType to) {
        if (from instanceof ArrayType array && to instanceof ArrayType target) {
            return any(value, array.elementType(), target.elementType());
        }
        if (from instanceof MapType map && to instanceof MapType target) {
            return "(" + any("map_keys(" + value + ")", map.keyType(), target.keyType()) + " OR "
                    + any("map_values(" + value + ")", map.valueType(), target.valueType()) + ")";
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
        return "(" + value + " IS NOT NULL AND " + of(value, to) + " IS NULL)";
    }

    private static String any(String array, DataType from, DataType to) {
        return "coalesce(exists(" + array + ", element -> " + misfit("element", from, to) + "), false)";
    }
}
