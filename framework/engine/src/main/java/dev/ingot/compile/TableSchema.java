package dev.ingot.compile;

import dev.ingot.definition.TargetSettings.ContractColumn;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Derives a table's schema from its rows. Columns are nullable at every depth, except those that the contract declares
 * not nullable: the nullability that Spark infers differs from batch to batch.
 */
final class TableSchema {

    private TableSchema() {}

    static StructType of(Dataset<Row> conformed, List<ContractColumn> contract) {
        StructType all = (StructType) nullable(conformed.schema());
        return new StructType(Arrays.stream(all.fields())
                .map(field -> required(field, contract)
                        ? new StructField(field.name(), field.dataType(), false, field.metadata())
                        : field)
                .toArray(StructField[]::new));
    }

    private static boolean required(StructField field, List<ContractColumn> contract) {
        return contract.stream()
                .anyMatch(column -> !column.nullable() && column.name().name().equalsIgnoreCase(field.name()));
    }

    private static DataType nullable(DataType type) {
        if (type instanceof StructType struct) {
            return new StructType(Arrays.stream(struct.fields())
                    .map(field -> new StructField(field.name(), nullable(field.dataType()), true, field.metadata()))
                    .toArray(StructField[]::new));
        }
        if (type instanceof ArrayType array) {
            return DataTypes.createArrayType(nullable(array.elementType()), true);
        }
        if (type instanceof MapType map) {
            return DataTypes.createMapType(nullable(map.keyType()), nullable(map.valueType()), true);
        }
        return type;
    }
}
