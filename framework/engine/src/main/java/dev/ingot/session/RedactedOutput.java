package dev.ingot.session;

import dev.ingot.secrets.StandardStreams;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Redacts the values of secrets in the output of an application's JVMs: Spark starts this plugin in each of them. The
 * log is already open by then, and a console appender keeps its original stream unless it follows (Log4j 2, "Console
 * Appender").
 */
public final class RedactedOutput implements SparkPlugin {

    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Map<String, String> init(SparkContext spark, PluginContext context) {
                redact();
                return Map.of();
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> fromDriver) {
                redact();
            }
        };
    }

    private static void redact() {
        if (INSTALLED.compareAndSet(false, true)) {
            StandardStreams.redact();
            LoggerContext log = LoggerContext.getContext(false);
            log.getConfiguration().getLoggers().values().forEach(RedactedOutput::follow);
            log.updateLoggers();
        }
    }

    private static void follow(LoggerConfig logger) {
        for (AppenderRef ref : logger.getAppenderRefs()) {
            if (logger.getAppenders().get(ref.getRef()) instanceof ConsoleAppender console) {
                ConsoleAppender replacement = ConsoleAppender.newBuilder()
                        .setName(console.getName())
                        .setLayout(console.getLayout())
                        .setFilter(console.getFilter())
                        .setTarget(console.getTarget())
                        .setFollow(true)
                        .build();
                replacement.start();
                logger.removeAppender(ref.getRef());
                logger.addAppender(replacement, ref.getLevel(), ref.getFilter());
            }
        }
    }
}
