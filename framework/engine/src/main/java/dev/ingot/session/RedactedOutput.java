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
 * Takes the values of secrets out of what the JVMs of an application print: Spark starts it in each of them. Its log is
 * open by then, and a console keeps the stream that it was opened with unless it follows (Log4j 2, "Console Appender").
 */
public final class RedactedOutput implements SparkPlugin {

    private static final AtomicBoolean DONE = new AtomicBoolean();

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
        if (DONE.compareAndSet(false, true)) {
            StandardStreams.redact();
            LoggerContext log = LoggerContext.getContext(false);
            log.getConfiguration().getLoggers().values().forEach(RedactedOutput::follow);
            log.updateLoggers();
        }
    }

    private static void follow(LoggerConfig logger) {
        for (AppenderRef ref : logger.getAppenderRefs()) {
            if (logger.getAppenders().get(ref.getRef()) instanceof ConsoleAppender console) {
                ConsoleAppender following = ConsoleAppender.newBuilder()
                        .setName(console.getName())
                        .setLayout(console.getLayout())
                        .setFilter(console.getFilter())
                        .setTarget(console.getTarget())
                        .setFollow(true)
                        .build();
                following.start();
                logger.removeAppender(ref.getRef());
                logger.addAppender(following, ref.getLevel(), ref.getFilter());
            }
        }
    }
}
