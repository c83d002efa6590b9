package dev.ingot.delta;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Builds Hadoop's configuration from the {@code spark.hadoop.*} settings of a session. */
public final class HadoopSettings {

    private static final String PREFIX = "spark.hadoop.";

    private HadoopSettings() {}

    /** Returns the settings of a session, on top of the configuration files on the class path. */
    public static Configuration of(SparkSession spark) {
        Configuration hadoop = new Configuration();
        var settings = spark.conf().getAll().iterator();
        while (settings.hasNext()) {
            var setting = settings.next();
            if (setting._1().startsWith(PREFIX)) {
                hadoop.set(setting._1().substring(PREFIX.length()), setting._2());
            }
        }
        return hadoop;
    }
}
