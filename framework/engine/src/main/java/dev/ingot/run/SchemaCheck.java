package dev.ingot.run;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.plan.PipelinePlan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Compares the columns that a pipeline would write with those that its table has. */
final class SchemaCheck {

    private SchemaCheck() {}

    static void check(PipelinePlan plan, StructType planned, StructType existing, Diagnostics diagnostics) {
        Map<String, StructField> has = byName(existing);
        Map<String, StructField> gets = byName(planned);
        List<String> added =
                gets.keySet().stream().filter(name -> !has.containsKey(name)).toList();
        List<String> missing =
                has.keySet().stream().filter(name -> !gets.containsKey(name)).toList();
        List<String> retyped = gets.keySet().stream()
                .filter(has::containsKey)
                .filter(name -> !type(gets.get(name)).equals(type(has.get(name))))
                .map(name -> name + " (" + type(has.get(name)) + " there, " + type(gets.get(name)) + " now)")
                .toList();
        report(plan, "would get the new columns ", added, diagnostics);
        report(plan, "would lose the columns ", missing, diagnostics);
        report(plan, "would change the types of ", retyped, diagnostics);
    }

    private static void report(PipelinePlan plan, String what, List<String> names, Diagnostics diagnostics) {
        if (!names.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_SCHEMA,
                    plan.pipeline().target().span(),
                    "Cannot write " + plan.id() + " as it is: the table " + what + String.join(", ", names),
                    "If it was the delivery that changed, declare its columns with 'schema:' under 'files:'; if it was the"
                            + " pipeline, change it back, or rebuild the table and those made of it with: ingot run "
                            + plan.id() + "+ --full-refresh"));
        }
    }

    private static String type(StructField field) {
        return field.dataType().catalogString();
    }

    private static Map<String, StructField> byName(StructType schema) {
        Map<String, StructField> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Arrays.stream(schema.fields()).forEach(field -> fields.put(field.name(), field));
        return fields;
    }
}
